"""ELAN: valid by its schema, read by pympi, and nothing overlaps within a tier, which neither would notice."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from pympi.Elan import Eaf

from domain.any_facts import events as any_events
from exports.full_session import HOSTILE, full_material, full_state, material_of, written
from kring.domain.history import History
from kring.domain.state import EMPTY
from kring.exports import elan
from kring.exports.account import in_turns
from kring.privacy.snapshot import Snapshot
from kring.system import i18n

Annotations = list[tuple[int, int, str]]


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "EAFv3.0.xsd"))


def tiers(snapshot: Snapshot) -> dict[str, Annotations]:
    """The tiers as a stranger reads them, after the schema and the law of no overlap."""
    root = etree.fromstring(written(elan.write, snapshot))
    schema().assertValid(root)
    slots = {slot.get("TIME_SLOT_ID"): int(slot.get("TIME_VALUE")) for slot in root.iter("TIME_SLOT")}
    assert list(slots.values()) == sorted(slots.values())
    found = {}
    for tier in root.iter("TIER"):
        found[tier.get("TIER_ID")] = annotations = [
            (slots[one.get("TIME_SLOT_REF1")], slots[one.get("TIME_SLOT_REF2")], one.findtext("ANNOTATION_VALUE"))
            for one in tier.iter("ALIGNABLE_ANNOTATION")
        ]
        for (_begin, end, _text), (following, _end, _other) in pairwise(annotations):
            assert end <= following
    return found


def test_there_is_a_tier_for_each_speaker_and_one_for_guide_tags_and_notes():
    found = tiers(full_material())
    assert list(found) == [
        *(f"P{n}" for n in range(1, 9)),
        "M",
        "crosstalk",
        "unknown speaker",
        "Guide",
        "Tags",
        "Notes",
    ]
    assert found["M"] == [(0, 10_000, "het is gedoe of zo")]
    assert found["P1"] == [(10_000, 40_000, "“het is gedoe”")]  # what overlaps is one
    assert found["P2"] == [(60_000, 120_000, "")]  # open turns end with the session
    assert found["P3"] == []  # that turn was removed
    assert found["P4"] == [(52_000, 53_000, "en ja")]  # of the transcript
    assert found["Guide"][0] == (0, 11_000, "1.1 Wie bent u?")


def test_moments_are_long_enough_to_be_seen_and_none_is_lost():
    found = tiers(full_material())
    assert found["Notes"] == [
        (0, 500, "Own remark: het is gedoe 2"),  # written before the start
        (15_000, 15_001, "Quote: “het is gedoe”"),
        (15_001, 15_501, "Mark"),
        (61_000, 61_500, "Quote (to be completed): eerste woorden"),
    ]
    assert [text for _begin, _end, text in found["Tags"]] == ["#app", "#app #prijs"]
    assert found["unknown speaker"] == [(50_000, 50_001, "")]


def test_the_recording_is_linked_beside_the_file_and_shifted():
    root = etree.fromstring(written(elan.write, full_material()))
    (media,) = root.iter("MEDIA_DESCRIPTOR")
    assert media.get("RELATIVE_MEDIA_URL") == media.get("MEDIA_URL") == "./audio/0001.flac"
    assert media.get("TIME_ORIGIN") == "5000"  # the sound began five seconds before the session
    assert media.get("MIME_TYPE") == "audio/flac"


def test_a_name_of_a_file_is_written_as_an_address():
    state = full_state()
    [segment] = state.tables["segments"].values()
    moved = state.put([replace(segment, file="groep [1] 50%.audio/0001 é.flac")])
    root = etree.fromstring(written(elan.write, material_of(moved)))
    [media] = root.iter("MEDIA_DESCRIPTOR")
    assert media.get("RELATIVE_MEDIA_URL") == "./groep%20%5B1%5D%2050%25.audio/0001%20%C3%A9.flac"
    tiers(material_of(moved))


def test_pympi_reads_it(tmp_path: Path):
    file = tmp_path / "session.eaf"
    file.write_bytes(written(elan.write, full_material()))
    read = Eaf(str(file))
    assert read.get_parameters_for_tier("P1")["PARTICIPANT"] == "P1"
    assert [annotation[:3] for annotation in read.get_annotation_data_for_tier("P1")] == tiers(full_material())["P1"]


def test_the_same_session_gives_the_same_bytes_and_dutch_words_in_dutch():
    assert written(elan.write, full_material()) == written(elan.write, full_material())
    i18n.use("nl")
    assert "Citaat: “het is gedoe”" in [
        text for _begin, _end, text in tiers(full_material())[list(tiers(full_material()))[-1]]
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str):
    assert tiers(full_material(text, name=text[:100]))
    assert tiers(full_material(text, name=text[:100], with_names=True))


def test_a_session_in_which_nothing_happened_has_empty_tiers():
    assert set(map(tuple, tiers(material_of(EMPTY)).values())) == {()}


@settings(max_examples=25)
@given(any_events())
def test_any_history_gives_a_valid_file(events):
    history = History()
    history.accept(history.change(events))
    tiers(material_of(history.state))


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 30))), st.integers(1, 20))
def test_stretches_in_turns_never_overlap_and_none_is_lost(wanted: list[tuple[int, int]], least: int):
    stretches = [(begin, begin + length) for begin, length in sorted(wanted)]
    laid = in_turns(stretches, least)
    assert len(laid) == len(stretches)
    assert all(0 <= begin < end for begin, end in laid)
    assert all(one[1] <= other[0] for one, other in pairwise(laid))
