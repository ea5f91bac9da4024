"""The catalogue of columns: every field of a row says what it is, once."""

from __future__ import annotations

from typing import Annotated, get_origin

import pytest

from kring.domain.columns import Column, Id, Ref, fields
from kring.domain.rows import ROWS, Moment, Row

TABLES = {row_type.TABLE: row_type for row_type in ROWS}


@pytest.mark.parametrize("row_type", ROWS, ids=TABLES)
def test_every_field_says_what_it_is(row_type: type[Row]) -> None:
    assert tuple(field.name for field in fields(row_type)) == row_type.__struct_fields__
    assert row_type.__doc__ != Row.__doc__
    for field in fields(row_type):
        assert field.column.meaning, field
        assert isinstance(field.column, Id) == (field.name == "id")


@pytest.mark.parametrize("row_type", ROWS, ids=TABLES)
def test_a_reference_leads_to_a_table_and_a_name_at_the_end_of_an_id_to_a_column(row_type: type[Row]) -> None:
    for field in fields(row_type):
        match field.column:
            case Ref(table=table):
                assert table in TABLES, field
            case Id(ends_with=column):
                assert column in ("", *row_type.__struct_fields__)


@pytest.mark.parametrize("row_type", ROWS, ids=TABLES)
def test_what_is_no_text_names_nobody(row_type: type[Row]) -> None:
    for field in fields(row_type):
        is_text = field.type is str or get_origin(field.type) is tuple
        assert is_text or type(field.column) is Column, field


def test_a_field_that_does_not_say_what_it_is_is_found() -> None:
    class NewRow(Row, frozen=True, kw_only=True):
        """A row somebody adds."""

        what: str

    with pytest.raises(AssertionError, match="what does not say what it is"):
        fields(NewRow)


def test_a_field_that_may_be_empty_is_known_by_its_type() -> None:
    class Line(Row, frozen=True, kw_only=True):
        """A row."""

        at: Annotated[Moment | None, Column("when")]
        tags: Annotated[tuple[str, ...], Column("which")]

    _, at, tags = fields(Line)
    assert (at.type, at.may_be_empty) == (Moment, True)
    assert (tags.type, tags.may_be_empty) == (tuple[str, ...], False)
