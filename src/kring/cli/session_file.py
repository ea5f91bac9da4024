"""What `kring timeline`, `verify`, `rebuild`, `rescue` and `restore` print about a session file."""

from __future__ import annotations

import contextlib
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kring.domain.text import KringError, Sentence, clean
from kring.session.open import look_into
from kring.system.i18n import _, ngettext, say

if TYPE_CHECKING:
    from kring.store.verify import Head, Noted

NOT_WHOLE = 1
MOST_FINDINGS = 50
MOST_FAULTS = 10  # the first few say what happened to an export; the rest follows from it


def language_of(file: Path) -> str | None:
    """Return the language that the plan in a session file asks for, where that can be read."""
    with contextlib.suppress(KringError):
        glimpse = look_into(file)
        return glimpse.language if glimpse else None
    return None


def timeline_command(asked: Namespace) -> int:
    """Print what happened in a session, in order."""
    from kring.cli import timeline

    return timeline.tell(asked.file, as_json=asked.json, undone_too=asked.all, with_codes=asked.codes)


def verify_command(asked: Namespace) -> int:
    """Whether a file is whole, and what is wrong with it; the exit code is 1 when anything is."""
    from kring.store.verify import verify

    report = verify(asked.file, asked.head)
    counted = ngettext("{n} event", "{n} events", report.events).format(n=report.events)
    if report.is_whole:
        _print([_("{file} is whole: {events}.").format(file=asked.file.name, events=counted)])
        if report.erased:
            _print(
                [ngettext("{n} event was erased.", "{n} events were erased.", report.erased).format(n=report.erased)]
            )
        _print(_("Computer {device}: {n}, check code {code}").format(**_named(head)) for head in report.heads)
        _print(
            _("It holds the check code {code}, of event {seq} at {at}.").format(**_said(one)) for one in report.noted
        )
        return 0
    _print([_("{file} is not whole; it holds {events}.").format(file=asked.file.name, events=counted)])
    _print(_told(report.findings))
    return NOT_WHOLE


def _named(head: Head) -> dict[str, str]:
    n = ngettext("{n} event", "{n} events", head.events).format(n=head.events)
    return {"device": head.device, "n": n, "code": head.code}


def _said(noted: Noted) -> dict[str, object]:
    return {"code": noted.code, "seq": noted.seq, "at": noted.at}


def rebuild_command(asked: Namespace) -> int:
    """Write the tables of a file anew from its events."""
    from kring.store.rebuild import rebuild

    events = rebuild(asked.file)
    counted = ngettext("{n} event", "{n} events", events).format(n=events)
    _print([_("The tables of {file} are written anew from {events}.").format(file=asked.file.name, events=counted)])
    return 0


def rescue_command(asked: Namespace) -> int:
    """Save what a damaged file still holds into a new one; the exit code is 1 when anything is missing."""
    from kring.store.rescue.rescue import rescue

    report = rescue(asked.file, asked.out)
    saved = _("Saved in {file}: {n} of {known} events.")
    _print([saved.format(file=asked.out, n=report.saved, known=report.known), *_told(report.findings)])
    return NOT_WHOLE if report.findings else 0


def restore_command(asked: Namespace) -> int:
    """Make a session file of its JSON export; the exit code is 1 when it is not whole."""
    from kring.exports.restore import NoExport, restore

    try:
        report = restore(asked.export, asked.out)
    except NoExport as problem:
        lines = [f"kring: {say(problem.sentence)}", *_told(problem.faults, MOST_FAULTS)]
        sys.stderr.writelines(f"{clean(line)}\n" for line in lines)
        return NOT_WHOLE
    events = ngettext("{n} event", "{n} events", report.events).format(n=report.events)
    made = _("{file} is made again from {events}.").format(file=asked.out, events=events)
    _print([made, *_told(report.findings)])
    return NOT_WHOLE if report.findings else 0


def _told(findings: Sequence[Sentence], most: int = MOST_FINDINGS) -> Iterator[str]:
    yield from map(say, findings[:most])
    more = len(findings) - most
    if more > 0:
        yield ngettext("{n} more", "{n} more", more).format(n=more)


def _print(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{clean(line)}\n" for line in lines)
