"""`kring import-codes`: what was coded in a program for analysis comes back, as codings of who did it there."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from kring.domain.decide import bringing_in, decision
from kring.domain.measures.agreement import coders, on_codes
from kring.domain.state import State
from kring.domain.text import KringError, clean, one_line
from kring.exports.coming_back.codings import ComingBack, coming_back
from kring.imports.codings.coded import ReadCode
from kring.imports.codings.qda import LARGEST_CONTENT, is_qda, read_qda
from kring.imports.codings.taguette import read_taguette
from kring.privacy.snapshot import read
from kring.session.session import Me, resume
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _, decimal, ngettext, percent
from kring.system.text_files import read_bytes

ROLE = "researcher"


def import_codes_command(asked: Namespace) -> int:
    """Bring the codes and codings of a file into a session, and say how far the coders agree."""
    name = one_line(asked.name or "")
    content = read_bytes(asked.source, LARGEST_CONTENT)
    found = read_qda(content, asked.source.name) if is_qda(content) else read_taguette(content, asked.source.name)
    brought = coming_back(read(asked.file, True), read(asked.file), found, name)
    if any(not one.coder for one in brought.codings):
        raise KringError("{file} does not say who coded; add --name KIM.", file=asked.source.name)
    if not asked.dry_run and (brought.codes or brought.codings):
        _bring_in(asked.file, brought, name)
    _say(asked.source, brought)
    after = read(asked.file, True).state
    new = dict.fromkeys([one.coder for one in brought.codings] or [name])
    _print(_told_agreement(after, [coder for coder in new if coder]))
    if brought.codings and not asked.dry_run:
        _print([_("To take it back: u in  kring review --name {name}").format(name=next(iter(new)))])
    return 0


def _bring_in(file: Path, brought: ComingBack, name: str) -> None:
    first = next((one.coder for one in brought.codings), name)
    me = Me(first, ROLE, settings.device_id())
    session = resume(file, SystemClock(), me)
    try:
        new = [_new(code) for code in brought.codes]
        if new:
            session.do(decision(bringing_in.add_codes, new))
        placed = bringing_in.place_codes(session.state, session.now(), new)
        if placed:
            session.do(lambda _state, _now: placed)
        for coder in dict.fromkeys(one.coder for one in brought.codings):
            theirs = [(one.mark.code, *one.mark.unit) for one in brought.codings if one.coder == coder]
            session.do_as(me._replace(name=coder), decision(bringing_in.put_on_all, coder, theirs))
    finally:
        session.close()


def _new(code: ReadCode) -> bringing_in.NewCode:
    return bringing_in.NewCode(code.name, code.description, code.colour, code.above[-1] if code.above else "")


def _say(file: Path, brought: ComingBack) -> None:
    n = len(brought.codings)
    who = ", ".join(dict.fromkeys(one.coder for one in brought.codings))
    codes = ngettext("{n} new code", "{n} new codes", len(brought.codes)).format(n=len(brought.codes))
    told = ngettext("{n} coding", "{n} codings", n).format(n=n)
    lines = [f"{file.name}: {codes}, {told}" + (f" ({who})" if who else "")]
    for count, one, several in (
        (brought.known, _("{n} is here already"), _("{n} are here already")),
        (brought.automatic, _("{n} is of the guide, a speaker or a tag"), _("{n} are of the guide, speakers or tags")),
        (brought.lost, _("{n} is on words that are not in this session"), _("{n} are on words not in this session")),
        (brought.unread, _("{n} is on sound or a picture"), _("{n} are on sound or pictures")),
    ):
        if count:
            lines.append("  " + (one if count == 1 else several).format(n=count))
    _print(lines)


def _told_agreement(state: State, new: list[str]) -> Iterator[str]:
    """Yield how far those who coded now agree with all others, code by code."""
    for one, other in combinations(coders(state), 2):
        if not {one, other} & set(new):
            continue
        yield _("Agreement of {one} and {other}; a decision is whether a note or turn has a code:").format(
            one=one, other=other
        )
        for each in on_codes(state, one, other):
            found = each.found
            name = one_line(state.codes[each.code].name) if each.code else _("all codes")
            kappa = decimal(found.kappa, 2) if found.kappa is not None else "–"
            share = percent(found.share) if found.share is not None else "–"
            n = found.units
            told = ngettext(
                "{code}: {n} decision, {share} agreement, Cohen's kappa {kappa}",
                "{code}: {n} decisions, {share} agreement, Cohen's kappa {kappa}",
                n,
            )
            yield "  " + told.format(code=name, n=n, share=share, kappa=kappa)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(clean(line) + "\n")
