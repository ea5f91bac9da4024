"""The transcript for MAXQDA and the codebook for Taguette: plain text, read here by the rules that those document.

Neither program can run in the tests.
"""

from __future__ import annotations

import csv
import re
import zipfile
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from exports.full_session import HOSTILE, full_material, full_state, material_of, moment, written
from kring.domain import rows as r
from kring.domain.state import EMPTY
from kring.exports import maxqda, plain_text, taguette
from kring.exports.refi import project
from kring.privacy.snapshot import Snapshot

if TYPE_CHECKING:
    from kring.exports.formats import Writer

AUTOMATIC = re.compile("Discussion guide|Speakers")
PARAGRAPH = re.compile(r"([^:\n]{1,63}): (.*) #(\d\d):([0-5]\d):([0-5]\d)-(\d)#")


def paragraphs(snapshot: Snapshot) -> list[tuple[str, ...]]:
    """Speaker, text and time of each paragraph."""
    text = written(maxqda.write, snapshot).decode("utf-8-sig")
    assert not text.startswith("\ufeff")
    assert text == "" or text.endswith("\n")
    found = [PARAGRAPH.fullmatch(line) for line in text.split("\n")[:-1]]
    return [one.groups() for one in found if one] if all(found) else pytest.fail(text)


def texts_in(content: bytes) -> list[str]:
    """The texts in a project."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return [packed.read(name).decode() for name in packed.namelist() if name.endswith(".txt")]


def codes(snapshot: Snapshot, write: Writer = taguette.write_all) -> dict[str, str]:
    """Description by path."""
    content = written(write, snapshot)
    assert content.startswith(b"\xef\xbb\xbf")  # without it Taguette reads é as Ã©
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert all(set(row) == {"path", "description"} for row in rows)
    assert all(0 < len(row["path"]) <= 200 for row in rows)  # Taguette refuses all for one that is longer
    assert len({row["path"] for row in rows}) == len(rows)
    return {row["path"]: row["description"] for row in rows}


def test_what_was_said_is_a_paragraph_with_speaker_and_the_time_of_its_words():
    assert paragraphs(full_material()) == [
        ("M", "het is gedoe of zo", "00", "00", "01", "0"),
        ("P1", "“het is gedoe”", "00", "00", "15", "0"),
        ("P4", "en ja", "00", "00", "52", "0"),
    ]


def test_a_quote_has_one_time_in_every_format():
    snapshot = full_material()
    told = {
        "maxqda": [":".join(one[2:5]) for one in paragraphs(snapshot) if "gedoe”" in one[1]],
        "txt": re.findall(r'"het is gedoe" \[(\d\d:\d\d:\d\d)\]', written(plain_text.write, snapshot).decode()),
        "qdpx": [
            time
            for text in texts_in(written(project.write, snapshot))
            for time in re.findall(r"\[(\d\d:\d\d:\d\d)\][^\n]*“het is gedoe”", text)
        ],
    }
    assert {time for times in told.values() for time in times} == {"00:00:15"}
    assert all(told.values())


def test_a_name_with_a_colon_is_still_one_speaker():
    assert paragraphs(full_material(name="Jo: de baas", with_names=True))[1][0] == "Jo de baas"


def test_codes_stand_with_what_is_above_them():
    found = codes(full_material())
    assert found["het is gedoe"] == "het is gedoe"
    assert "het is gedoe.gedoe (2)" in found
    assert "Tags.#app" in found
    assert "Discussion guide.2 Ervaringen.2·1 Vertel eens over de laatste keer" in found
    assert "Speakers.P1 (2026-12-03 19·30)" in found


def test_codes_and_tags_only_unless_all_is_asked_for():
    found = codes(full_material(), taguette.write)
    assert found == {path: told for path, told in codes(full_material()).items() if not AUTOMATIC.match(path)}
    assert {"Tags.#app", "het is gedoe.gedoe (2)"} <= set(found)


def test_long_names_are_cut_and_what_is_above_a_code_stays_above_it():
    state = full_state()
    section, item = (replace(state.guide[each], title=f"{each} " * 40) for each in ("ervaring", "laatste"))
    twin = replace(item, id="twin")
    deep = [
        r.CodeRow(id=f"deep{n}", name=f"laag {n} " * 9, parent=f"deep{n - 1}" if n else None, added_at=moment(200))
        for n in range(20)
    ]
    found = codes(material_of(state.put([section, item, twin, *deep])))
    inside = [path for path in found if path.startswith("Discussi") and "2·1" in path]
    assert len(inside) == 2  # both, though they are called alike
    assert len({path.split(".")[1] for path in inside}) == 1
    assert sum("laag" in path for path in found) == 20


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str):
    snapshot = full_material(text, name=text[:200], with_names=True)
    assert len(paragraphs(snapshot)) >= 2
    found = codes(snapshot)
    assert len(found) > 10
    assert not any(re.match(r"[=+\-@]", cell) for row in found.items() for cell in row)


def test_a_session_in_which_nothing_happened_has_no_paragraphs():
    assert paragraphs(material_of(EMPTY)) == []
    assert codes(material_of(EMPTY)) == {}
