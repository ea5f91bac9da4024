"""The code that people copy: read however it comes, and a slip is said."""

from __future__ import annotations

import random
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.team import codes
from kring.team.codes import Code, NoCode
from kring.team.tasks import Role

ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(str)
MADE = st.builds(
    Code,
    st.sampled_from(codes.ROLES),
    ADDRESSES,
    st.integers(1, 65_535),
    st.uuids().map(str),
    st.binary(min_size=16, max_size=16),
    st.binary(min_size=16, max_size=16),
)


def one(role: Role = "assistant", address: str = "192.168.1.20") -> Code:
    chance = random.Random(7).randbytes
    return Code(role, address, 4222, str(uuid.UUID(bytes=chance(16))), chance(16), chance(16))


@given(MADE)
def test_a_code_is_read_as_it_was_written(code: Code) -> None:
    assert codes.read(codes.written(code)) == code


@pytest.mark.parametrize(
    "copied",
    [
        lambda text: text.lower(),
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", ""),
        lambda text: f"  kring join {text}\n",
        lambda text: f"“{text}”",
        lambda text: text[:50] + "\r\n  " + text[50:],
        lambda text: text.replace("-", "–"),
        lambda text: text.replace("O", "0").replace("I", "1").replace("B", "8"),
    ],
)
def test_a_code_is_read_however_it_was_copied(copied) -> None:
    assert codes.read(copied(codes.written(one()))) == one()


@given(st.data())
def test_every_wrong_letter_is_found(data: st.DataObject) -> None:
    letters = codes.written(one()).replace("-", "")
    place = data.draw(st.integers(0, len(letters) - 1))
    other = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").filter(lambda sign: sign != letters[place]))
    with pytest.raises(NoCode):
        codes.read(letters[:place] + other + letters[place + 1 :])


@pytest.mark.parametrize("at", range(0, 80, 9))
def test_two_letters_that_changed_places_are_found(at: int) -> None:
    letters = codes.written(one()).replace("-", "")
    if letters[at] != letters[at + 1]:
        with pytest.raises(NoCode):
            codes.read(letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "93 letters and digits, and this is 0"),
        ("AEARA7-VYR7IC", "and this is 12"),
        (codes.written(one())[:-9], "and this is 8"),
        (codes.written(one()) + "AA", "93 letters and digits, and this is 95"),
        (codes.written(one()) * 2, "112 letters and digits, and this is 186"),
        (codes.written(one()).replace("-", "é", 1), "no É"),
        ("kring run session.db", "letters and digits"),
        ("\x1b[2J" * 20, "no "),
    ],
)
def test_what_is_wrong_with_a_code_is_said(text: str, told: str) -> None:
    with pytest.raises(NoCode) as refused:
        codes.read(text)
    assert told in str(refused.value)


def test_a_code_of_a_newer_kring_is_known_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "VERSION", 2)
    newer = codes.written(one())
    monkeypatch.undo()
    with pytest.raises(NoCode, match="newer"):
        codes.read(newer)


def test_the_secret_stands_in_no_traceback() -> None:
    assert one().secret.hex() not in repr(one())
    assert repr(one().secret) not in repr(one())
