"""The transcript for MAXQDA and the codebook for Taguette: plain text, read here by the rules that those document.

Neither program can run in the tests.
"""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest

from exports.full_session import HOSTILE, full_material, material_of, written
from kring.domain.state import EMPTY
from kring.exports import maxqda, taguette
from kring.privacy.snapshot import Snapshot

PARAGRAPH = re.compile(r"([^:\n]{1,63}): (.*) #(\d\d):([0-5]\d):([0-5]\d)-(\d)#")


def paragraphs(snapshot: Snapshot) -> list[tuple[str, ...]]:
    """Speaker, text and time of each paragraph."""
    text = written(maxqda.write, snapshot).decode("utf-8-sig")
    assert not text.startswith("\ufeff")
    assert text == "" or text.endswith("\n")
    found = [PARAGRAPH.fullmatch(line) for line in text.split("\n")[:-1]]
    return [one.groups() for one in found if one] if all(found) else pytest.fail(text)


def codes(snapshot: Snapshot) -> dict[str, str]:
    """Description by path."""
    content = written(taguette.write, snapshot)
    assert content.startswith(b"\xef\xbb\xbf")  # without it Taguette reads é as Ã©
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert all(set(row) == {"path", "description"} for row in rows)
    return {row["path"]: row["description"] for row in rows}


def test_each_turn_is_a_paragraph_with_speaker_and_time():
    assert paragraphs(full_material())[:3] == [
        ("M", "het is gedoe of zo", "00", "00", "00", "0"),
        ("P1", "“het is gedoe”", "00", "00", "10", "0"),
        ("P1", "…", "00", "00", "29", "0"),
    ]


def test_a_name_with_a_colon_is_still_one_speaker():
    assert paragraphs(full_material(name="Jo: de baas", with_names=True))[1][0] == "Jo de baas"


def test_codes_stand_with_what_is_above_them():
    found = codes(full_material())
    assert found["het is gedoe"] == "het is gedoe"
    assert "het is gedoe.gedoe (2)" in found
    assert "Tags.#app" in found
    assert "Discussion guide.2 Ervaringen.2·1 Vertel eens over de laatste keer" in found
    assert "Speakers.P1" in found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str):
    snapshot = full_material(text, name=text[:200], with_names=True)
    assert len(paragraphs(snapshot)) == 7
    found = codes(snapshot)
    assert len(found) > 10
    assert not any(re.match(r"[=+\-@]", cell) for row in found.items() for cell in row)


def test_a_session_in_which_nothing_happened_has_no_paragraphs():
    assert paragraphs(material_of(EMPTY)) == []
    assert codes(material_of(EMPTY)) == {}
