"""The sessions of a study in a folder of a researcher, as they stand on the server."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from acting import act, texts
from conftest import make_plan
from kring.cli import main
from kring.domain.text import KringError, Sentence
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store.verify import verify
from kring.system.clock import SystemClock
from kring.team import access
from kring.team.agency import setting_up
from kring.team.agency.installation import STUDIES
from kring.team.agency.reading import Reading
from kring.team.entry import issuing, passes
from kring.team.levelling.stream import NoStream
from kring.team.names import GET, Names, pool_of
from kring.team.sharing import Sharing
from team.agency.conftest import Agency, now_s
from team.conftest import needs_server, until

pytestmark = needs_server


@contextmanager
def held(agency: Agency, folder: Path, name: str, study: str) -> Iterator[Session]:
    """Hold a session of a study until all of it is on the server."""
    folder.mkdir(exist_ok=True)
    me, file = Me("Els", "moderator", name * 16), folder / f"{name}.db"
    opened = (
        sessions.resume(file, SystemClock(), me)
        if file.exists()
        else sessions.begin(file, make_plan(), SystemClock(), me, zone=("UTC", 0))
    )
    with closing(opened) as session, closing(Sharing(session)) as sharing:
        sharing.share_through(agency.folder / STUDIES / f"{study}.creds")
        yield session
        until(lambda: (sharing.tick(), sharing.status and sharing.status.condition == "live")[1])
        until(lambda: (sharing.tick(), sharing.status and not sharing.status.to_send)[1])


def reader(agency: Agency, folder: Path, study: str) -> tuple[Reading, list[str]]:
    code = (agency.folder / STUDIES / f"{study}{setting_up.READING}").read_text()
    told: list[str] = []

    def tell(sentence: Sentence) -> None:
        told.append(str(sentence))

    folder.mkdir(exist_ok=True)
    return Reading(folder, access.reading_with(passes.read(code)), tell), told


def level_with(agency: Agency, folder: Path, study: str, happens) -> Reading:
    """Read until something is so; the server brings a session into the pool a moment later."""
    one, _ = reader(agency, folder, study)
    until(lambda: (asyncio.run(one.once()), happens(one))[1])
    return one


def texts_in(file: Path) -> list[str]:
    copy = file.with_name("looked-at")
    shutil.copy(file, copy)
    copy.chmod(0o600)
    with closing(sessions.resume(copy, SystemClock(), Me("Ina", "moderator", "i" * 16))) as session:
        return texts(session)


@pytest.mark.slow
def test_new_sessions_appear_go_on_and_what_was_written_in_stays(agency: Agency, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    with pytest.raises(NoStream, match="No session"):
        asyncio.run(reader(agency, folder, "kade")[0].once())
    with held(agency, tmp_path / "els", "e", "kade") as els:
        act(els, "note hallo", "start anyway")
    one = level_with(agency, folder, "kade", lambda reading: len(reading.known) == 1)
    (file,) = folder.glob("*.db")
    assert file.stat().st_mode & 0o777 == 0o400
    assert verify(file).is_whole
    with held(agency, tmp_path / "els", "e", "kade") as els:
        act(els, "note verder")
    with held(agency, tmp_path / "bo", "b", "kade") as bo:
        act(bo, "note de tweede")
    before = one.known.copy()
    later = level_with(
        agency,
        folder,
        "kade",
        lambda reading: len(reading.known) == 2 and all(reading.known[name] != before[name] for name in before),
    )
    assert later.known.keys() > one.known.keys()
    assert texts_in(file) == ["hallo", "verder"]
    assert verify(file).is_whole

    file.chmod(0o600)
    with closing(sessions.resume(file, SystemClock(), Me("Ina", "moderator", "i" * 16))) as ina:
        act(ina, "note van de onderzoeker")
    with held(agency, tmp_path / "els", "e", "kade") as els:
        act(els, "note nog verder")
    again, told = reader(agency, folder, "kade")
    until(lambda: (asyncio.run(again.once()), told)[1])
    assert [each.split(",")[0] for each in told] == [f"{file.name} was gone on with here"]
    assert texts_in(file) == ["hallo", "verder", "van de onderzoeker"]
    asyncio.run(again.once())
    assert len(told) == 1


def test_a_file_of_somebody_else_keeps_its_name(agency: Agency, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    with held(agency, tmp_path / "els", "e", "brug") as els:
        act(els, "note hallo")
        session = els.state.session.id
    first = level_with(agency, folder, "brug", lambda reading: session.replace("-", "") in reading.known)
    file = first.known[session.replace("-", "")].file
    foreign = b"not a session"
    file.unlink()
    file.write_bytes(foreign)
    other = level_with(agency, folder, "brug", lambda reading: session.replace("-", "") in reading.known)
    assert other.known[session.replace("-", "")].file != file
    assert file.read_bytes() == foreign


def test_a_code_of_a_session_reads_no_study_and_the_other_way_round(agency: Agency, tmp_path: Path) -> None:
    code = (agency.folder / STUDIES / f"brug{setting_up.READING}").read_text()
    with pytest.raises(KringError, match="--read"):
        access.access_by(access.Way(code))
    issuer = agency.issuer(tmp_path / "e.share")
    with pytest.raises(KringError, match="one session, not of a study"):
        access.reading_with(passes.read(issuing.codes_of(issuer, now_s())["observer"]))


@pytest.mark.parametrize("words", [["--plain"], ["--name", "Els"]])
def test_who_only_reads_does_not_take_part(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--lang", "en", "join", "--read", *words, "AAAA"]) == 1
    assert "nobody takes part" in capsys.readouterr().err


async def put(agency: Agency, session: Session) -> None:
    """Have the server send its answers into the stream of a session, as who reads a study may ask it to."""
    code = (agency.folder / STUDIES / f"brug{setting_up.READING}").read_text()
    client = await access.connected(access.reading_with(passes.read(code)), lambda _: None)
    for asked in (b"{}", b'{"seq":1,"batch":50}', b'{"seq":999999}'):
        await client.publish(
            f"{GET}.{pool_of('brug')}", asked, reply=Names(session.state.session.id).written_by("moderator")
        )
    await client.flush()
    await access.left(client)


def test_what_a_reader_puts_into_a_session_is_in_no_file_and_is_told(agency: Agency, tmp_path: Path) -> None:
    with held(agency, tmp_path / "laptop", "c", "brug") as other:
        act(other, "note van een andere groep")
    with held(agency, tmp_path / "laptop", "d", "brug") as session:
        act(session, "note van ons")
        level_with(
            agency, tmp_path / "first", "brug", lambda one: session.state.session.id.replace("-", "") in one.known
        )
        asyncio.run(put(agency, session))
        act(session, "note en verder")
    found, told = reader(agency, tmp_path / "read", "brug")
    until(lambda: (asyncio.run(found.once()), any("no act of the session" in one for one in told))[1])
    file = found.known[session.state.session.id.replace("-", "")].file
    assert texts_in(file) == ["van ons", "en verder"]
    assert verify(file).is_whole
