"""Tables that share what did not change are, to anybody who reads them, dictionaries in order of arrival."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.rows import CodeRow, Moment
from kring.domain.state import row_table
from kring.domain.state.row_table import LateRows, Rows, kept_by_table

Act = list[tuple[int, str]]
acts = st.lists(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("ab")), max_size=6), max_size=20)


def code(number: int, name: str) -> CodeRow:
    return CodeRow(id=f"c{number}", name=name, added_by="Ria", added_at=Moment(0))


def after(table: Rows[CodeRow], act: Act) -> Rows[CodeRow]:
    draft = table.draft()
    for number, name in act:
        draft.put(code(number, name))
    draft.finish()
    return draft


@pytest.mark.parametrize("fewest", [1, 4, 64])
@given(acts)
def test_a_table_reads_as_a_dictionary_and_stays_as_it_is(fewest: int, acts: list[Act]) -> None:
    table: Rows[CodeRow] = Rows()
    plain: dict[str, CodeRow] = {}
    stood = [(table, plain)]
    with mock.patch.object(row_table, "FEWEST", fewest):
        for act in acts:
            table = after(table, act)
            plain = plain | {row.id: row for row in (code(*one) for one in act)}
            stood.append((table, plain))
    for then, rows in stood:
        assert (list(then), list(then.values())) == (list(rows), list(rows.values()))
        assert list(reversed(then.values())) == list(reversed(rows.values()))
        assert (len(then), len(then.values()), bool(then), then == rows) == (len(rows), len(rows), bool(rows), True)
        assert all(then[key] is then.get(key) and key in then for key in rows)
        assert ("nobody" in then, then.get("nobody"), then.get("nobody", 1)) == (False, None, 1)
        with pytest.raises(KeyError):
            then["nobody"]


@pytest.mark.parametrize("fewest", [1, 64])
@given(before=acts, one=acts, other=acts)
def test_what_differs_makes_one_table_of_the_other(
    fewest: int,
    before: list[list[tuple[int, str]]],
    one: list[list[tuple[int, str]]],
    other: list[list[tuple[int, str]]],
) -> None:
    tables: list[Rows[CodeRow]] = [Rows(), Rows()]
    with mock.patch.object(row_table, "FEWEST", fewest):
        for act in before:
            tables[0] = after(tables[0], act)
        tables[1] = tables[0]
        for place, acts in enumerate((one, other)):
            for act in acts:
                tables[place] = after(tables[place], act)
    then, now = tables
    came, gone = now.since(then)
    made = dict(then.items())
    for row in gone:
        del made[row.id]
    for row in came:
        assert then.get(row.id) != row
        made[row.id] = row
    assert made == now


def test_a_table_without_what_was_taken_out_is_worked_out_once() -> None:
    desk = Desk()
    for line in ("attend 1 present", "go 1.1", "go 2.1"):
        desk.type(line)
    desk.happen(f.RowRemoved("visits", next(iter(desk.state.visits))))
    visits = desk.state.visits
    assert visits is desk.state.visits
    desk.type("floor 1")
    assert visits is desk.state.visits
    desk.type("next")
    assert len(desk.state.visits) == len(visits) + 1
    draft = desk.state.draft()
    for row in list(desk.state.visits.values()):
        draft.settle([replace(row, removed_at=Moment(desk.now))])
        assert row.id not in draft.visits
    assert not draft.finished().visits


def test_what_is_worked_out_of_a_table_is_kept_but_not_of_a_draft() -> None:
    worked: list[int] = []

    @kept_by_table
    def names(table: Rows[CodeRow]) -> list[str]:
        worked.append(len(table))
        return [row.name for row in table.values()]

    table = after(Rows(), [(1, "a")])
    assert names(table) == names(table) == ["a"]
    assert worked == [1]
    draft = table.draft()
    assert names(draft) == ["a"]
    draft.put(code(2, "b"))
    assert names(draft) == ["a", "b"]
    draft.finish()
    assert names(draft) == names(draft) == ["a", "b"]
    assert worked == [1, 1, 2, 2]


def test_a_part_that_two_threads_read_at_once_is_there_once_and_none_is_left_out() -> None:
    parts = {bytes([number]): [code(2 * number, "a"), code(2 * number + 1, "b")] for number in range(4)}
    asked: list[bytes] = []

    def read(part: bytes) -> list[CodeRow]:
        asked.append(part)
        if asked.count(part) == 1:
            table.read_some()  # as another thread does at this very moment
        return parts[part]

    last = [code(8, "c")]
    table = LateRows(read, [*parts], last, 9)
    assert [*table.values()] == [*(each for several in parts.values() for each in several), *last]
    assert len(asked) == 2 * len(parts)
