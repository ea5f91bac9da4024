"""The longer code and the file of credentials: read however they come, and a slip is said."""

from __future__ import annotations

import random
import stat
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.cli.observers.target import target
from kring.domain.text import KringError
from kring.system import folders
from kring.team import codes
from kring.team.codes import Code, NoCode
from kring.team.entry import credentials, passes, tokens, trust
from kring.team.entry.credentials import Credentials, Study
from kring.team.entry.passes import Pass
from kring.team.observers.watching import SharedSession

SEED = tokens.fresh_seed("account")
BYTES = st.binary(min_size=32, max_size=32)
TIMES = st.integers(1, 2**32 - 1)


def made(role: passes.PassRole = "assistant", session: str = str(uuid.UUID(int=7)), **other: object) -> Pass:
    chance = random.Random(7).randbytes
    told = {"study": "brug", "server": "tls://server.example.org:4222", "authority": chance(33)} | other
    return Pass(role, session, secret=chance(16), issuer=chance(32), account=chance(32), at_s=1, until_s=2, **told)


@given(st.sampled_from(passes.ROLES), st.uuids().map(str), BYTES, BYTES, TIMES, TIMES)
def test_a_code_is_read_as_it_was_written(role, session, issuer, account, at_s, until_s) -> None:
    one = Pass(role, session, "brug", "wss://a.example.org:443", b"", b"s" * 16, issuer, account, at_s, until_s)
    signed = one.signed_with(SEED)
    copied = passes.written(signed).lower().replace("-", "\n", 3)
    assert passes.is_pass(copied)
    assert passes.read(f"  kring join {copied}") == signed
    assert passes.read(copied).token() == signed.token()


@pytest.mark.parametrize("text", ["", "A", "kring join", "ÉÉ", "AAAAAA", "no code at all"])
def test_other_texts_are_no_such_code(text: str) -> None:
    assert not passes.is_pass(text)


def test_the_code_of_a_laptop_is_no_such_code() -> None:
    shorter = codes.Code("assistant", "192.0.2.7", 4222, str(uuid.UUID(int=7)), bytes(16), bytes(16))
    assert not passes.is_pass(codes.written(shorter))
    with pytest.raises(NoCode):
        codes.read(passes.written(made()))


def test_a_page_is_served_by_it_as_by_the_code_of_a_laptop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(folders, "state", lambda: tmp_path)
    found = target(passes.written(made("observer")))
    assert (found.folder.name, found.file) == (made().session, None)
    assert isinstance(found.source(), SharedSession)


@given(st.data())
def test_every_wrong_or_missing_letter_is_found(data: st.DataObject) -> None:
    letters = passes.written(made()).replace("-", "")
    place = data.draw(st.integers(2, len(letters) - 1))
    other = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").filter(lambda sign: sign != letters[place]))
    for wrong in (letters[:place] + other + letters[place + 1 :], letters[:place]):
        with pytest.raises(NoCode, match="Copy it again"):
            passes.read(wrong)


def test_nothing_of_a_code_stands_in_a_traceback() -> None:
    assert repr(made()) == "Pass(role='assistant')"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("server.example.org", ["tls://server.example.org:4222"]),
        ("tls://server.example.org:443", ["tls://server.example.org:443"]),
        ("nats://192.0.2.7", ["tls://192.0.2.7:4222"]),
        ("wss://server.example.org/kring/", ["wss://server.example.org:443/kring"]),
        ("tls://[2001:db8::7]", ["tls://[2001:db8::7]:4222"]),
        (" a.example.org , b.example.org:5000,", ["tls://a.example.org:4222", "tls://b.example.org:5000"]),
    ],
)
def test_the_address_of_a_server_is_understood(typed: str, told: list[str]) -> None:
    assert trust.addresses(typed) == told
    assert trust.addresses(",".join(told)) == told


@pytest.mark.parametrize(
    "typed", ["http://server.example.org", "ws://x", "tls://", "tls://x:99999", "tls://me:secret@x", "tls://x?y", "://"]
)
def test_what_is_no_address_of_a_server_is_refused(typed: str) -> None:
    with pytest.raises(KringError, match="no address of a server"):
        trust.addresses(typed)


def test_credentials_are_read_back_and_are_for_their_owner_only(tmp_path: Path) -> None:
    one = Credentials("e.y.J", "SU7", Study("brug", "A7", "tls://x:4222", "", 3, {"assistant": "SA7"}))
    file = tmp_path / "brug.creds"
    file.write_text(credentials.written(one))
    file.chmod(0o644)
    assert credentials.read(file) == one
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "SU7" not in repr(one)


@pytest.mark.parametrize("text", ["", "-----BEGIN NATS USER JWT-----\nx\n------END NATS USER JWT------\n", "\xff"])
def test_another_file_is_said_to_be_no_credentials(tmp_path: Path, text: str) -> None:
    file = tmp_path / "brug.creds"
    file.write_text(text, "latin-1")
    with pytest.raises(KringError, match="no credentials of a study"):
        credentials.read(file)
    with pytest.raises(KringError, match="cannot be read"):
        credentials.read(tmp_path / "gone.creds")


def test_a_code_of_a_laptop_that_shares_is_told_as_such() -> None:
    code = codes.written(Code("assistant", "192.0.2.7", 4222, str(uuid.uuid4()), bytes(16), bytes(16)))
    with pytest.raises(NoCode, match="laptop that shares"):
        passes.read(code)
    with pytest.raises(NoCode, match="A letter"):
        passes.read(code.replace(code[-5], "A" if code[-5] != "A" else "B"))
