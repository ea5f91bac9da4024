"""What is wrong with a server is said, each thing in a sentence, and nothing where all is well."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from msgspec.structs import replace

from kring.cli import main
from kring.domain.text import KringError
from kring.team.agency import checking, config, setting_up, telling
from kring.team.agency.installation import STUDIES
from kring.team.agency.telling import Told
from team.agency.conftest import Agency, now_s, wanted
from team.agency.test_setting_up import NOW_S
from team.conftest import HERE, needs_server

WELL = Told(
    {"version": "2.15.1", "jetstream": {"config": {"sync_always": True, "max_storage": 100}, "stats": {"storage": 5}}},
    {"status": "ok"},
    "2026-09-21T14:13:20Z",
)
META = {"leader": "a", "replicas": [{"name": "b", "current": True}, {"name": "c", "current": True}]}


def kept(**changed: object) -> Told:
    return replace(WELL, varz=WELL.varz | {"jetstream": WELL.varz["jetstream"] | changed})


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (WELL, []),
        (kept(meta=META), []),
        (replace(WELL, varz=WELL.varz | {"version": "2.9.10"}), ["needs 2.11"]),
        (replace(WELL, varz=WELL.varz | {"version": "2.11.0"}), []),
        (replace(WELL, varz=WELL.varz | {"jetstream": {}}), ["JetStream is off"]),
        (kept(config={"sync_always": False}), ["sync_interval is not always"]),
        (kept(stats={"storage": 95}), ["nearly full"]),
        (replace(WELL, healthz={"status": "unavailable"}), ["behind the others"]),
        (kept(meta=META | {"leader": ""}), ["no majority"]),
        (kept(meta=META | {"replicas": [{"name": "b", "current": True, "offline": True}]}), ["a misses b"]),
        (kept(meta=META | {"replicas": [{"name": "c", "current": False}]}), ["a misses c"]),
        (kept(meta=META | {"leader": "b", "replicas": [{"name": "c", "current": False}]}), []),
        (replace(WELL, now="2026-09-21T14:15:20Z"), ["differ by"]),
    ],
)
def test_what_a_server_says_of_itself_is_told_in_words(told: Told, said: list[str]) -> None:
    found = [str(sentence) for sentence in checking._server(told, "a", NOW_S)]
    assert len(found) == len(said)
    assert all(part in sentence for part, sentence in zip(said, found, strict=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    setting_up.set_up(tmp_path / "agency", wanted("brug", web=False), NOW_S)
    return tmp_path / "agency"


def said_of(place: Path, at_s: int = NOW_S) -> str:
    check = checking.of_node if (place / config.SERVER).exists() else checking.of_folder
    return "\n".join(map(str, check(place, at_s)))


@needs_server
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("  sync_interval: always\n", "", "may be lost"),
        ("sync_interval: always", "sync_interval: 2m", "may be lost"),
        ("  cipher: chachapoly\n", "", "not locked"),
        ("server_name", "server_name", "does not run"),
    ],
)
def test_what_somebody_changed_in_the_configuration_is_said(folder: Path, before: str, after: str, said: str) -> None:
    file = folder / "kring-0" / config.SERVER
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))
    file.chmod(0o600)
    assert said in said_of(folder / "kring-0")


@needs_server
def test_files_that_others_can_read_are_said(folder: Path) -> None:
    assert "can be read" not in said_of(folder)
    folder.chmod(0o755)
    (folder / "keys" / "operator.json").chmod(0o644)
    said = said_of(folder)
    assert f"chmod 700 {folder}" in said
    assert f"chmod 600 {folder / 'keys' / 'operator.json'}" in said
    assert said.count("can be read") == 2


@needs_server
def test_what_ends_is_said(folder: Path) -> None:
    day = setting_up.DAY_S
    assert "ends in" not in said_of(folder)
    soon = said_of(folder, NOW_S + 80 * day)
    assert f"{folder / STUDIES / 'brug.reading'} ends in 10 days" in soon
    later = said_of(folder, NOW_S + 900 * day)
    assert later.count(" ended ") == 3
    assert "certificate.pem ended 75 days ago" in later


@needs_server
def test_a_port_that_another_program_has_is_said(folder: Path) -> None:
    text = (folder / "kring-0" / config.SERVER).read_text()
    port = int(checking._found(r"(?m)^port: (\d+)", text, "0"))
    with socket.create_server((HERE, port)):
        assert f"Another program has port {port}" in said_of(folder / "kring-0")
    assert "Nobody answers" in said_of(folder)


@needs_server
def test_a_server_that_is_well_has_nothing_said_of_it(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (agency.folder, agency.folder / agency.made.nodes[0].name, *agency.made.nodes[0].addresses):
        assert main.main(["--lang", "en", "server", "check", str(place)]) == 0
        assert capsys.readouterr().out == "Nothing wrong was found.\n"


@needs_server
def test_a_server_of_another_folder_is_told_apart(agency: Agency, tmp_path: Path) -> None:
    other = tmp_path / "other"
    setting_up.set_up(other, replace(wanted("brug"), nodes=agency.made.nodes), now_s())
    said = said_of(other, now_s())
    assert said.count("another program answers, or a server with another certificate") == 2


@needs_server
def test_a_server_that_does_not_know_the_folder_is_said(
    agency: Agency, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = checking.installation.OperatorKeys(*(checking.tokens.fresh_seed("account"),) * 3, NOW_S)
    monkeypatch.setattr(checking.installation, "operator_keys", lambda *_: other)
    assert "do not know who signs" in said_of(agency.folder, now_s())


def test_no_folder_and_no_address_is_said(tmp_path: Path) -> None:
    with pytest.raises(KringError, match="no folder of a server"):
        list(checking.of_folder(tmp_path, NOW_S))
    with pytest.raises(KringError, match="no address"):
        list(checking.of_server("http://x", NOW_S))
    assert telling.here(1) is None
