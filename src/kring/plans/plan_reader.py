"""The plan's Markdown: one text that a moderator can write, read line by line and never refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

import msgspec

from kring.domain.plan import Plan, PlanWarning
from kring.domain.text import N_, one_line
from kring.plans.draft import GuideDraft
from kring.plans.escapes import as_exported, held, released
from kring.plans.front_matter import Header, read_header, settle
from kring.plans.lines import Line, read_lines
from kring.plans.lists import PlanLists, titled
from kring.plans.reading.facts import told_apart
from kring.plans.reading.guide_reader import GuideReader
from kring.plans.reading.mailed.cover_note import around_guide, below_guide
from kring.plans.reading.mailed.mail import emptied, end_of_mail, head_of_mail, tell, unquoted
from kring.plans.reading.offered import offered
from kring.plans.reading.overview import found_overviews
from kring.plans.reading.plain_headings import is_ordinary, numbered_sections, promoted
from kring.plans.reading.schedule import scheduled
from kring.plans.reading.struck import LEFT_OUT, Struck, without_struck
from kring.plans.reading.tabbed import with_tables
from kring.plans.vocabulary.reasons import FACT, STRUCK, Reason

_DUTCH = "de het een en van u uw wat hoe is met voor niet dat die op wij jullie waarom welke"
_ENGLISH = "the a and of you your what how is with for not that which on we why do to"


def read_plan(text: str, source: str = "") -> Plan:
    """Read a plan from its Markdown, or from an ordinary guide; never fails, whatever the text."""
    return read_outline(text_lines(text), source).plan


class Reading(NamedTuple):
    """A plan, why each line was taken for what it is, by its number, and the language that it seems to be in."""

    plan: Plan
    reasons: dict[int, Reason]
    language: str


def text_lines(text: str) -> list[Line]:
    """Return the lines of a plan's Markdown, as the reader takes them."""
    return list(with_tables(read_lines(held(unquoted(text)))))


def read_outline(lines: list[Line], source: str = "", *, is_foreign: bool = False) -> Reading:
    """Read the lines of a plan, or of a guide in a file that is none; never fails, whatever they say."""
    written, of_mail = lines, head_of_mail(lines)
    of_mail |= around_guide(emptied(lines, of_mail))
    lines, struck = without_struck(emptied(lines, of_mail))
    lines = told_apart(lines)
    header = read_header(lines)
    body, times = found_overviews(lines[header.lines :] if header.lines else _as_typed(lines))
    language = header.fields.get("language") or spoken_language(lines)
    draft = GuideDraft(language)
    for line in lines[: header.lines]:
        if line.number not in of_mail:
            draft.because(line, FACT)
    lists = PlanLists(draft)
    marked = not (is_foreign or is_ordinary(body))
    if not marked:
        draft.warn(
            0, N_("This guide was not written for kring; look whether its sections and questions came out well.")
        )
    if of_mail or not (marked and header.lines):
        of_mail |= (end := below_guide(body, end_of_mail(body), is_mail=bool(of_mail)))
        body = emptied(body, end)
    tell(draft, written, of_mail)
    _tell_struck(draft, written, struck)
    body = scheduled(body if marked else offered(body))
    has_title = "title" in header.fields
    shaped = numbered_sections(titled(body, 1), has_title=has_title) if marked else promoted(body, has_title=has_title)
    title = GuideReader(draft, header, lists, marked=marked).read(shaped, times)
    people = lists.participants()
    if header.date and not header.time:
        header.time = draft.begins
    guide, checks = draft.finish()
    if not guide and not checks:
        draft.warn(0, N_("This plan has no guide yet; start a section with # and a question with 1."))
    settle(header)
    source = one_line(source)
    header.fields.setdefault("title", title or PurePath(source.replace("\\", "/")).stem)
    plan = Plan(
        **header.fields,
        extra=tuple(header.extra),
        guide=guide,
        checks=checks,
        participants=people,
        sentences=tuple(draft.sentences.items()),
        warnings=_in_order(header, draft),
        source=source,
    )
    return Reading(released(plan), draft.reasons, language)


def _tell_struck(draft: GuideDraft, written: Sequence[Line], struck: Iterable[Struck]) -> None:
    lines = {line.number: line for line in written}
    for one in struck:
        draft.warn(one.number, LEFT_OUT, text=one.words)
        if one.is_whole:
            draft.because(lines[one.number], STRUCK)


def _as_typed(lines: list[Line]) -> list[Line]:
    """Return the lines of a text without front matter, the titles in it without what an export put around them."""
    return [
        msgspec.structs.replace(line, text=as_exported(line.text)) if line.shape == "heading" else line
        for line in lines
    ]


def spoken_language(lines: Iterable[Line]) -> str:
    """Return the language that a text seems to be in, nl or en."""
    words = [word for line in lines for word in line.text.lower().split()][:2000]
    dutch, english = set(_DUTCH.split()), set(_ENGLISH.split())
    return "nl" if sum(word in dutch for word in words) > sum(word in english for word in words) else "en"


def _in_order(header: Header, draft: GuideDraft) -> tuple[PlanWarning, ...]:
    return tuple(sorted([*header.warnings, *draft.warnings], key=lambda warning: warning.line))
