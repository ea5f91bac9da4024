"""Typed lines: whole ones only, whatever comes in which pieces, and a pause where none comes."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator

import pytest

from kring.line_mode import input as typed_lines
from kring.line_mode.input import Lines, first_line, lines_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there the pauses are not to be had")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Lines, Callable[[bytes], int], Callable[[], None]]]:
    monkeypatch.setattr(typed_lines, "LOOK_S", 0.01)
    reading, writing = os.pipe()
    ended = False

    def end() -> None:
        nonlocal ended
        ended = True
        os.close(writing)

    with os.fdopen(reading, encoding="utf-8") as stream:
        yield lines_of(stream, with_pauses=True), lambda part: os.write(writing, part), end
    if not ended:
        end()


def test_lines_come_whole_and_in_order(typed: tuple[Lines, Callable[[bytes], int], Callable[[], None]]) -> None:
    lines, write, end = typed
    assert lines.readline() is None
    write("één\ntwee\n\ndr".encode())
    assert [lines.readline() for _ in range(4)] == ["één\n", "twee\n", "\n", None]
    write(b"ie\n\xff\nlast")
    end()
    assert [lines.readline() for _ in range(5)] == ["drie\n", "\N{REPLACEMENT CHARACTER}\n", "last", "", ""]


def test_what_is_no_file_is_read_as_it_is() -> None:
    lines = lines_of(io.StringIO("one\n"), with_pauses=True)
    assert [lines.readline(), lines.readline()] == ["one\n", ""]


def test_a_first_line_leaves_what_comes_behind_it() -> None:
    reading, writing = os.pipe()
    os.write(writing, "één\ntwo\n".encode())
    os.close(writing)
    with os.fdopen(reading, encoding="ascii", errors="replace") as stream:
        assert first_line(stream) == "één"
        assert lines_of(stream, with_pauses=True).readline() == "two\n"
        assert first_line(stream) == ""
    assert first_line(io.StringIO("one\ntwo\n")) == "one\n"
