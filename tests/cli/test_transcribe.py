"""`kring transcribe`: a draft in the session file, beside the notes; a fake machine listens."""

import sys
import time
from pathlib import Path

import pytest

from kring.audio.flac import Progress
from kring.cli import main, sound
from kring.domain.text import Sentence
from kring.speech import transcribe
from kring.speech.transcribe import Done, Said, Word
from kring.store import files
from kring.system.worker_process import Failed
from record.recorded import whole_session

FIRST = (Word(0.5, 0.9, "Ik"), Word(1.0, 1.4, "kies"), Word(1.5, 2.0, "Bloemenzee."))
SECOND = (Word(0.2, 0.6, "Waarom?"), Word(2.8, 3.0, "Geheimwoord"))


class Machine:
    """Stands for the process that transcribes."""

    def __init__(self, *news):
        self.news, self.tasks, self.is_over, self.cancelled = list(news), [], False, False

    def __call__(self, task):
        self.tasks.append(task)
        return self

    def wait(self):
        for one in self.news:
            if isinstance(one, BaseException):
                raise one
            yield one
        self.is_over = True

    def cancel(self):
        self.cancelled = True


def machine(monkeypatch, *news):
    made = Machine(*(news or (Progress("0001.wav", 0.5), Said(0, FIRST), Said(1, SECOND), Done("fake tiny"))))
    monkeypatch.setattr(sound.transcribe, "in_background", made)
    return made


@pytest.fixture
def recorded(session, clock, tmp_path, monkeypatch):
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    return whole_session(session, clock)[0]


def kring(*words):
    return main.main([*map(str, words), "--lang", "en"])


def drafts(path, query="select participant, text, t, engine, language from transcript where removed_at is null"):
    store = files.open_(path, "read")
    try:
        return store.connection.execute(query).fetchall()
    finally:
        store.close()


def test_the_words_stand_as_a_draft_with_who_said_them_and_when(recorded, monkeypatch, capsys, tmp_path):
    made = machine(monkeypatch)
    assert kring("transcribe", recorded, "--model", tmp_path) == 0
    out = capsys.readouterr().out
    assert "5 words are written down." in out
    assert "machine's draft" in out
    (task,) = made.tasks
    assert [Path(path).name for path in task.paths] == ["0001.wav", "0002.wav"]
    assert task.lengths_s == (6.0, 3.0)
    assert task.language == "nl", "the session's"
    assert drafts(recorded) == [
        ("P1", "Ik kies Bloemenzee.", 3.5, "fake tiny", "nl"),
        ("P1", "Waarom?", 11.2, "fake tiny", "nl"),
        ("P1", "Geheimwoord", 13.8, "fake tiny", "nl"),
    ]
    assert kring("verify", recorded) == 0


def test_it_is_searchable_and_a_second_time_replaces_the_first(recorded, monkeypatch, tmp_path):
    search = (
        "select transcript.text from transcript join transcript_fts on transcript_fts.rowid = transcript.arrival "
        "where transcript_fts match '{}' and removed_at is null"
    )
    machine(monkeypatch)
    kring("transcribe", recorded, "--model", tmp_path)
    assert drafts(recorded, search.format("bloemenzee")) == [("Ik kies Bloemenzee.",)]
    machine(monkeypatch, Said(0, (Word(1, 2, "Anders"),)), Done("fake base"))
    kring("transcribe", recorded, "--language", "en")
    assert [(row[1], row[3], row[4]) for row in drafts(recorded)] == [("Anders", "fake base", "en")]
    assert drafts(recorded, search.format("bloemenzee")) == []


def test_the_model_is_remembered_and_without_one_a_sentence_says_so(recorded, monkeypatch, capsys, tmp_path):
    made = machine(monkeypatch)
    monkeypatch.setattr(transcribe, "ENGINE", "kring_has_none_of_this")
    assert kring("transcribe", recorded) == 1
    assert "its extra asr" in capsys.readouterr().err  # a model alone would not help
    monkeypatch.setattr(transcribe, "ENGINE", "json")
    assert kring("transcribe", recorded) == 1
    assert "--model FOLDER" in capsys.readouterr().err
    model = tmp_path / "modellen" / "tiny"
    assert kring("transcribe", recorded, "--model", model) == 0
    assert kring("transcribe", recorded) == 0
    assert [task.model for task in made.tasks] == [str(model)] * 2


@pytest.mark.parametrize("missing", ["extra", "model"])
def test_without_the_extra_or_the_model_nothing_changes(recorded, monkeypatch, capsys, tmp_path, missing):
    before = recorded.read_bytes()
    found = None if missing == "extra" else True
    monkeypatch.setattr(transcribe.importlib.util, "find_spec", lambda name: found)
    assert kring("transcribe", recorded, "--model", tmp_path) == 1
    said = capsys.readouterr().err
    assert ("its extra asr" if missing == "extra" else "model.bin is missing") in said
    assert said.count("\n") == 1
    assert recorded.read_bytes() == before


@pytest.mark.parametrize("end", [Failed(Sentence("The model is tired.")), KeyboardInterrupt()])
def test_a_failure_or_ctrl_c_leaves_the_session_as_it_was(recorded, monkeypatch, capsys, tmp_path, end):
    made = machine(monkeypatch, Said(0, FIRST), end)
    is_failure = isinstance(end, Failed)
    assert kring("transcribe", recorded, "--model", tmp_path) == (1 if is_failure else 130)
    assert drafts(recorded) == []
    assert made.cancelled is not made.is_over
    assert ("The model is tired." in capsys.readouterr().err) is is_failure


def test_a_session_without_sound_or_with_a_missing_file(recorded, monkeypatch, capsys, tmp_path):
    machine(monkeypatch, Said(0, SECOND), Done("fake"))
    folder = recorded.with_suffix(".audio")
    (folder / "0001.wav").unlink()
    assert kring("transcribe", recorded, "--model", tmp_path) == 1
    assert "0001.wav is missing." in capsys.readouterr().out
    assert [row[2] for row in drafts(recorded)] == [11.2, 13.8], "the rest is in its own place"
    (folder / "0002.wav").unlink()
    assert kring("transcribe", recorded, "--model", tmp_path) == 1
    assert "no sound to transcribe" in capsys.readouterr().err


FAKE_PROCESS = """
import sys
from kring.speech import transcribe
from kring.speech.words import Word
from kring.system import worker_process

class Slow:
    name = "slow"
    def transcribe(self, path, language):
        for number in range(20):
            yield Word(number / 10, number / 10 + 0.1, "Geheimwoord")
        import time
        time.sleep(60)

raise SystemExit(worker_process.work(transcribe.Sounds, lambda task: transcribe.transcribe(task, lambda model: Slow())))
"""


def test_no_word_stands_in_a_file_or_among_the_arguments(recorded, monkeypatch, tmp_path):
    """A process that is stopped in the middle: nothing of what it heard is left behind."""
    module = tmp_path / "place" / "slow_machine.py"
    module.parent.mkdir()
    module.write_text(FAKE_PROCESS)
    monkeypatch.setenv("PYTHONPATH", str(module.parent))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")  # or the machine's word, which is code here, is in a file
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    task = transcribe.Sounds((str(recorded.with_suffix(".audio") / "0001.wav"),), (6.0,), "nl", "model")
    working = transcribe.Background("slow_machine", task, transcribe.News)
    until = time.monotonic() + 20
    came = []
    while not any(isinstance(one, Said) for one in came) and time.monotonic() < until:
        came += working.poll()
        time.sleep(0.01)
    if sys.platform == "linux":
        assert b"0001.wav" not in Path(f"/proc/{working._process.pid}/cmdline").read_bytes()
    started = time.monotonic()
    working.cancel()
    assert time.monotonic() - started < 5
    assert [one for one in working.wait() if isinstance(one, Failed)] == []
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path != module]
    assert [path for path in left if b"Geheimwoord" in path.read_bytes()] == []
    assert list((tmp_path / "tmp").iterdir()) == []
