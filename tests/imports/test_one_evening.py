"""Of a file that holds more than this evening only this evening comes in, and what stays out is said."""

from __future__ import annotations

from datetime import date

import pytest

from imports.evening import START
from kring.domain import rows as r
from kring.domain.rows import Moment
from kring.domain.state import EMPTY, State
from kring.imports import recognise
from kring.imports.one_evening import first_recording, of_this_evening
from kring.imports.parsed import Parsed
from kring.imports.source import Source

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


def state(begun: int = START) -> State:
    over = Moment(begun + 2 * HOUR_MS)
    return EMPTY.put([r.SessionRow(id="s", zone="Europe/Amsterdam", started_at=Moment(begun), ended_at=over)])


def zoom(*said: tuple[str, str]) -> Parsed:
    text = "".join(f"{at} From Anna to Everyone:\n\t{words}\n" for at, words in said)
    return recognise.read(Source("chat.txt", text.encode(), date(2025, 12, 2)))


THIS = [("2025-12-02 20:05:00", "een"), ("2025-12-02 21:10:00", "twee")]


@pytest.mark.parametrize("other", ["2025-11-25 20:10:00", "2025-12-03 20:10:00", "2025-12-09 20:10:00"])
def test_another_day_in_the_same_file_stays_out(other: str) -> None:
    found = of_this_evening(state(), zoom(*THIS, (other, "andere avond")), 0)
    assert [one.text for one in found.messages] == ["een", "twee"]
    assert [(one.line, str(one.why)) for one in found.skipped] == [(5, "This is of another day than the session.")]
    assert str(found.warnings[-1]) == "Lines of another day in the same file, which stay out: 1."


def test_what_goes_on_past_midnight_is_of_this_evening() -> None:
    late = zoom(*THIS, ("2025-12-03 00:10:00", "na afloop"))
    assert of_this_evening(state(), late, 0) is late


def test_a_file_of_another_day_only_is_left_as_it_is() -> None:
    other = zoom(("2025-11-25 20:05:00", "een"), ("2025-11-25 20:06:00", "twee"))
    assert of_this_evening(state(), other, 0) is other


UNDATED = [("20:05:00", "een"), ("20:40:00", "twee"), ("21:50:00", "drie"), ("21:55:00", "vier"),
           ("20:01:00", "a"), ("20:02:00", "b"), ("20:03:00", "c")]  # fmt: skip


def test_of_two_evenings_without_a_date_the_other_is_one_day_away() -> None:
    read = zoom(*UNDATED)
    found = of_this_evening(state(), read, 0)
    assert "".join(one.text for one in found.messages) == "eentweedrievier"
    told = "Lines of another evening in the same file, which stay out: 3. Is that the one? Then move the file by {}."
    assert str(found.warnings[-1]) == told.format("-24:00:00")
    moved = of_this_evening(state(), read, -DAY_MS)
    assert "".join(one.text for one in moved.messages) == "abc"
    assert str(moved.warnings[-1]) == told.replace("3", "4").format("+24:00:00")


def test_clocks_that_go_back_in_the_night_are_no_other_evening() -> None:
    read = zoom(
        ("02:30:00", "een"), ("02:59:00", "twee"), ("02:01:00", "drie"), ("02:05:00", "vier"), ("02:20:00", "x")
    )
    assert [str(one) for one in read.warnings] == [
        "Times earlier than the one above: 3. Clocks of senders differ; all stay in the order of the file."
    ]


def cues(*starts: int) -> Parsed:
    stamps = (f"00:{at // 60:02}:{at % 60:02}.000 --> 00:{at // 60:02}:{at % 60:02}.900" for at in starts)
    text = "WEBVTT\n\n" + "\n".join(f"{stamp}\n<v Anna>woord {n}\n" for n, stamp in enumerate(stamps, 1))
    return recognise.read(Source("a.vtt", text.encode()))


def test_a_second_recording_in_a_transcript_stays_out() -> None:
    found = first_recording(cues(10, 600, 1800, 5, 60, 700))
    assert [one.text for one in found.utterances] == ["woord 1", "woord 2", "woord 3"]
    assert len(found.skipped) == 3
    assert "begin again, as of another recording" in str(found.warnings[-1])


@pytest.mark.parametrize("starts", [(10, 600, 1800), (10, 1800, 600, 1801, 1900), (10, 600, 580, 590, 700)])
def test_a_cue_that_is_out_of_order_is_no_other_recording(starts: tuple[int, ...]) -> None:
    read = cues(*starts)
    assert first_recording(read) is read
