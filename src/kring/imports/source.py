"""A file of another program as the readers of formats see it: its name, bytes and text, and the day to read it by."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import cached_property
from typing import NamedTuple

from kring.domain.text import Sentence, folded
from kring.imports.parsed import Parsed
from kring.privacy.known.file_labels import PARTICLES, words_of
from kring.store.attached.kept_files import fingerprint
from kring.system.office.documents import is_document, read_document
from kring.system.office.sheets import Sheet, is_workbook, read_sheets
from kring.system.office.web_tables import holds_tables, tables_in_page
from kring.system.text_files import ReadText, decoded

LARGEST = 32 * 1024 * 1024
"""Characters of text that are read: some two hundred evenings of speech."""


class Evening(NamedTuple):
    """What is known of the session before its file is read.

    `people` are the names of all who were there, also of those who withdrew, as words; `codes` are what else they are
    called, folded; `hours` are when it began and ended in ms from midnight, counted on past it.
    """

    people: Collection[tuple[str, ...]] = ()
    codes: Collection[str] = ()
    hours: tuple[int, int] | None = None


class Source:
    """What is read: `day` is that of the session, which tells a day from a month where the file doesn't."""

    def __init__(self, name: str, content: bytes, day: date | None = None, evening: Evening | None = None) -> None:
        self.name = name
        """The name of the file, without its folder."""
        self.content = content
        self.day = day
        self.evening = evening or Evening()

    def knows(self, name: str) -> bool:
        """Whether a name is that of one person in the session: part of it, or with a last name behind it."""
        if folded(name.strip()) in self.evening.codes:
            return True
        words = words_of(name)
        if not any(len(word) > 1 for word in set(words) - PARTICLES):
            return False
        are_names = all(word[:1].isupper() or word.casefold() in PARTICLES for word in name.split())
        return any(
            set(words) <= set(one) or (are_names and tuple(words[: len(one)]) == one) for one in self.evening.people
        )

    @cached_property
    def sha256(self) -> str:
        """The checksum of all its bytes, in hexadecimal digits."""
        return fingerprint(self.content)

    @cached_property
    def _read(self) -> ReadText:
        if is_document(self.content):
            return ReadText(read_document(self.content, self.name))
        return decoded(self.content, self.name, LARGEST)

    @cached_property
    def text(self) -> str:
        """The text, also of a Word document, `\\r\\n` read as `\\n`; a `\\r` alone and all other marks stay."""
        return self._read.text.replace("\r\n", "\n")

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a workbook, or the tables of a page; raises Unreadable where these cannot be read."""
        if is_workbook(self.content):
            return tuple(read_sheets(self.content, self.name))
        return tuple(tables_in_page(self.text, self.name)) if holds_tables(self.content) else ()

    @property
    def warnings(self) -> tuple[Sentence, ...]:
        """What is uncertain about the text, such as its encoding."""
        return () if is_workbook(self.content) else self._read.warnings


class Format(NamedTuple):
    """A format: `recognises` looks at its structure and is quick, `read` reads all of it.

    `read` raises `kring.system.text_files.Unreadable` where the file is not what it seemed.
    """

    name: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Parsed]
