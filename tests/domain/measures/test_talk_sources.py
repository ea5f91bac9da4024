"""Who spoke by the log and by a transcript, second by second, as anybody can count it."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.decide import bringing_in
from kring.domain.measures.talk_sources import as_reported, compared, in_meeting_ms, of_files, turns_of, used_words
from kring.domain.measures.talk_time import talk_time
from kring.domain.text import Refused


@pytest.fixture
def desk() -> Desk:
    """A minute in which the log has Anna for 20 s, then Piet for 20 s, then nobody."""
    desk = Desk()
    for to, seconds in (("P2", 20), ("P4", 20)):
        desk.happen(f.FloorGiven("participant", to))
        desk.wait(seconds)
    desk.happen(f.FloorGiven("silence"))
    desk.wait(20)
    desk.happen(f.SessionEnded())
    return desk


def say(desk: Desk, *lines: tuple[float, float, str]) -> None:
    """Bring in a transcript; each line from and to in seconds of the session."""
    zero = int(desk.state.session.started_at or 0)
    said = [
        f.UtteranceRead(f"{begin}", zero + round(begin * 1000), zero + round(end * 1000), participant=who)
        for begin, end, who in lines
    ]
    desk.happen_together([f.FileImported("t.vtt", "vtt", "0" * 64, "recording", 0), *said])


def test_lines_of_one_speaker_with_little_between_are_one_turn(desk: Desk) -> None:
    say(desk, (0, 5, "P2"), (6.9, 10, "P2"), (8, 9, "P4"), (12.1, 13, "P2"))
    turns = turns_of(desk.state, of_files(desk.state))
    assert [(turn.participant, turn.t, turn.duration_s) for turn in turns] == [
        ("P2", 0, 10),
        ("P4", 8, 1),
        ("P2", 12.1, 0.9),
    ]


def test_seconds_of_both_sources_and_what_they_agree_on(desk: Desk) -> None:
    say(desk, (0, 10, "P2"), (10, 40, "P4"))
    found = compared(desk.state, desk.now)
    assert found is not None
    told = {one.who: (one.log_s, one.transcript_s, one.both_s, one.agreed.agreed) for one in found.people}
    assert told == {"P2": (20, 10, 10, 30), "P4": (20, 30, 20, 30)}
    assert found.agreed.units == 40
    assert found.agreed.share == 0.75
    # 30 of 40 seconds agree; by chance (20 x 10 + 20 x 30) / 1600 = 0.5
    assert found.agreed.kappa == pytest.approx(0.5)


def test_only_what_both_cover_is_compared(desk: Desk) -> None:
    say(desk, (30, 35, "P4"))
    found = compared(desk.state, desk.now)
    assert found is not None
    assert [(one.who, one.log_s) for one in found.people] == [("P2", 0), ("P4", 5)]
    assert found.agreed.share == 1


def test_what_the_log_has_before_a_transcript_begins_shortens_nothing(desk: Desk) -> None:
    say(desk, (21, 22, "P4"), (38, 40, "P4"))
    found = compared(desk.state, desk.now)
    assert found is not None
    assert {one.who: (one.log_s, one.transcript_s) for one in found.people} == {"P2": (0, 0), "P4": (19, 3)}


def test_nothing_is_compared_where_sources_do_not_meet(desk: Desk) -> None:
    assert compared(desk.state, desk.now) is None
    say(desk, (50, 55, "P4"))
    assert compared(desk.state, desk.now) is None


def test_the_report_counts_what_the_researcher_chose(desk: Desk) -> None:
    say(desk, (0, 10, "P2"), (10, 40, "P4"))
    assert talk_time(as_reported(desk.state), desk.now)["P4"].spoken_ms == 20_000
    desk.happen(bringing_in.choose_source(desk.state, desk.now, "transcript"))
    assert talk_time(as_reported(desk.state), desk.now)["P4"].spoken_ms == 30_000
    assert talk_time(desk.state, desk.now)["P4"].spoken_ms == 20_000
    desk.happen(bringing_in.choose_source(desk.state, desk.now, "logboek"))
    assert as_reported(desk.state) is desk.state


def test_a_transcript_without_speakers_cannot_be_counted(desk: Desk) -> None:
    with pytest.raises(Refused, match="No transcript says who spoke"):
        bringing_in.choose_source(desk.state, desk.now, "transcript")
    with pytest.raises(Refused, match="say log or transcript"):
        bringing_in.choose_source(desk.state, desk.now, "sound")
    with pytest.raises(Refused, match="already"):
        bringing_in.choose_source(desk.state, desk.now, "log")


def test_one_transcript_is_used_at_a_time(desk: Desk) -> None:
    say(desk, (0, 10, "P2"))
    assert used_words(desk.state) == of_files(desk.state)
    begin = int(desk.state.session.started_at or 0)
    draft = f.UtteranceRead("concept", begin, begin + 1_000)
    desk.happen_together([f.TranscriptRead("machine", "nl", count=1), draft])
    assert [row.text for row in used_words(desk.state)] == ["concept"]
    desk.happen(bringing_in.choose_source(desk.state, desk.now, "transcript"))
    assert used_words(desk.state) == of_files(desk.state)
    (brought,) = bringing_in.imports_of(desk.state)
    desk.happen(f.FileTakenOut(brought.id))
    assert [row.text for row in used_words(desk.state)] == ["concept"]
    assert as_reported(desk.state) is desk.state


def test_who_was_in_the_meeting_by_the_platform(desk: Desk) -> None:
    zero = int(desk.state.session.started_at or 0)

    def stay(who: str, begin: float, end: float | None, waiting: bool = False) -> f.StayRead:
        left = None if end is None else zero + round(end * 1000)
        return f.StayRead(who, joined_ms=zero + round(begin * 1000), left_ms=left, in_waiting_room=waiting)

    stays = [
        stay("P2", -300, 20), stay("P2", 10, 30), stay("P2", 50, 500),  # two devices, and back until after the end
        stay("P4", -10, 90, waiting=True), stay("P6", 20, None), stay("P8", 70, 90),
        f.StayRead("P1", lasted_s=600),
    ]  # fmt: skip
    desk.happen_together([f.FileImported("a.csv", "a-list", "1" * 64, "wall", 0), *stays])
    assert in_meeting_ms(desk.state, desk.now) == {"P2": 40_000, "P6": 40_000}
