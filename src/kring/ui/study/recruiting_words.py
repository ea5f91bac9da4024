"""How a recruitment is told, on its screen and in its lines."""

from __future__ import annotations

from kring.domain.study.recruiting.candidate import Candidate
from kring.domain.study.recruiting.funnel import FunnelStep
from kring.domain.study.recruiting.inviting import Extra, Places
from kring.domain.text import one_line
from kring.study.recruiting.recruitment import Recruitment
from kring.system.i18n import _, ngettext, plain_number, say
from kring.ui.study.words import CANDIDATE_STATES, how_many, short_day


def state_word(one: Candidate) -> str:
    """Return how far it is with somebody; a state that is not understood as it is written."""
    return f"{one_line(one.doubt)}?" if one.doubt else _(CANDIDATE_STATES[one.state])


def told_of(found: Recruitment, one: Candidate) -> str:
    """Return what stands beside a name: segment, state and group, since when, and why."""
    paid = _("paid") if one.is_paid else ""
    group = _("group {number}").format(number=one.group) if one.group else ""
    parts = [found.segment(one), state_word(one), paid, group, short_day(one.since) if one.since else ""]
    told = ", ".join(one_line(part) for part in parts if part)
    return f"{told}: {one_line(one.reason)}" if one.reason else told


def proposal(found: Recruitment, one: Candidate) -> str:
    """Return what the screener proposes for somebody, and why; empty where it has nothing to say."""
    screening = found.screened.get(one.line)
    if screening is None or (screening.state is None and not one.has_answered):
        return ""
    if screening.state is None:
        return say(screening.why)
    if screening.state == one.state:
        return ""
    return f"{_(CANDIDATE_STATES[screening.state])}: {say(screening.why)}"


def share_told(share: Extra) -> str:
    """Return how many more are invited than are wanted, and who says so."""
    percent = plain_number(float(round(share.percent, 1)))
    if share.is_usual:
        return _("{percent} % more than are wanted: the default, not of this study").format(percent=percent)
    return _("{percent} % more than are wanted").format(percent=percent)


def place_told(one: Places) -> str:
    """Return how the places of a segment in a group stand."""
    told = _("invite {invite} for {wanted}: {confirmed} confirmed, {fit} fit, {to_find} to be found")
    return told.format(
        invite=one.invite, wanted=how_many(one.wanted), confirmed=one.confirmed, fit=one.fit, to_find=one.to_find
    )


def lost_told(step: FunnelStep) -> str:
    """Return who was lost at a step, and why."""
    return ", ".join(
        f"{_(CANDIDATE_STATES[state])} {count}" + (f" ({one_line(reason)})" if reason else "")
        for state, reason, count in step.lost
    )


def to_do(found: Recruitment) -> list[str]:
    """Return how many people are to be called, are to be paid, and wait in reserve; nothing of what is nobody."""
    reserve = sum(one.state == "reserve" for one in found.candidates)
    calls, unpaid = len(found.calls), len(found.unpaid)
    parts = (
        (calls, ngettext("{n} to call", "{n} to call", calls)),
        (unpaid, ngettext("{n} to pay", "{n} to pay", unpaid)),
        (reserve, _("{n} in reserve")),
    )
    return [template.format(n=n) for n, template in parts if n]


def counted(found: Recruitment) -> str:
    """Return whose list it is, and how many people are on it."""
    people = len(found.candidates)
    told = ngettext("{n} person", "{n} people", people).format(n=people)
    return f"{found.found.path.name}, {told}" if found.found else _("no list yet")
