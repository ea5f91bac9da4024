"""Who came, as the session of a group holds it: proposed for the list, and written when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from kring.domain.study.recruiting.candidate import Candidate, named
from kring.domain.text import KringError, folded
from kring.store import files
from kring.study.recruiting.recruitment import Recruitment
from kring.study.summaries import CAME
from kring.system.sqlite import sqlite3

_PEOPLE = """
select name, id, ({came}), on_list from participants where removed_at is null and withdrawn_at is null
"""


class Attendance(Struct, frozen=True):
    """Somebody on the list who, by the session of a group, came there or did not."""

    candidate: Candidate
    state: Literal["came", "no_show"]
    group: str


def attendance(found: Recruitment) -> list[Attendance]:
    """Return who came and who did not, of those who were expected in the groups that were held.

    Of who waited in reserve, of that group or of none yet, is told who came: nobody expected them. Somebody is told by
    their name in that group; whose name means several people, or nobody, is not told.
    """
    proposed: list[Attendance] = []
    for group in found.standing.groups:
        if group.state != "held" or not group.session:
            continue
        here = [one for one in found.candidates if one.is_in(group.number) and one.state in ("fits", "confirmed")]
        spare = [one for one in found.candidates
                 if one.state == "reserve" and (not one.group or one.is_in(group.number))]  # fmt: skip
        if not (here or spare):
            continue
        told: dict[int, list[bool]] = {}
        for name, code, came, is_expected in _people(found.standing.folder.path / group.session):
            people = named(here, name or code) if is_expected else []
            people = people or [one for one in spare if came and folded(one.name) == folded(name)]
            if len(people) == 1:
                told.setdefault(people[0].line, []).append(came)
        certain = [one for one in (*here, *spare) if len(told.get(one.line, ())) == 1]
        proposed += [Attendance(one, "came" if told[one.line][0] else "no_show", group.number) for one in certain]
    return proposed


def _people(path: Path) -> Iterator[tuple[str, str, bool, bool]]:
    try:
        store = files.open_(path, "read")
    except KringError:  # which the folder says already
        return
    try:
        for name, code, came, on_list in store.connection.execute(_PEOPLE.format(came=CAME)).fetchall():
            yield name or "", code or "", bool(came), bool(on_list)
    except (sqlite3.Error, UnicodeError):
        return
    finally:
        store.close()
