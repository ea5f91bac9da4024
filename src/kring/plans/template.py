"""What is to be filled in, in Dutch or in English: a complete plan, online or on location, and a study."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from kring.domain.study.model import Study
from kring.domain.text import folded, one_line

_TEMPLATES = Path(__file__).parent / "templates"
AHEAD = timedelta(weeks=2)
"""From the day on which a plan is begun to the session: there is a week in which to invite, and checks for it."""
STARTS = "19:30"
_OF_A_PLAN = {
    "nl": {"title": "Onderwerp - groep 1", "question": "Wat wilt u na afloop weten?",
           "study": "naam van het onderzoek", "group": "groep"},
    "en": {"title": "Topic - group 1", "question": "What do you want to know afterwards?",
           "study": "name of the study", "group": "group"},
}  # fmt: skip


def template(form: str, language: str, today: date) -> str:
    """Return the template for `online` or `in_person` in `nl` or `en`, of a session that is still to come."""
    text = (_TEMPLATES / f"{form}.{language}.md").read_text("utf-8")
    return text.replace("{start}", f"{(today + AHEAD).isoformat()} {STARTS}")


def template_of_group(form: str, language: str, today: date, study: Study, plan: str) -> str:
    """Return the template with what a study says of the group whose plan is called so: its name, question, number, day.

    A group that the study does not name gets none of its own.
    """
    group = next((one for one in study.groups if folded(one.plan) == folded(plan)), None)
    words = _OF_A_PLAN["en" if language == "en" else "nl"]
    text = template(form, language, today)
    said = {"study": one_line(study.title), "question": one_line(study.question)}
    for name, value in said.items():
        text = text.replace(words[name], value) if value else text
    if group is not None:
        called = f"{said['study']} - {words['group']} {group.number}" if said["study"] else words["title"]
        text = text.replace(words["title"], called).replace(
            f"\n{words['group']}: 1\n", f"\n{words['group']}: {group.number}\n"
        )
        start = f"{(today + AHEAD).isoformat()} {STARTS}"
        text = text.replace(start, group.starts_at.replace("T", " ")) if group.starts_at else text
    return text


def study_template(language: str, today: date) -> str:
    """Return the template of a study in `nl` or `en`, whose first group is still to come."""
    text = (_TEMPLATES / f"study.{language}.md").read_text("utf-8")
    return text.replace("{today}", today.isoformat()).replace("{start}", (today + AHEAD).isoformat())
