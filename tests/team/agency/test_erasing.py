"""A session that is taken off the servers is in no stream there, and the others are where they were."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from kring.cli import main
from kring.domain.text import KringError
from kring.team import access
from kring.team.agency import erasing, setting_up
from kring.team.agency.installation import STUDIES
from kring.team.entry import passes
from kring.team.levelling import making, pool
from kring.team.levelling.stream import NoStream, Stream
from team.agency.conftest import Agency, Evening, evening, now_s
from team.conftest import needs_server
from team.test_sharing import session_in

pytestmark = needs_server


async def messages(agency: Agency) -> dict[str, int]:
    """Return how much of each session lies in the pool."""
    code = (agency.folder / STUDIES / f"brug{setting_up.READING}").read_text()
    client = await access.connected(access.reading_with(passes.read(code)), lambda _: None)
    try:
        return dict((await pool.standing(client, "brug")).messages)
    finally:
        await access.left(client)


async def written(agency: Agency, folder: Path, session: str = "") -> Evening:
    one = await evening(agency, folder, session=session)
    client = await access.connected(one.host, lambda _: None)
    await client.request(one.host.names.written_by("moderator"), b"{}", timeout=2)
    await access.left(client)
    return one


async def in_the_pool(agency: Agency, *sessions: str) -> None:
    async with asyncio.timeout(10):
        while set(await messages(agency)) != set(sessions):  # noqa: ASYNC110 - the server does it whenever it likes
            await asyncio.sleep(0.02)


async def test_one_session_goes_and_the_others_stay(agency: Agency, tmp_path: Path) -> None:
    gone, stays = [await written(agency, tmp_path / f"{each}.share") for each in "ab"]
    names = [each.issuer.session.replace("-", "") for each in (gone, stays)]
    await in_the_pool(agency, *names)
    sound = gone.host.names
    await making.make_stream(gone.host, sound.sound, sound.sound_config(60))
    assert await erasing.erase(agency.folder, agency.made, "brug", gone.issuer.session, now_s())
    await in_the_pool(agency, names[1])
    client = await access.connected(gone.roles["assistant"], lambda _: None)
    with pytest.raises(NoStream):
        await Stream(client, gone.roles["assistant"]).standing()
    await access.left(client)
    client = await access.connected(gone.host, lambda _: None, as_host=True)
    assert await making.asked(client, sound.sound_info, {}) is None
    await access.left(client)
    client = await access.connected(stays.roles["assistant"], lambda _: None)
    assert (await Stream(client, stays.roles["assistant"]).standing()).messages == 1
    await access.left(client)
    assert not await erasing.erase(agency.folder, agency.made, "brug", str(uuid4()), now_s())
    await in_the_pool(agency, names[1])


def test_it_is_named_by_a_file_or_by_its_number(
    agency: Agency, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with session_in(tmp_path) as els:
        session = els.state.session.id
    for named in (str(tmp_path / "els.db"), session):
        asyncio.run(written(agency, tmp_path / "els.share", session))
        assert main.main(["--lang", "en", "server", "erase", str(agency.folder), named, "--study", "brug"]) == 0
        assert "off the servers" in capsys.readouterr().out
    assert main.main(["--lang", "en", "server", "erase", str(agency.folder), session, "--study", "brug"]) == 1
    assert "not on the servers" in capsys.readouterr().err


async def test_another_study_is_said(agency: Agency) -> None:
    with pytest.raises(KringError, match="no study plein"):
        await erasing.erase(agency.folder, agency.made, "plein", str(uuid4()), now_s())
