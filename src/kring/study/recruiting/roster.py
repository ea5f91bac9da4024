"""Who said yes to a group comes on the list of participants that its plan names: name and segment, no contact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from kring.domain.plan import Plan
from kring.domain.study.groups import group_key
from kring.domain.study.recruiting.alike import may_be_one
from kring.domain.study.recruiting.candidate import LOST, Candidate
from kring.domain.text import KringError, clean, folded, one_line
from kring.plans.file import rows_in
from kring.plans.people.header import Rows, find_header
from kring.plans.people.roster import read_roster
from kring.study.changing import write_whole
from kring.study.recruiting.beginning import row
from kring.study.recruiting.recruitment import Recruitment
from kring.system.output_files import creating
from kring.system.text_files import decoded, kind_of, separator_of

_HEADS = {"nl": ["code", "naam", "klantgroep", "toestemming"], "en": ["code", "name", "segment", "consent"]}
_KEYS = {"nl": "deelnemers", "en": "participants"}


class Written(Struct, frozen=True):
    """What was done with a list of participants: who came on it, and who stands on it and does not come any more.

    `alike` are who did not come on it, each with who is on it already and may be the same.
    """

    path: Path
    added: tuple[str, ...]
    gone: tuple[str, ...]
    alike: tuple[tuple[str, str], ...] = ()


def plan_of(found: Recruitment, group: str) -> tuple[Path, Plan]:
    """Return the plan of a group; raises KringError where there is none."""
    wanted = next((one for one in found.standing.groups if group_key(one.number) == group_key(group)), None)
    if wanted is None:
        raise KringError("The study has no group {group}.", group=group)
    for one in found.standing.folder.plans:
        if one.path.name == wanted.plan:
            return one.path, one.plan
    raise KringError("Group {group} has no plan here yet.", group=group)


def coming(found: Recruitment, group: str) -> list[Candidate]:
    """Return who said yes to a group, in the order of the list."""
    return [one for one in found.candidates if one.is_in(group) and one.state == "confirmed"]


def write_roster(found: Recruitment, group: str, language: str, *, with_alike: bool = False) -> Written:
    """Put who said yes on the list that the plan of their group names; what stands there stays as it is.

    Who is called nearly as somebody on it stays off, unless `with_alike` says that they are others.
    """
    plan_path, plan = plan_of(found, group)
    if not plan.roster_file:
        fact = f"{_KEYS[language]}: {_KEYS[language]}-{group}.csv"
        raise KringError("{plan} names no list of participants; write at its top: {fact}", plan=plan_path.name,
                         fact=fact)  # fmt: skip
    path = plan_path.parent / plan.roster_file
    people = coming(found, group)
    lost = [one for one in found.candidates if one.is_in(group) and one.state in LOST]
    if not path.exists():
        rows = [[f"P{place}", one.name, found.segment(one), ""] for place, one in enumerate(people, 1)]
        separator = ";" if language == "nl" else ","
        with creating(path) as file:
            file.write("".join(row(cells, separator) for cells in (_HEADS[language], *rows)).encode("utf-8-sig"))
        return Written(path, tuple(one.name for one in people), ())
    content = path.read_bytes()
    if kind_of(content):
        raise KringError("{file} is read, not written; save it as CSV, and change that.", file=path.name)
    rows_there = rows_in(path)[0]
    on_it = {folded(one_line(cell)) for _line, cells in rows_there for cell in (*cells, " ".join(cells))}
    roster = [person.name for person in read_roster(rows_there)[0] if person.name]
    listed = set(map(folded, roster))
    new = [one for one in people if folded(one.name) not in on_it | listed]
    known = {folded(one.name) for one in people}
    others = [name for name in roster if folded(name) not in known]  # each of whom is nobody else of the group
    alike = {} if with_alike else {one.line: name for one in new for name in others if may_be_one(one.name, name)}
    new = [one for one in new if one.line not in alike]
    if new:
        write_whole(path, _with_rows(content, path, list(_new_rows(found, rows_there, new))))
    gone = tuple(one.name for one in lost if folded(one.name) in listed)
    asked = tuple((one.name, alike[one.line]) for one in people if one.line in alike)
    return Written(path, tuple(one.name for one in new), gone, asked)


def _new_rows(found: Recruitment, rows: Rows, people: Sequence[Candidate]) -> Iterator[list[str]]:
    """Yield a row for everybody, each cell below its heading; a code is one that nobody on the list has."""
    header = find_header([(line, [one_line(cell) for cell in cells]) for line, cells in rows])
    columns = header.columns if header else {"code": 0, "name": 1, "segment": 2}
    width = len(header.cells) if header else 3
    taken = {person.code for person in read_roster(rows)[0]}
    free = (code for number in range(1, 10_000) if (code := f"P{number}") not in taken)
    for one in people:
        cells = [""] * width
        for column, value in (("segment", found.segment(one)), ("code", next(free)), ("name", one.name)):
            if column in columns:
                cells[columns[column]] = value
        yield cells


def _with_rows(content: bytes, path: Path, rows: Sequence[list[str]]) -> bytes:
    """Return a list with rows below it, written as the others are."""
    read = decoded(content, path.name).text
    encoding = next((name for name in ("utf-8-sig", "cp1252") if _reads_as(content, name, read)), None)
    if encoding is None:
        raise KringError("{file} is not UTF-8; save it as that, and change it then.", file=path.name)
    newline = "\r\n" if "\r\n" in read else "\n"
    separator = separator_of(clean(read))
    more = "".join(row(cells, separator, newline) for cells in rows)
    begin = "" if read.endswith(("\n", "\r")) or not read else newline
    return content + (begin + more).encode("cp1252" if encoding == "cp1252" else "utf-8")


def _reads_as(content: bytes, encoding: str, text: str) -> bool:
    try:
        return content.decode(encoding) == text.removeprefix("\ufeff")
    except UnicodeDecodeError:
        return False
