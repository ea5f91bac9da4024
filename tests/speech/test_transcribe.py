"""Sound is written down in the background by whatever transcriber there is; here it is mostly a fake one."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kring.audio.flac import Progress
from kring.audio.reader import open_sound
from kring.domain.text import KringError
from kring.speech import transcribe as transcribing
from kring.speech.transcribe import Done, Said, Sounds, Word, check, transcribe
from kring.system.worker_process import Failed
from record.sounding import RATE, noise, write_wav

MODELS = {"en": "KRING_TEST_WHISPER_EN", "nl": "KRING_TEST_WHISPER_NL"}
SPOKEN = {
    "en": (
        "What matters to you when you choose a supermarket? The price and the parking.",
        ("price", "parking"),
    ),
    "nl": (
        "Welkom bij deze groepsdiscussie. Wat vindt u belangrijk bij het kiezen van een supermarkt?",
        ("groepsdiscussie", "belangrijk"),
    ),
}


class Parrot:
    """A transcriber that says the same of every file."""

    name = "parrot"

    def __init__(self, words=(), fault=None):
        self.words, self.fault, self.asked = words, fault, []

    def transcribe(self, path, language):
        self.asked.append((path.name, language))
        yield from self.words
        if self.fault:
            raise self.fault


def words(count, step=0.5):
    return tuple(Word(number * step, number * step + 0.4, f"w{number}") for number in range(count))


def sounds(paths=("a.wav", "b.wav"), lengths=(30.0, 10.0), language="nl", model="/nowhere"):
    return Sounds(tuple(map(str, paths)), lengths, language, model)


def test_all_words_of_all_files_come_in_order_with_progress():
    parrot = Parrot(words(50))
    news = list(transcribe(sounds(), lambda model: parrot))
    for number in (0, 1):
        said = [word for one in news if isinstance(one, Said) and one.number == number for word in one.words]
        assert tuple(said) == words(50)
    assert parrot.asked == [("a.wav", "nl"), ("b.wav", "nl")]
    shares = [one.share for one in news if isinstance(one, Progress)]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert news[-1] == Done("parrot")


def test_a_fault_ends_it_without_an_end():
    parrot = Parrot(words(3), KringError("no"))
    with pytest.raises(KringError):
        list(transcribe(sounds(), lambda model: parrot))


def test_what_is_missing_is_one_sentence_that_says_what_to_do(tmp_path, monkeypatch):
    for name in transcribing.NEEDED[:-1]:
        (tmp_path / name).touch()
    monkeypatch.setattr(transcribing.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(KringError, match="its extra asr"):
        check(tmp_path)
    monkeypatch.setattr(transcribing.importlib.util, "find_spec", lambda name: name)
    with pytest.raises(KringError, match=r"tokenizer\.json is missing"):
        check(tmp_path)
    (tmp_path / "tokenizer.json").touch()
    check(tmp_path)


def test_long_sound_is_heard_in_pieces_cut_where_it_is_quiet(tmp_path, monkeypatch):
    from kring.speech import whisper

    monkeypatch.setattr(whisper, "PIECE_S", 10)
    monkeypatch.setattr(whisper, "SEARCH_S", 4)
    sound = noise(25) // 4 + 2_000
    for quiet_s in (8, 16.5):
        sound[round((quiet_s - 0.3) * RATE) : round((quiet_s + 0.3) * RATE)] = 1
    opened = open_sound(write_wav(tmp_path / "a.wav", sound.astype("<i2")))
    found = list(whisper.pieces(opened))
    opened.close()
    assert [begin for begin, _ in found] == pytest.approx([0, 8, 16.5], abs=0.3)
    assert np.concatenate([samples for _, samples in found]).tobytes() == sound.astype("<i2").tobytes()


# faster-whisper itself, where it and a model are


def model(language: str) -> str:
    pytest.importorskip("faster_whisper", reason="The extra asr is not installed.")
    folder = os.environ.get(MODELS[language])
    if not folder:
        pytest.skip(f"No Whisper model: {MODELS[language]} names no folder.")
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng, which speaks for this test, is not installed.")
    return folder


def spoken(path: Path, text: str, voice: str) -> float:
    subprocess.run(["espeak-ng", "-v", voice, "-s", "140", "-w", str(path), text], check=True)
    return soundfile.info(path).duration


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "nl"])
def test_whisper_writes_down_what_was_said_and_when(tmp_path, language):
    folder = model(language)
    text, keywords = SPOKEN[language]
    length = spoken(tmp_path / "spoken.wav", text, language)
    samples, rate = soundfile.read(tmp_path / "spoken.wav", dtype="int16")
    silence = np.zeros(5 * rate, np.int16)
    write_wav(tmp_path / "0001.wav", np.concatenate((silence, samples))[:, None], rate)
    news = list(transcribing.in_background(sounds([tmp_path / "0001.wav"], (length + 5,), language, folder)).wait())
    assert isinstance(news[-1], Done), news
    heard = [word for one in news if isinstance(one, Said) for word in one.words]
    lower = " ".join(word.text for word in heard).lower()
    assert any(keyword in lower for keyword in keywords), lower
    assert heard[0].start_s > 4
    assert heard[-1].end_s < length + 6
    assert [word.start_s for word in heard] == sorted(word.start_s for word in heard)


@pytest.mark.slow
def test_a_model_of_english_says_that_it_knows_no_dutch(tmp_path):
    folder = model("en")
    length = spoken(tmp_path / "a.wav", "hallo", "nl")
    (*_, failed) = transcribing.in_background(sounds([tmp_path / "a.wav"], (length,), "nl", folder)).wait()
    assert isinstance(failed, Failed)
    assert str(failed.sentence) == "This model doesn't know the language nl."


@pytest.mark.slow
def test_a_broken_model_is_one_sentence(tmp_path):
    pytest.importorskip("faster_whisper", reason="The extra asr is not installed.")
    for name in transcribing.NEEDED:
        (tmp_path / name).write_text("{}")
    (failed,) = transcribing.in_background(sounds(["a.wav"], (1.0,), "nl", str(tmp_path))).wait()
    assert "can't be loaded" in str(failed.sentence)
