"""`kring study recruit`: the recruitment of a study as lines or on a screen, and what is done with somebody on it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from kring.cli.json_text import json_text
from kring.cli.parser import speak
from kring.cli.study import progress
from kring.cli.study.overview import has_terminal
from kring.domain.study.recruiting.candidate import Candidate
from kring.domain.text import KringError, clean
from kring.plans.file import as_typed
from kring.session.open import local_day
from kring.study.reads import Reads, read_all
from kring.study.recruiting import acts
from kring.study.recruiting.attendance import attendance
from kring.study.recruiting.beginning import begin
from kring.study.recruiting.recruitment import Recruitment, recruitment
from kring.study.standing import standing
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _, say
from kring.ui.study.recruiting_words import (
    counted,
    lost_told,
    place_told,
    proposal,
    share_told,
    state_word,
    told_of,
)
from kring.ui.study.words import CANDIDATE_STATES, STEP_WORDS


def recruit_command(asked: Namespace) -> int:
    """Do what is asked with the list of a study; else show how its recruitment stands."""
    with progress.told() as reads:
        found = _look(asked, reads)
    speak(asked, found.study.language)
    done = _done(asked, found)
    if done is not None:
        _print(done)
    elif asked.json:
        sys.stdout.write(json_text(report(found, with_names=asked.names)) + "\n")
    elif asked.plain or not has_terminal():
        _print(overview(found))
    else:
        from kring.ui.toolkit import textual_start

        textual_start.prepare()
        from kring.ui.study.recruiting_screen import run

        run(lambda: _look(asked), settings.read())
    return 0


def _look(asked: Namespace, reads: Reads = read_all) -> Recruitment:
    return recruitment(standing(asked.folder, local_day(SystemClock(), simulated=False), reads))


def _done(asked: Namespace, found: Recruitment) -> list[str] | None:
    """Do the one act that is asked, and return what is said of it; None where none is."""
    wanted = [name for name in ("new", "set", "screen", "came", "roster", "invite") if getattr(asked, name)]
    _require_together(asked, wanted)
    match wanted:
        case ["new"]:
            path = begin(found.standing.folder.path, found.study, acts.spoken(found))
            return [
                _("{file} is written, for you alone. Fill it in with kring, Excel or LibreOffice.").format(file=path)
            ]
        case ["set"]:
            return [_set(asked, found)]
        case ["screen"]:
            return _screened(asked, found)
        case ["came"]:
            return _came(asked, found)
        case ["roster"] | ["invite"]:
            if not asked.group:
                raise KringError("Name the group: --group 2.")
            from kring.cli.study.recruit_group import invite_lines, roster_lines

            return invite_lines(found, asked) if asked.invite else roster_lines(found, asked)
        case _:
            return None


def _require_together(asked: Namespace, wanted: list[str]) -> None:
    """Refuse options that say nothing together; raises KringError."""
    if len(wanted) > 1:
        raise KringError("One of these at a time: {acts}.", acts=", ".join(f"--{name}" for name in wanted))
    if asked.group and wanted not in (["roster"], ["invite"]):
        raise KringError("A group is named for --roster or --invite; --set says: NAME group NUMBER.")
    if asked.others and wanted != ["roster"]:
        raise KringError("--others belongs to --roster.")
    if (asked.out or asked.force or asked.zone) and wanted != ["invite"]:
        raise KringError("--out, --zone and --force belong to --invite.")


def _set(asked: Namespace, found: Recruitment) -> str:
    who, *more = asked.set
    if not 1 <= len(more) <= 2:
        raise KringError(
            "Say who, what, and if need be why, each in quotes where it has blanks: --set NAME STATE REASON"
        )
    done = acts.set_in_words(found, who, more[0], more[1] if len(more) > 1 else "")
    after = _look(asked)
    one = after.one(done.number)
    return f"{one.number} {one.name}: {told_of(after, one)}"


def _screened(asked: Namespace, found: Recruitment) -> list[str]:
    """Write what the screener proposes for everybody, person by person."""
    lines = []
    for one in found.candidates:
        why = proposal(found, one)
        if acts.set_proposed(found, one) is not None:
            lines.append(f"{one.number} {one.name}: {why}")
    return lines or [_("The screener proposes nothing new.")]


def _came(asked: Namespace, found: Recruitment) -> list[str]:
    lines = []
    for one in attendance(found):
        acts.set_came(found, one)
        lines.append(f"{one.candidate.number} {one.candidate.name}: {_(CANDIDATE_STATES[one.state])}")
    return lines or [_("The sessions tell nothing new of who came.")]


def overview(found: Recruitment) -> list[str]:
    """Return how a recruitment stands, line by line; of contacts nothing."""
    lines = [_("Recruitment: {list}").format(list=counted(found)), *_plan(found)]
    if found.found is None:
        lines += ["", _("Begin a list with: kring study recruit {folder} --new").format(
            folder=as_typed(found.standing.folder.path))]  # fmt: skip
    if found.candidates:
        lines += ["", _("How far people got, each counted once"), *_funnel(found)]
    lines += _titled(_("Call next"), found, found.calls)
    proposed = [f"  {one.number} {one.name}: {why}" for one in found.candidates if (why := proposal(found, one))]
    lines += ["", _("By the screener (kring study recruit FOLDER --screen writes it)"), *proposed] if proposed else []
    came = attendance(found)
    if came:
        lines += ["", _("By the sessions (kring study recruit FOLDER --came writes it)")]
        lines += [f"  {one.candidate.number} {one.candidate.name}: {_(CANDIDATE_STATES[one.state])}" for one in came]
    lines += _titled(_("Still to be paid"), found, found.unpaid)
    if found.warnings:
        lines += ["", _("Warnings")]
        lines += [f"  {one.source}:{one.line} {say(one.sentence)}" if one.line else f"  {say(one.sentence)}"
                  for one in found.warnings]  # fmt: skip
    return lines


def _plan(found: Recruitment) -> Iterator[str]:
    if not found.places:
        return
    yield ""
    yield _("To invite: {share}").format(share=share_told(found.share))
    for one in found.places:
        yield f"  {_('group {number}').format(number=one.group)}, {one.segment or _('unknown')}: {place_told(one)}"


def _funnel(found: Recruitment) -> Iterator[str]:
    for step in found.steps:
        lost = lost_told(step)
        yield f"  {_(STEP_WORDS[step.step])} {step.reached}" + (f"; {_('lost')}: {lost}" if lost else "")


def _titled(title: str, found: Recruitment, people: Any) -> list[str]:
    told = [f"  {one.number} {one.name}: {told_of(found, one)}" for one in people]
    return ["", title, *told] if told else []


def report(found: Recruitment, *, with_names: bool) -> dict[str, Any]:
    """Return what `--json` prints: people by their numbers, and nothing of contacts."""
    came = {one.candidate.line: one.state for one in attendance(found)}

    def person(one: Candidate) -> dict[str, Any]:
        screening = found.screened.get(one.line)
        return {
            "number": one.number,
            **({"name": one.name} if with_names else {}),
            "segment": found.segment(one),
            "group": one.group,
            "state": one.state,
            "written": state_word(one) if one.doubt else None,
            "reason": one.reason,
            "since": one.since.isoformat() if one.since else None,
            "paid": one.is_paid,
            "screener": {"state": screening.state, "why": say(screening.why)} if screening else None,
            "session": came.get(one.line),
        }

    return {
        "list": found.found.path.name if found.found else None,
        "more_than_wanted_percent": float(found.share.percent),
        "is_default": found.share.is_usual,
        "places": [
            {"group": one.group, "segment": one.segment, "wanted": [one.wanted.least, one.wanted.most],
             "invite": one.invite, "fit": one.fit, "confirmed": one.confirmed, "to_find": one.to_find}
            for one in found.places
        ],
        "funnel": [
            {"step": step.step, "reached": step.reached,
             "lost": [{"state": state, "reason": reason, "people": count} for state, reason, count in step.lost]}
            for step in found.steps
        ],
        "call_next": [one.number for one in found.calls],
        "to_be_paid": [one.number for one in found.unpaid],
        "people": [person(one) for one in found.candidates],
        "warnings": [{"file": one.source, "line": one.line, "sentence": say(one.sentence)} for one in found.warnings],
    }  # fmt: skip


def _print(lines: list[str]) -> None:
    sys.stdout.write("\n".join(clean(line) for line in lines) + "\n")
