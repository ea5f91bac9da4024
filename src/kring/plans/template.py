"""A complete plan to fill in: online or on location, in Dutch or in English."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

_TEMPLATES = Path(__file__).parent / "templates"
AHEAD = timedelta(weeks=2)
"""From the day on which a plan is begun to the session: there is a week in which to invite, and checks for it."""
STARTS = "19:30"


def template(form: str, language: str, today: date) -> str:
    """Return the template for `online` or `in_person` in `nl` or `en`, of a session that is still to come."""
    text = (_TEMPLATES / f"{form}.{language}.md").read_text("utf-8")
    return text.replace("{start}", f"{(today + AHEAD).isoformat()} {STARTS}")
