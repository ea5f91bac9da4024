"""The words of a few seconds of sound, and where in them those are that were caught."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.text import KringError
from kring.speech.quote_drafts import News, Passage, Words, completed, hear
from kring.speech.words import Word
from kring.system.worker_process import Background, Failed

HEARD = ("En", "toen", "dacht", "ik,", "laat", "maar", "zitten", "en", "dacht", "ik", "klaar.")


@pytest.mark.parametrize(
    ("caught", "wanted"),
    [
        ("laat maar …", "laat maar zitten en dacht ik klaar."),
        ("dacht ik klaar…", "dacht ik klaar."),
        ("dacht ik …", "dacht ik klaar."),  # said twice: the last time
        ("lat maar...", "laat maar zitten en dacht ik klaar."),
        ("heel iets anders …", " ".join(HEARD)),
        ("…", " ".join(HEARD)),
        ("", " ".join(HEARD)),
    ],
)
def test_it_begins_with_what_was_caught(caught: str, wanted: str) -> None:
    assert completed(caught, HEARD) == wanted


def test_nothing_heard_is_nothing() -> None:
    assert completed("laat maar …", ()) == ""


@given(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=12).map(tuple))
def test_it_is_always_an_end_of_what_was_heard(caught: str, words: tuple[str, ...]) -> None:
    assert " ".join(words).endswith(completed(caught, words))


class Ear:
    def __init__(self) -> None:
        self.heard: list[int] = []

    def words(self, samples: np.ndarray, rate: int, begin_s: float, language: str) -> Iterator[Word]:
        self.heard.append(len(samples))
        yield Word(0.0, 1.0, "hallo")


def test_it_hears_those_seconds_and_no_others(tmp_path: Path) -> None:
    path, ear = tmp_path / "0001.wav", Ear()
    soundfile.write(path, np.zeros(16_000 * 10, np.float32), 16_000)
    (words,) = hear(Passage(str(path), 16_000, 2.5, "nl", ""), lambda _model: ear)
    assert words == Words(("hallo",))
    assert ear.heard == [40_000]


def test_a_file_that_is_no_sound_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "0001.wav"
    path.write_bytes(b"no sound")
    with pytest.raises(KringError):
        list(hear(Passage(str(path), 0, 1, "nl", ""), lambda _model: Ear()))


def test_one_process_serves_one_passage_after_the_other(tmp_path: Path) -> None:
    passage = Passage(str(tmp_path / "none.wav"), 0, 1.0, "nl", str(tmp_path))
    working: Background[News] = Background("kring.speech.quote_drafts", passage, News)
    told = working.wait()
    assert isinstance(next(told), Failed)
    working.ask(passage)
    assert isinstance(next(told), Failed)
    assert not working.is_over
    working.cancel()
