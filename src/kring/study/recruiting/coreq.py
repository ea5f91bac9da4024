"""What a recruitment answers to COREQ (Tong, Sainsbury and Craig, 2007): proposed, and kept when a person says so."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from kring.domain.study.called import is_of_another
from kring.domain.study.recruiting.candidate import CandidateState
from kring.domain.study.segments import in_force
from kring.domain.text import one_line
from kring.plans.study.place import text_file
from kring.study.recruiting.recruitment import Recruitment, recruitment
from kring.study.recruitment_list.place import list_files
from kring.study.standing import standing
from kring.system.i18n import _, ngettext

SAMPLING, NON_PARTICIPATION = 10, 13


def recruited(study: str, folder: Path, today: date, shared: int = 1) -> dict[int, str]:
    """Return answers by item, of the recruitment of this study in a folder; nothing where there is none.

    A reason of fewer people than `shared` is counted, and not told.
    """
    if text_file(folder) is None or not list_files(folder):
        return {}
    found = recruitment(standing(folder, today))
    return {} if is_of_another(study, found.study.title) else answers(found, shared)


def answers(found: Recruitment, shared: int = 1) -> dict[int, str]:
    """Return how participants were selected, and how many refused or dropped out and why, of a list with people."""
    if not found.candidates:
        return {}
    told = {SAMPLING: _sampling(found), NON_PARTICIPATION: _non_participation(found, shared)}
    return {number: text for number, text in told.items() if text}


def _sampling(found: Recruitment) -> str:
    segments = []
    for segment in found.study.segments:
        definition = in_force(segment, found.standing.today)
        text = one_line(definition.text) if definition else ""
        segments.append(f"{one_line(segment.name)} ({text})" if text else one_line(segment.name))
    parts = [_("By segments set beforehand: {segments}.").format(segments=", ".join(segments))] if segments else []
    if screener := found.study.screener:
        n = len(screener)
        parts.append(ngettext("Screened with {n} question.", "Screened with {n} questions.", n).format(n=n))
    if excludes := "; ".join(f"{one_line(one.text)} {one_line(one.excludes)}" for one in screener if one.excludes):
        parts.append(_("Left out was who answered: {answers}.").format(answers=excludes))
    return " ".join(parts)


def _non_participation(found: Recruitment, shared: int) -> str:
    approached = found.steps[0].reached
    people = ngettext("{n} person was approached.", "{n} people were approached.", approached).format(n=approached)
    lost = [
        _("Refused: {people}.").format(people=_with_reasons(found, "refused", shared)),
        _("Cancelled after having said yes: {people}.").format(people=_with_reasons(found, "cancelled", shared)),
        _("Did not come: {people}.").format(people=_with_reasons(found, "no_show", shared)),
    ]
    excluded, reserve = (sum(one.state == state for one in found.candidates) for state in ("excluded", "reserve"))
    kept_out = _("By the screener {excluded} did not fit, and {reserve} stayed in reserve.")
    return " ".join((people, *lost, kept_out.format(excluded=excluded, reserve=reserve)))


def _with_reasons(found: Recruitment, state: CandidateState, shared: int) -> str:
    """Return how many people ended in a state, and the reasons that the list has, most frequent first."""
    people = [one for one in found.candidates if one.state == state]
    reasons = Counter(one_line(one.reason) for one in people if one.reason)
    several = [f"{reason} {count}" for reason, count in reasons.most_common() if count >= shared]
    others = sum(count for count in reasons.values() if count < shared)
    several += [_("other reasons {n}").format(n=others)] if several and others else []
    return f"{len(people)} ({', '.join(several)})" if several else str(len(people))
