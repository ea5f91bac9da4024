"""What changed in a guide: each kind of change alone, and several at once."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kring.domain.study.guide_changes import GuideLine, guide_changes

A = GuideLine("s", "section", "Kern", "1", planned_s=600)
B = GuideLine("een", "question", "Wat dacht u?", "1.1", "Kern")
C = GuideLine("twee", "question", "Wat deed u?", "1.2", "Kern")
P = GuideLine("p", "probe", "waarom", "1.2", "Wat deed u?", "twee")
GUIDE = (A, B, C, P)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (GUIDE, []),
        ((A, B, P), [("dropped", "twee")]),
        ((A, B, C, P, replace(B, id="x", text="Nog iets?")), [("added", "x")]),
        ((A, replace(B, text="wat DACHT  u?"), C, P), []),
        ((A, replace(B, text="Wat vond u?"), C, P), [("reworded", "een")]),
        ((A, replace(B, id="anders"), C, P), []),
        ((A, replace(B, id="anders", text="Wat vond u?"), C, P), [("added", "anders"), ("dropped", "een")]),
        ((replace(A, planned_s=None), B, C, P), [("time", "s")]),
        ((A, replace(B, must_ask=True), C, P), [("must ask", "een")]),
        ((A, B, C, replace(P, below="Wat dacht u?", parent="een", number="1.1")), [("moved", "p")]),
        ((A, B, replace(C, text="Hoe ging dat?"), replace(P, below="Hoe ging dat?")), [("reworded", "twee")]),
        ((A, B, replace(C, id="x", text="Hoe?"), replace(P, below="Hoe?", parent="x")),
         [("added", "x"), ("dropped", "twee")]),
        ((A, B, C, replace(C, id="x", text="Hoe?", number="1.3"), replace(P, below="Hoe?", parent="x", number="1.3")),
         [("added", "x"), ("moved", "p")]),
        ((A, B, C, replace(P, kind="question")), [("added", "p"), ("dropped", "p")]),
        ((A, replace(B, text="Wat vond u?", planned_s=60), C),
         [("reworded", "een"), ("time", "een"), ("dropped", "p")]),
    ],
)  # fmt: skip
def test_each_change_is_told_once(now: tuple[GuideLine, ...], expected: list[tuple[str, str]]) -> None:
    found = guide_changes(GUIDE, now)
    assert [(one.what, (one.now or one.before or A).id) for one in found] == expected


def test_of_two_that_changed_places_one_has_moved() -> None:
    moved = [one for one in guide_changes((A, B, C), (A, C, B)) if one.what == "moved"]
    assert len(moved) == 1
    assert guide_changes((), ()) == []
