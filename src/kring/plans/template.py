"""A complete plan to fill in: online or on location, in Dutch or in English."""

from __future__ import annotations

from pathlib import Path

_TEMPLATES = Path(__file__).parent / "templates"


def template(form: str, language: str) -> str:
    """Return the template for `online` or `in_person` in `nl` or `en`."""
    return (_TEMPLATES / f"{form}.{language}.md").read_text("utf-8")
