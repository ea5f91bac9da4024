"""Who may do what on the server of an agency, by its own refusals."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from msgspec.structs import replace
from nats.aio.client import Client

from kring.team import access
from kring.team.access import Access, NotLetIn, NotReached
from kring.team.agency import config, setting_up
from kring.team.agency.installation import STUDIES
from kring.team.codes import ROLES
from kring.team.entry import credentials, issuing, passes, tokens, trust
from kring.team.entry.passes import Pass
from kring.team.levelling import making, pool
from kring.team.levelling.stream import NoStream, Stream
from kring.team.names import WRITERS, Names, inbox_of, pool_of
from team.agency.conftest import Agency, evening, now_s, running, wanted
from team.conftest import needs_server
from team.test_server import asked, forbidden, heard, refusals

pytestmark = needs_server
as_it_was = config.server


async def test_each_role_may_do_what_it_needs_and_nothing_else(agency: Agency, tmp_path: Path) -> None:
    here = await evening(agency, tmp_path / "e.share")
    other = await evening(agency, tmp_path / "other.share")
    for role in ROLES:
        wanted, told = here.roles[role], list[str]()
        client = await access.connected(wanted, told.append)
        elsewhere = [heard(f"{other.host.names.inbox_of(each)}.>") for each in ROLES]
        elsewhere += [asked(other.host.names.get), asked(other.host.names.written_by(role)), asked("$JS.API.INFO")]
        elsewhere += [heard(other.host.names.all_heard), heard(f"{inbox_of('host')}.>")]
        if role == "observer":
            elsewhere += [heard(wanted.names.all_presence), asked(wanted.names.presence_of("assistant"))]
        for act in (*forbidden(wanted.names, role), *elsewhere):
            assert await refusals(client, told, act)
        if role != "observer":
            answer = await client.request(wanted.names.written_by(role), b"{}", timeout=2)
            assert msgspec.json.decode(answer.data)["seq"]
            told.clear()
            await client.subscribe(wanted.names.all_heard)
            assert (await Stream(client, wanted).standing()).last
            assert await Stream(client, wanted).read(0, 10)
            assert told == []
        await access.left(client)


async def test_who_holds_sessions_makes_them_and_takes_nothing_away(agency: Agency, tmp_path: Path) -> None:
    here = await evening(agency, tmp_path / "e.share")
    told = list[str]()
    client = await access.connected(here.host, told.append, as_host=True)
    names = here.host.names
    for verb in ("DELETE", "PURGE", "MSG.DELETE", "UPDATE", "SNAPSHOT"):
        assert await refusals(client, told, asked(f"$JS.API.STREAM.{verb}.{names.stream}"))
    for act in (asked(names.get), asked(names.written_by("moderator")), heard(names.all_heard), heard(">")):
        assert await refusals(client, told, act)
    await access.left(client)


async def test_another_study_is_another_world(agency: Agency, tmp_path: Path) -> None:
    here = await evening(agency, tmp_path / "e.share")
    theirs = agency.issuer(tmp_path / "theirs.share", "kade", session=here.issuer.session)
    code = issuing.codes_of(theirs, now_s())["moderator"]
    client = await access.connected(elsewhere := access.access_by(access.Way(code)), lambda _: None)
    with pytest.raises(NoStream):
        await Stream(client, elsewhere).standing()
    await access.left(client)


async def test_who_reads_a_study_hears_its_pool_and_nothing_else(agency: Agency, tmp_path: Path) -> None:
    here = await evening(agency, tmp_path / "e.share")
    code = (agency.folder / STUDIES / f"brug{setting_up.READING}").read_text()
    wanted, told = access.reading_with(passes.read(code)), list[str]()
    client = await access.connected(wanted, told.append)
    names, own = here.host.names, pool_of("brug")
    asks = [names.info, names.get, names.written_by("observer"), f"$JS.API.STREAM.INFO.{pool_of('kade')}"]
    asks += [f"$JS.API.STREAM.{verb}.{own}" for verb in ("UPDATE", "DELETE", "PURGE", "MSG.DELETE", "SNAPSHOT")]
    hears = [names.all_heard, names.all_written, names.all_presence, ">", f"{names.inbox_of('moderator')}.>"]
    for act in (*map(asked, asks), *map(heard, hears)):
        assert await refusals(client, told, act)
    told.clear()
    assert (await pool.standing(client, "brug")).made
    await Stream(client, wanted).read(0, 1)
    assert told == []
    await access.left(client)


def signed_anew(one: Pass, issuer_seed: str, **changed: object) -> Access:
    return access.access_with(replace(one, **changed).signed_with(issuer_seed))


async def test_what_was_not_signed_for_lets_nobody_in(agency: Agency, tmp_path: Path) -> None:
    issuer = agency.issuer(tmp_path / "e.share")
    one = passes.read(issuing.codes_of(issuer, now_s())["observer"])
    seeds = credentials.read(Path(issuer.credentials)).study.seeds
    forged = [
        access.access_with(replace(one, role="moderator")),
        access.access_with(replace(one, session=str(uuid4()))),
        access.access_with(replace(one, until_s=one.until_s + 1)),
        signed_anew(one, seeds["observer"], until_s=now_s() - 1),
        signed_anew(one, tokens.fresh_seed("account")),
        replace(access.access_with(one), seed=access.access_with(replace(one, secret=bytes(16))).seed),
    ]
    for each in forged:
        with pytest.raises(NotLetIn, match=r"no longer works|has expired"):
            await access.connected(each, lambda _: None)


async def test_a_key_of_a_role_signs_for_that_role_only(agency: Agency, tmp_path: Path) -> None:
    issuer = agency.issuer(tmp_path / "e.share")
    one = passes.read(issuing.codes_of(issuer, now_s())["observer"])
    seed = credentials.read(Path(issuer.credentials)).study.seeds["observer"]
    claims = tokens.claims_in(one.token())
    claims["nats"] |= {"pub": {"allow": [">"]}, "sub": {"allow": [">"]}}
    wider = replace(access.access_with(one), token=tokens.signed(seed, claims))
    with pytest.raises(NotLetIn):
        await access.connected(wider, lambda _: None)
    as_moderator = signed_anew(one, seed, role="moderator")
    told = list[str]()
    client = await access.connected(as_moderator, told.append)
    assert await refusals(client, told, asked(as_moderator.names.written_by("moderator")))
    await access.left(client)


async def test_a_code_ends_when_its_time_is_over(agency: Agency, tmp_path: Path) -> None:
    issuer = agency.issuer(tmp_path / "e.share")
    one = passes.read(issuing.codes_of(issuer, now_s())["assistant"])
    seed = credentials.read(Path(issuer.credentials)).study.seeds["assistant"]
    client, lasts_s = None, 1
    while client is None:  # on a slow computer it is over before the first word
        with suppress(NotLetIn):
            client = await access.connected(signed_anew(one, seed, until_s=now_s() + lasts_s), lambda _: None)
        lasts_s *= 2
    await closed(client)


async def closed(client: Client) -> None:
    async with asyncio.timeout(10):
        while not client.is_closed:  # noqa: ASYNC110 - the server ends it whenever it likes
            await asyncio.sleep(0.01)


async def test_it_is_the_same_through_the_web(agency: Agency, tmp_path: Path) -> None:
    web = agency.made.nodes[0].addresses[1]
    here = await evening(agency, tmp_path / "e.share")
    for role in WRITERS:
        wanted, told = replace(here.roles[role], url=web), list[str]()
        client = await access.connected(wanted, told.append)
        assert await refusals(client, told, asked(Names(str(uuid4())).info))
        assert (await Stream(client, wanted).standing()).made
        await access.left(client)


@pytest.mark.parametrize("place", [0, 1])
async def test_a_server_that_somebody_else_certified_is_told_nothing(
    agency: Agency, tmp_path: Path, place: int
) -> None:
    issuer = agency.issuer(tmp_path / "e.share", server=agency.made.nodes[0].addresses[place])
    one = passes.read(issuing.codes_of(issuer, now_s())["assistant"])
    other = setting_up.authority.make(now_s() * 1000)
    strange = replace(one, authority=setting_up.authority.point_of(other.certificate))
    for unknown in (strange, replace(one, authority=b"")):  # without one the computer's own list counts
        with pytest.raises(NotLetIn, match="not to be trusted"):
            await access.connected(access.access_with(unknown), lambda _: None)


async def test_a_certificate_counts_for_its_host_only(agency: Agency, tmp_path: Path) -> None:
    issuer = agency.issuer(tmp_path / "e.share", server=f"tls://localhost:{agency.made.nodes[0].port}")
    code = issuing.codes_of(issuer, now_s())["assistant"]
    with pytest.raises(NotLetIn, match="not to be trusted"):
        await access.connected(access.access_by(access.Way(code)), lambda _: None)


async def test_a_server_that_greets_first_is_one_too_and_others_may_have_signed_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "agency"
    made = setting_up.set_up(folder, what := wanted("brug"), now_s())
    monkeypatch.setattr(config, "server", lambda one, node: as_it_was(one, node).replace("handshake_first: true", ""))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "keys" / "authority.pem"))
    with running(folder, what) as agency:
        assert not (await trust.look(made.nodes[0].addresses[0])).is_tls_first
        for url in made.nodes[0].addresses:
            here = await evening(agency, tmp_path / f"{made.nodes[0].addresses.index(url)}.share")
            for authority in (here.host.authority, b""):
                client = await access.connected(replace(here.host, url=url, authority=authority), lambda _: None)
                assert (await Stream(client, here.host).standing()).made
                await access.left(client)


async def test_of_a_cluster_any_server_will_do(agency: Agency, tmp_path: Path) -> None:
    from kring.team.server import free_port

    node = agency.made.nodes[0]
    here = await evening(agency, tmp_path / "e.share")
    gone = f"tls://{node.host}:{free_port(node.host)}"
    for url in (f"{gone},{node.addresses[0]}", f"{node.addresses[0]},{gone}"):
        await access.left(await access.connected(replace(here.host, url=url), lambda _: None))
    with pytest.raises(NotReached):
        await access.connected(replace(here.host, url=f"{gone},{gone}"), lambda _: None)


async def test_the_stream_is_made_once_and_is_as_it_should_be(agency: Agency, tmp_path: Path) -> None:
    here = await evening(agency, tmp_path / "e.share")
    await making.make(here.host)
    client = await access.connected(here.host, lambda _: None, as_host=True)
    answer = msgspec.json.decode((await client.request(here.host.names.info, b"", timeout=2)).data)
    assert answer["config"]["deny_delete"]
    assert answer["config"]["deny_purge"]
    assert answer["config"]["num_replicas"] == 1
    await access.left(client)


def test_the_certificate_is_one_that_other_programs_trust(agency: Agency) -> None:
    import socket

    node = agency.made.nodes[0]
    trusting = ssl.create_default_context(cafile=str(agency.folder / "keys" / "authority.pem"))
    for port in (node.port, node.web_port):
        with (
            socket.create_connection((node.host, port)) as plain,
            trusting.wrap_socket(plain, server_hostname=node.host) as seen,
        ):
            assert seen.version() == "TLSv1.3"
