"""The folder of a server: what is written the first time and once more, and who no longer gets in."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from kring.cli import main
from kring.domain.text import KringError
from kring.team import access, server
from kring.team.access import NotLetIn
from kring.team.agency import config, installation, setting_up, withdrawing
from kring.team.agency.installation import STUDIES
from kring.team.agency.setting_up import DAY_S, Wanted
from kring.team.entry import credentials, issuing, passes, tokens
from team.agency.conftest import QUOTAS, Agency, now_s, running, wanted
from team.conftest import needs_server
from team.test_server import _is_in

NOW_S = 1_790_000_000


def content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@needs_server
def test_once_more_adds_a_study_and_makes_no_key_anew(tmp_path: Path) -> None:
    folder = tmp_path / "agency"
    setting_up.set_up(folder, wanted("brug"), NOW_S)
    before = content(folder)
    one = setting_up.set_up(folder, Wanted((), None, ["kade"], QUOTAS), NOW_S + 5)
    after = content(folder)
    assert list(one.studies) == ["brug", "kade"]
    kept = {name for name in before if "key" in name or (name.endswith((".pem", ".conf")) and "accounts" not in name)}
    assert len(kept) >= 8
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert after["kring-0/accounts.conf"] != before["kring-0/accounts.conf"]
    assert {name for name in after if "kade" in name} == {
        "keys/study-kade.json", "studies/kade.creds", "studies/kade.reading",
    }  # fmt: skip
    assert all(not path.stat().st_mode & 0o077 for path in (folder, *folder.rglob("*")))


@needs_server
def test_a_server_gets_no_secret_but_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "agency"
    one = setting_up.set_up(folder, wanted("brug", hosts=("a.example.org", "b.example.org", "c.example.org")), NOW_S)
    seeds = re.findall(
        r"S[OAU][A-Z2-7]{56}", "".join(each.decode("latin-1") for each in content(folder / "keys").values())
    )
    assert len(seeds) == 9
    for node in one.nodes:
        told = b"".join(content(folder / node.name).values()).decode("latin-1")
        assert not [seed for seed in seeds if seed in told]
        assert (folder / node.name / config.SERVER).read_text().count("routes: [") == 1
    assert one.copies == 3
    assert one.server == ",".join(node.addresses[0] for node in one.nodes)
    assert credentials.read(folder / STUDIES / "brug.creds").study.copies == 3


@needs_server
def test_what_ends_soon_is_written_anew_with_the_same_keys(tmp_path: Path) -> None:
    folder = tmp_path / "agency"
    setting_up.set_up(folder, wanted("brug"), NOW_S)
    before = content(folder)
    later_s = NOW_S + (setting_up.authority.SERVER_DAYS - setting_up.SOON_DAYS + 1) * DAY_S
    setting_up.set_up(folder, Wanted((), None, [], QUOTAS), later_s)
    after = content(folder)
    assert after["kring-0/certificate.pem"] != before["kring-0/certificate.pem"]
    assert after["kring-0/key.pem"] == before["kring-0/key.pem"]
    ends = [int(tokens.claims_in(credentials.read(folder / STUDIES / "brug.creds").token)["exp"]),
            passes.read(after["studies/brug.reading"].decode()).until_s]  # fmt: skip
    assert min(ends) >= later_s + 90 * DAY_S


@needs_server
@pytest.mark.parametrize("name", ["Brug", "", "a b", "../x", "x" * 33, "-x", "a.b", "é", ">", "*"])
def test_a_study_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(KringError, match="no name for a study"):
        setting_up.set_up(tmp_path / "agency", wanted(name), NOW_S)
    assert not (tmp_path / "agency").exists()


@needs_server
@pytest.mark.parametrize("words", [["server", "init", "--hosts", "a"], ["server", "check"]])
def test_a_file_is_no_folder_of_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    (tmp_path / "agency").write_text("x")
    assert main.main(["--lang", "en", *words, str(tmp_path / "agency")]) == 1
    assert "no folder" in capsys.readouterr().err


@needs_server
def test_a_folder_stays_that_of_its_servers(tmp_path: Path) -> None:
    folder = tmp_path / "agency"
    with pytest.raises(KringError, match="--hosts"):
        setting_up.set_up(folder, Wanted((), None, [], QUOTAS), NOW_S)
    setting_up.set_up(folder, wanted("brug", hosts=("a.example.org",)), NOW_S)
    with pytest.raises(KringError, match="of other servers"):
        setting_up.set_up(folder, wanted("brug", hosts=("b.example.org",)), NOW_S)


@needs_server
def test_a_certificate_of_others_is_taken_and_trusted_as_on_the_web(tmp_path: Path) -> None:
    folder = tmp_path / "agency"
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).write_text(name)
    setting_up.set_up(folder, replace(wanted("brug"), certificate=(tmp_path / "cert.pem", tmp_path / "key.pem")), NOW_S)
    assert (folder / "kring-0" / config.CERTIFICATE).read_text() == "cert.pem"
    assert (folder / "kring-0" / config.KEY).stat().st_mode & 0o077 == 0
    assert credentials.read(folder / STUDIES / "brug.creds").study.authority == ""
    setting_up.set_up(folder, Wanted((), None, ["kade"], QUOTAS), NOW_S)
    assert (folder / "kring-0" / config.CERTIFICATE).read_text() == "cert.pem"


@needs_server
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--hosts", "a,b"], "three or five"),
        (["--hosts", "a,a,a"], "three or five"),
        (["--nodes", "3", "--hosts", "a"], "three or five"),
        (["--nodes", "3"], "three or five"),
        (["--hosts", "a", "--port", "70000"], "70000 is no port"),
        (["--hosts", "a", "--port", "0"], "0 is no port"),
        (["--hosts", "a", "--port", "443"], "one use"),
        (["--hosts", "a", "--web-port", "8222"], "one use"),
        (["--hosts", "a b"], "no name of a server"),
        (["--hosts", 'a"; x'], "no name of a server"),
        (["--hosts", "https://a.org"], "no name of a server"),
        (["--hosts", "a:4222"], "no name of a server"),
        (["--hosts", "a", "--cert", "x"], "go together"),
        (["--hosts", "a", "--disk", "0"], "above zero"),
        ([], "--hosts"),
    ],
)
def test_what_cannot_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    assert main.main(["--lang", "en", "server", "init", str(tmp_path / "agency"), *words]) == 1
    assert why in capsys.readouterr().err
    assert not (tmp_path / "agency").exists()


@needs_server
def test_the_shell_says_what_to_do_and_nothing_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "agency"
    assert (
        main.main(["--lang", "en", "server", "init", str(folder), "--hosts", "kring.example.org", "--study", "brug"])
        == 0
    )
    said = capsys.readouterr().out
    assert f"{server.found()} -c server.conf" in said  # where pipx put it no shell looks
    assert str(folder / STUDIES / "brug.creds") in said
    keys = installation.study_keys(folder, "brug")
    secrets = [
        keys.account,
        keys.host,
        keys.reader,
        *keys.scopes.values(),
        installation.operator_keys(folder, NOW_S).operator,
    ]
    assert not [secret for secret in secrets if secret in said]


@needs_server
def test_a_code_that_was_withdrawn_lets_nobody_in_and_throws_out_who_is_in(tmp_path: Path) -> None:
    with running(tmp_path / "agency", wanted("brug", web=False)) as agency:
        asyncio.run(_withdrawn(agency, tmp_path))


async def _withdrawn(agency: Agency, tmp_path: Path) -> None:
    issuer = agency.issuer(tmp_path / "e.share")
    codes = issuing.codes_of(issuer, now_s())
    out = await access.connected(access.access_by(access.Way(codes["observer"])), lambda _: None)
    stays = await access.connected(access.access_by(access.Way(codes["assistant"])), lambda _: None)
    assert withdrawing.code(agency.folder, codes["observer"], now_s() + 7) == ("brug", [])
    await gone(out)
    assert stays.is_connected
    later = issuing.codes_of(issuer, now_s() + 60)["observer"]
    for code in (codes["observer"], later):
        with pytest.raises(NotLetIn):
            await access.connected(access.access_by(access.Way(code)), lambda _: None)
    fresh = issuing.codes_of(issuing.with_new_secret(issuer, "observer"), now_s())["observer"]
    assert await _is_in(fresh)
    assert withdrawing.everything(agency.folder, "brug", now_s() + 9) == []
    await gone(stays)
    assert not await _is_in(fresh)
    assert await _is_in(issuing.codes_of(issuer, now_s())["assistant"])  # with the credentials that are new
    one = setting_up.set_up(agency.folder, Wanted((), None, ["kade"], QUOTAS), now_s() + 11)
    assert setting_up.reload(agency.folder, one) == []
    added = agency.issuer(tmp_path / "kade.share", "kade")
    assert await _is_in(issuing.codes_of(added, now_s())["assistant"])


async def gone(client) -> None:
    async with asyncio.timeout(10):
        while not client.is_closed:  # noqa: ASYNC110 - the server ends it whenever it likes
            await asyncio.sleep(0.01)


@needs_server
def test_what_is_of_no_study_here_is_not_withdrawn(tmp_path: Path) -> None:
    folder, other = tmp_path / "agency", tmp_path / "other"
    for each in (folder, other):
        setting_up.set_up(each, wanted("brug"), NOW_S)
    with pytest.raises(KringError, match="no study of this server"):
        withdrawing.code(folder, (other / STUDIES / "brug.reading").read_text(), NOW_S)
    with pytest.raises(KringError, match="no study kade"):
        withdrawing.everything(folder, "kade", NOW_S)
    with pytest.raises(KringError, match="no folder of a server"):
        withdrawing.everything(tmp_path, "brug", NOW_S)
    assert withdrawing.everything(folder, "brug", NOW_S) == ["kring-0"]  # it does not run here
