"""The page as it stands before anybody is let in: words of the page itself, and nothing of the session."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kring.domain.decide.group.observers import LONGEST
from kring.system.i18n import _, language

ASSETS = {"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}


def observers() -> str:
    """Return the page of observers."""
    return _written("observers.html.jinja", language())


def room() -> str:
    """Return the page of the participants' room."""
    return _written("room.html.jinja", language())


@cache
def asset(name: str) -> str:
    """Return a file that the pages ask for."""
    return files("kring.web").joinpath("assets", name).read_text("utf-8")


@cache
def _written(name: str, lang: str) -> str:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FunctionLoader(asset),
    )
    return environment.get_template(name).render(language=lang, words=_words(), longest=LONGEST)


def _words() -> dict[str, str]:
    return {
        "skip": _("Skip to the content"),
        "observing": _("Observing"),
        "needs_script": _("This page needs JavaScript: without it, nothing on it can keep up with the session."),
        "connecting": _("Connecting …"),
        "gone": _("The page can't be reached; what you see may be old. It comes back by itself."),
        "revoked": _("Your link was withdrawn. Ask who gave it to you for a new one."),
        "expired": _("The time of your link is over. Ask who gave it to you for a new one."),
        "question": _("The question now"),
        "talk": _("Who speaks"),
        "share": _("Share of voice"),
        "notes": _("Notes"),
        "polls": _("Polls"),
        "mine": _("Your questions"),
        "ask": _("Ask the group something"),
        "ask_hint": _("The assistant reads it first; the moderator decides whether it is asked."),
        "send": _("Send"),
        "sent": _("Sent."),
        "not_sent": _("Not sent: the page can't be reached. Your text is still there; try again."),
        "back_room": _("Back room"),
        "back_room_hint": _("Only observers read this; the screens of moderator and assistant never show it."),
        "line": _("To the other observers"),
        "watching": _("Who is watching"),
        "time": _("time on the session's clock"),
        "parts": _("Parts of the page"),
        "now": _("Now"),
        "ask_short": _("Ask"),
        "room": _("Clock"),
    }
