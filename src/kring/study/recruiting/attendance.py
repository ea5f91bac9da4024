"""Who came, as the session of a group holds it: proposed for the list, and written when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from kring.domain.study.recruiting.candidate import Candidate, named
from kring.domain.text import KringError
from kring.store import files
from kring.study.recruiting.recruitment import Recruitment
from kring.study.summaries import CAME
from kring.system.sqlite import sqlite3

_PEOPLE = """
select name, id, ({came}) from participants where on_list and removed_at is null and withdrawn_at is null
"""


class Attendance(Struct, frozen=True):
    """Somebody on the list who, by the session of their group, came or did not."""

    candidate: Candidate
    state: Literal["came", "no_show"]


def attendance(found: Recruitment) -> list[Attendance]:
    """Return who came and who did not, of those who were expected in the groups that were held.

    Somebody is told by their name in that group; whose name means several people, or nobody, is not told.
    """
    proposed: list[Attendance] = []
    for group in found.standing.groups:
        if group.state != "held" or not group.session:
            continue
        expected = [one for one in found.candidates if one.is_in(group.number) and one.state in ("fits", "confirmed")]
        if not expected:
            continue
        told: dict[int, list[bool]] = {}
        for name, code, came in _people(found.standing.folder.path / group.session):
            people = named(expected, name or code)
            if len(people) == 1:
                told.setdefault(people[0].line, []).append(came)
        certain = [one for one in expected if len(told.get(one.line, ())) == 1]
        proposed += [Attendance(one, "came" if told[one.line][0] else "no_show") for one in certain]
    return proposed


def _people(path: Path) -> Iterator[tuple[str, str, bool]]:
    try:
        store = files.open_(path, "read")
    except KringError:  # which the folder says already
        return
    try:
        for name, code, came in store.connection.execute(_PEOPLE.format(came=CAME)).fetchall():
            yield name or "", code or "", bool(came)
    except (sqlite3.Error, UnicodeError):
        return
    finally:
        store.close()
