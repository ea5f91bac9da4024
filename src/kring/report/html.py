"""The report as one web page: nothing in it comes from elsewhere, and nothing in it can run but our own filter."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from kring.report.drawing import svg
from kring.report.parts import Heard, Quotes, Report, Timeline, leaves
from kring.system.i18n import _

if TYPE_CHECKING:
    from jinja2 import Template

LOOKS = "report.css"
SCRIPT = "page.js"


def written(report: Report) -> bytes:
    """Return the file of a report."""
    return page(report).encode()


def page(report: Report) -> str:
    """Return the whole page."""
    style, script = _asset(LOOKS) + _foot(report.foot), _asset(SCRIPT)
    found = list(leaves(report.sections))
    return _template().render(
        report=report,
        lines=frozenset(entry.id for one in found if isinstance(one, Timeline) for entry in one.entries if entry.id),
        quoted=frozenset(quote.id for one in found if isinstance(one, Quotes) for quote in one.quotes if quote.id),
        words=_words(),
        style=style,
        script=script,
        policy=_policy(style, script, plays=bool(report.sound)),
        heard=partial(_heard, report.sound),
    )


@cache
def _template() -> Template:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FunctionLoader(_asset),
    )
    environment.globals["kind_of"] = _kind_of
    environment.filters["drawn"] = svg.marks
    return environment.get_template("report.html.jinja")


def _foot(told: str) -> str:
    """Return the look that puts a text, and the page's number of how many, at the foot of each page of paper."""
    if not told:
        return ""
    text = "".join(f"\\{ord(letter):x} " for letter in svg.xml_text(told))  # no letter of it can be taken for a sign
    look = "font: 8pt Arial, sans-serif; color: #444"
    left = f'@bottom-left {{ content: "{text}"; {look}; }}'
    return f'@page {{ {left} @bottom-right {{ content: counter(page) " / " counter(pages); {look}; }} }}'


def _heard(sound: Sequence[Heard], at: int) -> str:
    """Return the file and the second of it in which a moment is heard; empty where no file beside the page has it."""
    for one in sound:
        if one.begin_ms <= at < one.end_ms:
            return f"{one.file}#t={max(0.0, one.second + (at - one.begin_ms) / 1000):.1f}"
    return ""


def _policy(style: str, script: str, *, plays: bool) -> str:
    """Return what the page may do, by the digests of exactly these texts: look so, filter its lines, play its sound."""
    allowed = f"style-src {_digest(style)}; script-src {_digest(script)}"
    allowed += "; media-src 'self' file:" if plays else ""
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _words() -> dict[str, str]:
    """Return the words of the page itself, which stand in no report."""
    return {
        "skip": _("Skip to the content"),
        "sections": _("Sections"),
        "numbers": _("The same in numbers"),
        "starred": _("starred"),
        "filter": _("Filter the timeline"),
        "all": _("all"),
        "kind": _("Kind"),
        "speaker": _("Speaker"),
        "question": _("Question"),
        "text": _("Text"),
        "show_all": _("Show all"),
        "count": _("{n} of {all} lines"),
        "play": _("listen from here"),
        "player": _("Sound of the session"),
        "hint": _("↔ This goes on sideways"),
    }


@cache
def _asset(name: str) -> str:
    return files("kring.report").joinpath("assets", name).read_text("utf-8").strip()


def _cleaned(value: object) -> object:
    return svg.xml_text(value) if type(value) is str else value  # what is markup already has another type


def _kind_of(block: object) -> str:
    return type(block).__name__.lower()
