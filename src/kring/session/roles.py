"""Changing roles: the assistant goes on to lead where the moderator drops out, and may assist again."""

from __future__ import annotations

from kring.domain.decide import decision
from kring.domain.decide.session import OTHER_ROLE, change_role
from kring.domain.events import Event
from kring.session.session import Session


def take_other_role(session: Session) -> Event:
    """Lead from now on, or assist again; what this person does from here on is done in that role.

    Raises Refused for who has neither role, and NotSaved.
    """
    event = session.do(decision(change_role, session.me.role))
    session.me = session.me._replace(role=OTHER_ROLE[session.me.role])
    return event
