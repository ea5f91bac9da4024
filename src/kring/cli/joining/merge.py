"""What `kring merge` prints: what copies of one session hold that the others do not, and where they were joined."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from kring.domain.local_time import day_of, local
from kring.domain.state import State
from kring.domain.text import clean
from kring.session.copies.apart import merge_line
from kring.session.copies.doings import Doings
from kring.session.copies.merging import Held, Union, free_name, union_of, write
from kring.system.i18n import _, ngettext, say

NOT_WHOLE = 1


def merge_command(asked: Namespace) -> int:
    """Say what copies of a session hold, and join them where a file to write is named."""
    union = union_of(asked.files)
    lines = list(_told(union))
    if union.whole is not None:
        lines.append(_("{file} holds all that the others hold; there is nothing to join.").format(file=union.whole))
        return _print(lines)
    if asked.out is None:
        command = merge_line(asked.files, free_name(asked.files))
        lines.append(_("Nothing was written. To join them: {command}").format(command=command))
        return _print(lines)
    return _written(union, asked.out, lines)


def _written(union: Union, out: Path, lines: list[str]) -> int:
    report = write(union, out)
    counted = ngettext("{n} event", "{n} events", report.events).format(n=report.events)
    if report.is_whole:
        lines.append(_("{file} holds all of it and is whole: {events}.").format(file=out, events=counted))
    else:
        lines.append(_("{file} is not whole; it holds {events}.").format(file=out, events=counted))
        lines.extend(map(say, report.findings))
    files = ", ".join(held.file.name for held in union.copies)
    lines.append(_("{files} are as they were. From now on work in {file} only.").format(files=files, file=out))
    _print(lines)
    return 0 if report.is_whole else NOT_WHOLE


def _told(union: Union) -> Iterator[str]:
    state = union.state
    yield _("One session, of {day}: {title}").format(day=day_of(state), title=state.session.title)
    yield ngettext("{n} event is in all of these files.", "{n} events are in all of these files.", union.shared).format(
        n=union.shared
    )
    for held in union.copies:
        yield _of_copy(held)
        yield from (f"  {_of_person(state, one)}" for one in held.doings)
    yield from map(say, union.remarks)


def _of_copy(held: Held) -> str:
    events = ngettext("{n} event", "{n} events", held.events).format(n=held.events)
    if not held.alone:
        return _("{file}: {events}, all of them elsewhere too").format(file=held.file, events=events)
    return _("{file}: {events}, {n} of them nowhere else").format(file=held.file, events=events, n=held.alone)


def _of_person(state: State, one: Doings) -> str:
    acts = ngettext("{n} act", "{n} acts", one.acts).format(n=one.acts)
    first, last = local(state, one.first), local(state, one.last)
    end = f"{last:%H:%M:%S}" if last.date() == first.date() else f"{last:%Y-%m-%d %H:%M:%S}"
    about = ", ".join(f"{_(word)} {n}" for word, n in one.about)
    who = _("kring itself") if one.role == "program" else f"{one.actor} ({_(one.role)})" if one.actor else _(one.role)
    when = f"{first:%Y-%m-%d %H:%M:%S}"
    if one.first // 1000 != one.last // 1000:
        when = _("{first} to {last}").format(first=when, last=end)
    return f"{who}: {acts}, {when}: {about}"


def _print(lines: list[str]) -> int:
    sys.stdout.writelines(f"{clean(line)}\n" for line in lines)
    return 0
