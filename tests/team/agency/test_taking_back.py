"""A code that is taken back on the server of an agency: who has it is out at once, the others go on."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from acting import act, texts
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store.verify import verify
from kring.system.clock import SystemClock
from kring.team import access, joining, shared_folder
from kring.team.access import NotLetIn, NotReached
from kring.team.agency import erasing
from kring.team.agency.installation import STUDIES
from kring.team.codes import ROLES
from kring.team.entry import credentials, issuing, passes, tokens
from kring.team.levelling import moving
from kring.team.levelling.level import Level
from kring.team.levelling.local_copy import LocalCopy
from kring.team.levelling.move import Move, Moved, follow, move_after
from kring.team.levelling.stream import NoStream, Stream
from kring.team.observers import feeder
from kring.team.observers.watching import SharedSession
from kring.team.sharing import Sharing
from kring.team.tasks import Way
from team.agency.conftest import Agency, evening, now_s
from team.agency.test_reading import reader, texts_in
from team.conftest import access_with, needs_server, until
from team.test_sharing import session_in

pytestmark = needs_server


def file_of(agency: Agency) -> Path:
    return agency.folder / STUDIES / "brug.creds"


def joined(opened: ExitStack, file: Path, code: str, who: str) -> tuple[Session, Sharing]:
    """Join as `kring join` does, in a file of one's own."""
    wanted = access_with(code)
    joining.make(wanted, Way(code), joining.fetch(wanted), lambda _state: file)
    kept = shared_folder.joined(file.with_suffix(".share"))
    assert kept is not None
    session = opened.enter_context(closing(sessions.resume(file, SystemClock(), Me(who, "assistant", kept.device))))
    sharing = Sharing(session)
    opened.callback(sharing.close)
    sharing.share()
    return session, sharing


@pytest.mark.slow
def test_who_has_it_is_out_at_once_and_the_others_go_on_with_all_they_did(agency: Agency, tmp_path: Path) -> None:
    with ExitStack() as opened:
        els = opened.enter_context(session_in(tmp_path))
        act(els, "note een", "start anyway")
        hers = Sharing(els)
        opened.callback(hers.close)
        hers.share_through(file_of(agency))
        until(lambda: (hers.wait(), hers.problem is None)[1], most_s=60)
        before = hers.codes
        bo, his = joined(opened, tmp_path / "bo.db", before["assistant"], "Bo")
        two, second = joined(opened, tmp_path / "two.db", before["moderator"], "Els")
        act(bo, "note van Bo")
        act(two, "note van twee")

        def are(session: Session, *told: str) -> bool:
            for each in (els, bo, two):
                each.catch_up()
            return sorted(texts(session)) == sorted(told)

        until(lambda: are(els, "een", "van Bo", "van twee"), most_s=60)
        hers.renew("assistant")
        act(els, "note daarna")
        until(lambda: (hers.tick(), second.tick(), "daarna" in texts(two) or are(two))[2], most_s=60)
        act(two, "note ook daarna")
        everything = ("een", "van Bo", "van twee", "daarna", "ook daarna")
        until(lambda: (hers.tick(), second.tick(), are(els, *everything) and are(two, *everything))[2], most_s=60)
        until(lambda: (his.tick(), his.status and his.status.condition == "refused")[1], most_s=60)
        assert str(his.told()) == "refused: This code no longer works: ask for a new one."
        act(bo, "note alleen hier")
        assert are(bo, "een", "van Bo", "van twee", "alleen hier")
        for role in ("assistant", "moderator"):  # somebody comes in with a code of before, and with the one of now
            wanted = access_with(before[role])
            if role == "assistant":
                with pytest.raises(NotLetIn):
                    joining.fetch(wanted)
            else:
                until(lambda: are_whole(joining.fetch(access_with(before["moderator"])), 5), most_s=60)
        kept = shared_folder.joined(tmp_path / "bo.share")
        assert kept is not None
        his.close()
        shared_folder.keep_joined(
            tmp_path / "bo.share", msgspec.structs.replace(kept, way=Way(hers.codes["assistant"]))
        )
        again = Sharing(bo)
        opened.callback(again.close)
        again.share()
        until(lambda: (again.tick(), are(els, *everything, "alleen hier") and are(bo, *everything, "alleen hier"))[1])
        act(els, "end")
    assert verify(tmp_path / "els.db").is_whole
    assert verify(tmp_path / "bo.db").is_whole
    researcher = tmp_path / "researcher"
    one, told = reader(agency, researcher, "brug")

    def is_whole() -> bool:
        asyncio.run(one.once())
        return any("alleen hier" in texts_in(each.file) for each in one.known.values())

    until(is_whole)
    assert not [sentence for sentence in told if not sentence.startswith("New: ")]
    assert sum("van twee" in texts_in(file) for file in researcher.glob("2*.db")) == 1  # one file of one session


def are_whole(fetched: joining.Fetched, notes: int) -> bool:
    return (
        sum(each.told_event is not None and each.told_event.line.kind == "note_added" for each in fetched.several)
        == notes
    )


@pytest.mark.slow
async def test_an_observer_whose_code_was_taken_back_is_told_and_another_sees_on(
    agency: Agency, tmp_path: Path
) -> None:
    def begun() -> tuple[ExitStack, Session, Sharing]:
        opened = ExitStack()
        els = opened.enter_context(session_in(tmp_path))
        act(els, "start anyway")
        hers = Sharing(els)
        opened.callback(hers.close)
        hers.share_through(file_of(agency))
        until(lambda: (hers.wait(), hers.problem is None)[1], most_s=60)
        return opened, els, hers

    opened, els, hers = begun()
    try:
        before = hers.codes["observer"]
        async with SharedSession(access_with(before), SystemClock()) as mine:
            await soon(hers, lambda: mine.seen.view.standing == "running")
            hers.renew("assistant")
            act(els, "go 2.1")
            await soon(hers, lambda: mine.seen.lost is None and mine.seen.view.item is not None)
            hers.renew("observer")
            await soon(hers, lambda: str(mine.seen.lost) == "This code no longer works: ask for a new one.")
            async with SharedSession(access_with(hers.codes["observer"]), SystemClock()) as fresh:
                await soon(hers, lambda: fresh.seen.view.item is not None)
    finally:
        opened.close()


async def soon(sharing: Sharing, happens) -> None:
    async with asyncio.timeout(60):
        while not happens():
            sharing.tick()
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_come_along_finds_the_way_and_nobody_else_sends_them(
    agency: Agency, tmp_path: Path, role: issuing.Role
) -> None:
    one = agency.issuer(tmp_path / "e.share")
    given = issuing.codes_of(one, now_s())
    found = credentials.read(Path(one.credentials))
    for taken in ROLES:
        move = move_after(issuing.with_new_secret(one, taken), found, 0, now_s())
        wanted = access_with(given[role])
        if role == taken:
            with pytest.raises(NotLetIn):
                follow(move, wanted)
            continue
        with pytest.raises(Moved) as moved:
            follow(move, wanted)
        there = passes.read(moved.value.way.code)
        assert (there.role, there.session, there.moved) == (role, one.session, 1)
        assert access.access_by(moved.value.way).names.plain == f"{one.session.replace('-', '')}_1"
        follow(move, access.access_by(moved.value.way))  # told again there it leads nowhere
        forged = {each: tokens.signed_bytes(tokens.fresh_seed("account"), move.boxes[each]) for each in ROLES}
        follow(Move(1, move.boxes, forged), wanted)
        follow(Move(1, {}, move.signatures), wanted)
        follow(move, msgspec.structs.replace(wanted, session=str(uuid4())))


def test_a_code_says_how_often_the_session_moved(agency: Agency, tmp_path: Path) -> None:
    one = agency.issuer(tmp_path / "e.share")
    for moved in range(3):
        for code in issuing.codes_of(one, now_s()).values():
            assert passes.read(code).moved == moved
            assert passes.written(passes.read(code)) == code
        one = issuing.with_new_secret(one, "assistant")
        issuing.keep(tmp_path / "e.share", one)
    again = agency.issuer(tmp_path / "e.share", session=one.session)
    assert again == one


async def test_acts_and_observers_go_on_while_the_file_of_credentials_is_away(agency: Agency, tmp_path: Path) -> None:
    folder = tmp_path / "e.share"
    moved = issuing.with_new_secret(agency.issuer(folder), "assistant")
    issuing.keep(folder, moved)
    host = access_with(issuing.codes_of(moved, now_s())["moderator"], folder)
    issuing.keep(folder, msgspec.structs.replace(moved, credentials=str(tmp_path / "away.creds")))
    assert feeder.moves_in(folder, moved.session) == {}
    await moving.tell(folder, host, no_copy)
    assert moving.untold(folder, moved.session) is not None, "they are told once the file is back"
    issuing.keep(folder, moved)
    assert len(feeder.moves_in(folder, moved.session)) == 1


async def test_a_server_that_did_not_take_in_where_the_session_is_has_told_nobody(
    agency: Agency, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "e.share"
    there = await evening(agency, folder)
    issuing.keep(folder, issuing.with_new_secret(there.issuer, "assistant"))
    moved = await evening(agency, folder, session=there.issuer.session)
    asked = Client.request

    async def request(client: Client, subject: str, *rest: Any, **named: Any) -> Msg:
        if ".ev." in subject:
            return Msg(client, data=b'{"error":{"code":503,"description":"insufficient resources"}}')
        return await asked(client, subject, *rest, **named)

    monkeypatch.setattr(Client, "request", request)
    with pytest.raises(NotReached):
        await moving.tell(folder, moved.host, no_copy)
    assert moving.untold(folder, there.issuer.session) is not None
    monkeypatch.undo()
    await moving.tell(folder, moved.host, lambda _: SimpleNamespace(level=Level("")))  # type: ignore[arg-type, return-value]
    assert moving.untold(folder, there.issuer.session) is None


def no_copy(_names: str) -> LocalCopy:
    raise AssertionError("nothing is read of where the session was")


async def test_a_session_that_moved_is_erased_wherever_it_was(agency: Agency, tmp_path: Path) -> None:
    folder = tmp_path / "e.share"
    there = await evening(agency, folder)
    issuing.keep(folder, issuing.with_new_secret(there.issuer, "assistant"))
    moved = await evening(agency, folder, session=there.issuer.session)
    assert moved.host.names.stream == f"{there.host.names.stream}_1"
    assert await erasing.erase(agency.folder, agency.made, "brug", there.issuer.session, now_s())
    for host in (there.host, moved.host):
        client = await access.connected(host, lambda _: None)
        with pytest.raises(NoStream):
            await Stream(client, host).standing(first=True)
        await access.left(client)
