"""Bringing somebody up to date, in one line: what the team should know of them, and what may go into the chat."""

from __future__ import annotations

from kring.commands.table import BRIEF
from kring.domain import lookup
from kring.domain.measures.briefing import briefing
from kring.session.session import Session
from kring.system.i18n import say


def brief(session: Session, who: str) -> str:
    """Return what to tell somebody who comes in; of who is named it is logged."""
    if who:
        session.do(BRIEF.decision_of(who))
    found = briefing(session.state, session.now(), lookup.person(session.state, who) if who else None)
    return " · ".join([*map(say, found.team), " ".join(map(say, found.chat))])
