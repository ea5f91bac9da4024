"""Which groups went by which definition of a segment."""

from __future__ import annotations

from datetime import date

from kring.domain.study.definitions import by_study, changed
from kring.domain.study.model import Definition, Segment

LOYAL = Segment(
    name="Trouw",
    definitions=(
        Definition(text="6 keer", since=date(2026, 1, 1)),
        Definition(text="4 keer", since=date(2026, 11, 1)),
    ),
)


def test_the_definition_of_its_day_holds_for_a_group() -> None:
    assert by_study([LOYAL], date(2026, 10, 31)) == {"Trouw": "6 keer"}
    assert by_study([LOYAL], date(2026, 11, 1)) == {"Trouw": "4 keer"}
    assert by_study([LOYAL], date(2025, 12, 31)) == {}


def test_groups_are_told_apart_by_their_definition_and_not_by_how_it_is_written() -> None:
    of_groups = {1: {"trouw": "6  keer"}, 2: {"Trouw": "4 keer"}, 3: {"TROUW": "4 keer", "nieuw": "dit jaar"}, 4: {}}
    assert [(one.segment, one.groups) for one in changed(of_groups)] == [
        ("trouw", [("6 keer", [1]), ("4 keer", [2, 3])]),
        ("nieuw", [("", [1, 2]), ("dit jaar", [3])]),
    ]
    assert changed({1: {"trouw": "6 keer"}, 2: {"Trouw": "6 keer"}}) == []
