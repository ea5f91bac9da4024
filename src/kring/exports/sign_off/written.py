"""The guide of a plan as a Word file; needs the extra word."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain.plan import Plan
from kring.domain.text import KringError
from kring.plans.vocabulary.titles import asks_of_research


def on_paper(plan: Plan, *, with_checks: bool) -> Plan:
    """Return a plan with no other texts than its guide on paper has."""
    extra = tuple((key, value) for key, value in plan.extra if asks_of_research(key))
    return replace(plan, extra=extra, checks=plan.checks if with_checks else ())


def written(plan: Plan, *, with_checks: bool) -> bytes:
    """Return the Word file; raises KringError where python-docx is missing."""
    try:
        import docx  # noqa: F401 - asked for here, so that what is missing is told as what it is
    except ImportError as missing:
        raise KringError(
            "For a guide in Word, install kring with its extra word: pipx install --force '.[word]', "
            "or uv tool install --force '.[word]'."
        ) from missing
    from kring.exports.sign_off.paper import laid

    return laid(plan, with_checks=with_checks)
