"""What is to be filled in, in Dutch or in English: a complete plan, online or on location, and a study."""

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


def study_template(language: str, today: date) -> str:
    """Return the template of a study in `nl` or `en`, whose first group is still to come."""
    text = (_TEMPLATES / f"study.{language}.md").read_text("utf-8")
    return text.replace("{today}", today.isoformat()).replace("{start}", (today + AHEAD).isoformat())
