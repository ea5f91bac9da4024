"""Recordings brought to another laptop: stopped in the middle they go on, and only what was sent gets a name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from acting import act
from conftest import make_plan
from kring.cli import main
from kring.domain.text import KringError, Refused
from kring.record.folder import find, segments_of
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system import durable
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3
from kring.team import access, shared_folder
from kring.team.names import Place, place_of_sound
from kring.team.recordings import fetching, pieces, sending
from kring.team.recordings.carrying import carry, state_of
from kring.team.recordings.pieces import Label, NoRoom, Shelf
from kring.team.recordings.tasks import Carried, Carrying, Progress
from kring.team.shared_folder import Joined
from kring.team.tasks import Way
from record.recorded import record
from team.conftest import NOW_MS, access_with, hosted, needs_server

pytestmark = needs_server
SMALL = 16 << 10


class Two:
    """A session that was recorded on one laptop, and its copy on another one; the server is that of the first."""

    def __init__(self, place: Path) -> None:
        clock = SimulatedClock(NOW_MS)
        me = Me("Bo", "assistant", "b" * 16)
        first = place / "here" / "evening.db"
        first.parent.mkdir()
        with closing(sessions.begin(first, make_plan(), clock, me, zone=("UTC", 0))) as session:
            act(session, "start anyway")
            record(session, clock, lasting=(4, 3))
            self.session = session.state.session.id
            self.sounds = [find(first, row) for row in segments_of(session.state)]
        self.here, self.there = first, place / "there" / "evening-2.db"
        self.there.parent.mkdir()
        self.folder = first.with_suffix(".share")
        with closing(sqlite3.connect(str(first))) as copy:
            copy.execute("vacuum into ?", (str(self.there),))

    def carrying(self, code: str, *, sends: bool) -> Iterator[Progress | Carried]:
        file = self.here if sends else self.there
        return carry(Carrying(str(file), str(file.with_suffix(".share")), Way(code), sends))

    def came(self) -> list[bytes]:
        found = [find(self.there, row) for row in segments_of(state_of(self.there))]
        return [path.read_bytes() for path in found if path is not None]

    def halves(self) -> list[Path]:
        return list(self.there.parent.rglob(f"*{fetching.HALF}"))


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Two:
    for module in (pieces, sending, fetching):
        monkeypatch.setattr(module, "PIECE_BYTES", SMALL)
    return Two(tmp_path)


def until_halfway(news: Iterator[Progress | Carried]) -> Progress:
    """Let the work go on until some of it is done, and end it there."""
    first = next(news)
    assert isinstance(first, Progress)
    for one in news:
        if isinstance(one, Progress) and one.done > first.done:
            break
    news.close()  # type: ignore[attr-defined]
    return first


def to_the_end(news: Iterator[Progress | Carried]) -> tuple[Progress, Carried]:
    told = list(news)
    first, last = told[0], told[-1]
    assert isinstance(first, Progress)
    assert isinstance(last, Carried)
    return first, last


def test_what_is_stopped_on_either_side_goes_on_where_it_was(two: Two) -> None:
    with hosted(two.folder, two.session) as given:
        assert until_halfway(two.carrying(given["moderator"], sends=True)).done == 0
        first, last = to_the_end(two.carrying(given["moderator"], sends=True))
        assert first.done >= SMALL
        assert (last.files, last.sends, last.remarks) == (2, True, ())
        assert until_halfway(two.carrying(given["assistant"], sends=False)).done == 0
        (half,) = two.halves()
        with half.open("ab") as cut_off:
            cut_off.write(b"half a piece")
        first, last = to_the_end(two.carrying(given["assistant"], sends=False))
        assert first.done >= SMALL
        assert (last.files, last.sends) == (2, False)
        assert two.came() == [path.read_bytes() for path in two.sounds if path is not None]
        assert two.halves() == []
        again = list(two.carrying(given["assistant"], sends=False))
        assert again == [Carried(0, False)]
        first, last = to_the_end(two.carrying(given["moderator"], sends=True))
        assert first.done == first.whole, "what lies on the server is not sent again"


def test_what_is_not_what_was_sent_gets_no_name(two: Two) -> None:
    with hosted(two.folder, two.session) as given:
        to_the_end(two.carrying(given["moderator"], sends=True))
        until_halfway(two.carrying(given["assistant"], sends=False))
        (half,) = two.halves()
        half.write_bytes(bytes(SMALL))
        with pytest.raises(KringError, match=r"0001\.wav did not come over as it was sent"):
            list(two.carrying(given["assistant"], sends=False))
        assert two.came() == []
        to_the_end(two.carrying(given["assistant"], sends=False))
        assert len(two.came()) == 2


def test_a_full_disk_is_said_and_what_came_stays(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    with hosted(two.folder, two.session) as given:
        to_the_end(two.carrying(given["moderator"], sends=True))
        until_halfway(two.carrying(given["assistant"], sends=False))
        with monkeypatch.context() as full:
            full.setattr(durable, "write_all", _full)
            with pytest.raises(KringError, match=r"The disk is full: 0001\.wav is here in part"):
                list(two.carrying(given["assistant"], sends=False))
        assert to_the_end(two.carrying(given["assistant"], sends=False))[0].done >= SMALL


def _full(_descriptor: int, _content: bytes) -> None:
    raise durable.DiskFull(0)


def test_the_commands_of_the_shell_keep_the_server_themselves(
    two: Two, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # a process of its own knows nothing of smaller pieces
    with hosted(two.folder, two.session) as given:
        shared_folder.keep_joined(
            two.there.with_suffix(".share"), Joined(two.session, Way(given["assistant"]), "c" * 16)
        )
    assert main.main(["sound", str(two.here), "--send", "--lang", "en"]) == 0  # nobody keeps the server any more
    with hosted(two.folder, two.session):
        assert main.main(["sound", str(two.there), "--fetch", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "Recordings sent: 2.\nRecordings fetched: 2.\n"
    assert len(two.came()) == 2


def test_who_did_not_share_is_told_so_and_who_withdrew_is_not_sent(
    two: Two, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["sound", str(two.here), "--send", "--lang", "en"]) == 1
    assert "was not shared or joined here" in capsys.readouterr().err
    with closing(_opened(two.here)) as session:
        act(session, "consent 1 audio no")
    with pytest.raises(Refused, match=r"The recordings stay here: .* said no to audio"):
        list(two.carrying(_any_code(two), sends=True))


def _opened(file: Path) -> Session:
    return sessions.resume(file, SimulatedClock(NOW_MS + 60_000), Me("Bo", "assistant", "b" * 16))


def _any_code(two: Two) -> str:
    shared_folder.begin_sharing(two.folder, two.session, "127.0.0.1", 1, NOW_MS)
    return shared_folder.code_for(two.folder, "moderator")


def test_a_server_without_room_says_so(two: Two) -> None:
    async def filled(code: str) -> None:
        wanted = access_with(code, two.folder)
        client = await access.connected(wanted, lambda _: None)
        try:
            shelf = Shelf(client, wanted)
            await shelf.make()
            host = await access.connected(wanted, lambda _: None, as_host=True)
            config = wanted.names.sound_config(60) | {"max_bytes": 100}
            await host.request(f"$JS.API.STREAM.UPDATE.{wanted.names.sound}", pieces.msgspec.json.encode(config))
            await access.left(host)
            with pytest.raises(NoRoom):
                await shelf.put(Place(wanted.role, "k", 1), bytes(SMALL))
        finally:
            await access.left(client)

    with hosted(two.folder, two.session) as given:
        asyncio.run(filled(given["moderator"]))


@pytest.mark.parametrize(
    ("subject", "place"),
    [
        ("fs.0192.moderator.abc.12", Place("moderator", "abc", 12)),
        ("fs.0192.moderator.abc.x", None),
        ("fs.0192.moderator.abc", None),
        ("fg.0192.moderator.abc.1", None),
    ],
)
def test_a_name_says_where_a_piece_lies_or_nothing(subject: str, place: Place | None) -> None:
    assert place_of_sound(subject) == place


def test_a_file_is_known_by_what_is_in_it_and_cut_into_pieces() -> None:
    one = Label("R1/1", ".wav", pieces.PIECE_BYTES + 1, "ab" * 32)
    assert one.pieces == 2
    assert one.key != Label("R1/1", ".wav", one.bytes, "cd" * 32).key != Label("R1/2", ".wav", one.bytes, "cd" * 32).key
