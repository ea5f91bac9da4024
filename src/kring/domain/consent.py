"""Consent: what a participant consents to, scope by scope, and whether their words may be quoted."""

from __future__ import annotations

from kring.domain.state import State

ALL = "all"
SCOPES = ("taking_part", "audio", "video", "quoting", "observers", "clips")


def consent_to(state: State, participant: str | None, scope: str) -> bool | None:
    """Return whether a participant consents to a scope: by that scope, else by all of them, None where unknown.

    Who named scopes and not this one did not consent to it.
    """
    said = {row.scope: row.given for row in state.consents.values() if row.participant == participant}
    if scope in said:
        return said[scope]
    if ALL in said:
        return said[ALL]
    return False if said else None


def may_be_quoted(state: State, participant: str | None) -> bool:
    """Whether a participant's words may leave as a quote; of who said nothing, nothing is known against it."""
    return consent_to(state, participant, "quoting") is not False
