"""At the end the copies of a session are compared, and that they are equal, or differ, is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from acting import act
from kring.team.levelling import presence, tally
from kring.team.levelling.presence import Beat, Presence
from kring.team.names import Names
from kring.team.sharing import Sharing
from kring.team.status import Status, Tally
from kring.team.wording import compared
from team.test_sharing import session_in

OWN, SAME, OTHER = Tally(7, "aa"), Tally(7, "aa"), Tally(8, "bb")


def test_a_session_that_goes_on_has_no_sum_and_each_act_changes_that_of_the_end(tmp_path: Path) -> None:
    with session_in(tmp_path) as els:
        execute = els.store.connection.execute
        act(els, "start anyway")
        assert tally.of(execute) is None
        act(els, "end")
        first = tally.of(execute)
        assert first is not None
        assert first.acts == execute("select count(*) from events").fetchone()[0]
        act(els, "note nog iets")
        later = tally.of(execute)
        assert later is not None
        assert later.acts > first.acts
        assert later.checksum != first.checksum


def test_equal_copies_are_said_at_once_and_different_ones_by_their_numbers() -> None:
    assert compared(Status("live")) == {}
    assert compared(Status("live", tallies={"assistant": OTHER})) == {}
    said = compared(Status("live", tally=OWN, tallies={"assistant": SAME, "moderator": OTHER}))
    assert str(said["assistant"]) == "This copy and that of the assistant are equal: 7 acts."
    assert "differ: 7 acts here, 8 there" in str(said["moderator"])


@pytest.fixture
def hers(tmp_path: Path) -> Iterator[tuple[Sharing, list[str]]]:
    heard: list[str] = []
    with session_in(tmp_path) as els:
        one = Sharing(els)
        one.hear = lambda sentence: heard.append(str(sentence))
        yield one, heard


def test_each_thing_is_said_once_and_at_the_end_what_is_true_then(hers: tuple[Sharing, list[str]]) -> None:
    one, heard = hers
    equal = Status("live", tally=OWN, tallies={"assistant": SAME})
    for now in (equal, Status("live"), equal, equal):
        one._tell(now)
    assert len(heard) == 2  # it went on in between
    one._tell(Status("offline"))
    assert [str(sentence) for sentence in one.parted()] == [heard[0]]
    one._tell(Status("live", tally=OTHER))  # alone, one act later
    assert one.parted() == ()
    one._tell(Status("live", tally=OWN, tallies={"assistant": OTHER}))
    assert "differ" in heard[-1]
    one._tell(Status("offline", to_send=1))
    assert one.parted() == ()


class Line:
    """A connection on which nothing is heard but what a test says."""

    def __init__(self) -> None:
        self.said: list[bytes] = []

    async def publish(self, _subject: str, content: bytes) -> None:
        self.said.append(content)


class Message(msgspec.Struct):
    subject: str
    data: bytes


async def test_copies_that_differ_for_a_moment_are_not_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(presence.time, "monotonic", lambda: now[0])
    line, names = Line(), Names("0192f3c8-0000-7000-8000-00000000000a")
    one = Presence(line, names, "moderator", "ann", lambda: OWN)  # type: ignore[arg-type]

    async def hears(told: Tally | None, who: str = "bo") -> None:
        await one._hear(Message(names.presence_of("assistant"), msgspec.json.encode(Beat(who, tally=told))))  # type: ignore[arg-type]

    await one.beat()
    assert msgspec.json.decode(line.said[0], type=Beat).tally == OWN
    await hears(OTHER)
    assert one.tallies() == {}
    now[0] += presence.STAYS_S + 0.1
    await hears(OTHER)
    assert one.tallies() == {"assistant": OTHER}
    await hears(SAME, "another laptop of hers")
    assert one.tallies() == {"assistant": OTHER}  # one that differs is not hidden
    await hears(SAME)
    assert one.tallies() == {"assistant": SAME}
    await hears(None)
    await hears(None, "another laptop of hers")
    assert one.tallies() == {}
    for number in range(presence.MOST_HEARD + 1):
        content = msgspec.json.encode(Beat(str(number), tally=OTHER))
        await one._hear(Message(names.presence_of("observer"), content))  # type: ignore[arg-type]
    await hears(None, "a third one")
    assert one.others() == {"assistant": 3, "observer": presence.MOST_HEARD}
    now[0] += presence.STAYS_S + 0.1
    assert one.tallies() == {}, "who observes has no copy"
    now[0] += presence.GONE_S
    assert one.others() == {}
