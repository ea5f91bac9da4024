"""`pace`: what is proposed for the time to come is shown, changed line by line, and accepted or declined."""

from __future__ import annotations

from kring.commands import pacing
from kring.domain.decide.group import pacing as verbs
from kring.domain.measures.group.pacing import Paced, Proposal
from kring.domain.time_text import as_length, behind_or_ahead, time_of_day
from kring.domain.words import why_paced
from kring.session.session import Session
from kring.system.i18n import _, say


class Pacing:
    """What one person chooses of a proposal in typed lines, until it is accepted or declined."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._chosen: pacing.Chosen = {}

    def answer(self, text: str) -> str:
        """Answer what was typed behind `pace`."""
        state, now = self._session.state, self._session.now()
        word, *rest = pacing.cut(text) or ("",)
        chosen = pacing.chosen(state, now, " ".join(rest), self._chosen)
        if word:
            verb = verbs.accept if word in pacing.ACCEPT else verbs.decline
            event = self._session.do(lambda state, now: verb(state, now, chosen))
            self._chosen = {}
            return say(self._session.told(event))
        found = verbs.proposed(state, now, chosen)
        self._chosen = chosen
        return self._table(found)

    def _table(self, found: Proposal) -> str:
        if not found.changed:
            return say(verbs.nothing_proposed(found).sentence)
        ends = [time_of_day(self._session.state, at) for at in (found.ends_at, found.becomes_at)]
        head = _("{behind}: the end becomes {end} instead of {before}, {after}").format(
            behind=say(behind_or_ahead(found.over_s * 1000)),
            end=ends[1],
            before=ends[0],
            after=say(behind_or_ahead(found.still_over_s * 1000)),
        )
        lines = "; ".join(_line(one) for one in found.lines if one.is_shown)
        return (
            f"{head}. {lines}. {_('Type: pace accept, pace decline, or a line and its minutes, such as pace 4.2 -2')}"
        )


def _line(one: Paced) -> str:
    name = one.line.item.number or f"“{one.line.item.title}”"
    now = as_length(one.now_s * 1000)
    becomes = _("skip") if one.becomes_s is None else as_length(one.becomes_s * 1000)
    told = f"{name} {now} > {becomes}" if one.is_changed else f"{name} {now}"
    why = say(why_paced(one))
    return f"{told} ({why})" if why else told
