"""Which format a file has, by its structure: the first of the table that recognises it, or the one that was named."""

from __future__ import annotations

from kring.domain.text import N_, KringError
from kring.imports.formats.attendance import ATTENDANCE, MEET_ATTENDANCE
from kring.imports.formats.boards import BOARD, PICTURE
from kring.imports.formats.chat import lines as chat_lines
from kring.imports.formats.chat import zoom as zoom_chat
from kring.imports.formats.chat.private import with_private_apart
from kring.imports.formats.cues import files as cues
from kring.imports.formats.lists import chats, json_chats, recognisers, tables
from kring.imports.formats.surveys import files as surveys
from kring.imports.formats.teams_attendance import TEAMS_ATTENDANCE
from kring.imports.formats.texts import files as texts
from kring.imports.formats.texts import marks, noscribe_html, teams
from kring.imports.formats.texts import named as names_only
from kring.imports.formats.zoom_participants import ZOOM_PARTICIPANTS
from kring.imports.formats.zoom_poll import ZOOM_POLL
from kring.imports.parsed import Parsed
from kring.imports.source import Format, Source
from kring.system.text_files import Unreadable

FORMATS: tuple[Format, ...] = (
    PICTURE,
    *chats.FORMATS,
    *surveys.TOOLS,
    ZOOM_POLL,
    TEAMS_ATTENDANCE,
    ZOOM_PARTICIPANTS,
    MEET_ATTENDANCE,
    *zoom_chat.FORMATS,
    *chat_lines.FORMATS,
    *json_chats.FORMATS,
    *recognisers.FORMATS,
    *noscribe_html.FORMATS,
    *cues.FORMATS,
    *marks.FORMATS,
    *teams.FORMATS,
    *texts.FORMATS,
    *names_only.FORMATS,
    *tables.FORMATS,
    ATTENDANCE,
    BOARD,
    surveys.SURVEY,  # any table with questions in its headings: always the last
)
"""In the order in which they are tried: the stricter one first, for a file that two of them could read."""


def named(name: str) -> Format:
    """Return the format of a name; raises KringError, which says the names, where there is none."""
    for one in FORMATS:
        if one.name == name.strip().lower():
            return one
    raise KringError(
        N_("There is no format {name}; there are: {names}."), name=name, names=", ".join(one.name for one in FORMATS)
    )


def recognised(source: Source) -> Format:
    """Return the first format that recognises a file; raises Unreadable where none does."""
    if not source.content.strip():
        raise Unreadable(N_("{file} is empty."), file=source.name)
    refused: Unreadable | None = None
    for one in FORMATS:
        try:
            if one.recognises(source):
                return one
        except Unreadable as problem:  # no text, where another format may be a workbook or a picture
            refused = problem
    if refused is not None and not _has_sheets(source):
        raise refused
    raise Unreadable(
        N_("{file} has a form that kring doesn't know; name what it is with --as, or save it in another form."),
        file=source.name,
    )


def _has_sheets(source: Source) -> bool:
    """Whether a file is a workbook that can be read, so that it is no fault of it to be no text."""
    try:
        return bool(source.sheets)
    except Unreadable:
        return False


def read(source: Source, name: str = "") -> Parsed:
    """Return what a file holds, read as the format of a name or as the one that recognises it; raises Unreadable."""
    return with_private_apart((named(name) if name else recognised(source)).read(source), source)
