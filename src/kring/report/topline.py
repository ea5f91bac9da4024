"""The topline: one page on the evening itself, of what was noted and nothing else; nothing is made up or summed up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kring import __version__
from kring.domain.guide_items import is_skipped
from kring.domain.history import History
from kring.domain.measures.looking_back import debrief
from kring.domain.measures.polls import result
from kring.domain.measures.presence import took_part
from kring.domain.measures.questions import must_still_be_asked, questions
from kring.domain.measures.topline import Gist, gists
from kring.domain.rows import DebriefField
from kring.domain.text import one_line
from kring.domain.words import DEBRIEF_WORDS
from kring.privacy.replaced import Replaced, told_codes
from kring.privacy.snapshot import Snapshot, of_session
from kring.report import html
from kring.report.answers.agreement import consensuses, counted
from kring.report.group import came_told, segments_told
from kring.report.parts import Block, Column, Listing, Paragraph, Report, Section, Table
from kring.report.said.quotes import said_by, unconfirmed_told
from kring.report.words import NOTHING, date
from kring.system.i18n import _, language, ngettext, plain_number
from kring.system.output_files import replacing

ENDING = "-topline"
MOST_QUESTIONS, MOST_TAGS, MOST_OPEN, MOST_COUNTS = 8, 3, 4, 4
LONGEST_TITLE, LONGEST_QUESTION, LONGEST_QUOTE, LONGEST_LINE, LONGEST_TAG = 80, 60, 110, 110, 20
OF_THE_DEBRIEF: tuple[DebriefField, ...] = ("impression", "surprise", "difference")


class Written(NamedTuple):
    """Where the page was written, and what was replaced in it."""

    path: Path
    replaced: Replaced

    def told(self) -> str:
        """Return what is said of it."""
        done = _("{file} is written, with codes for the names.").format(file=self.path.name)
        return " ".join([done, *told_codes(self.replaced)])


def write_beside(path: Path, history: History, now: int) -> Written:
    """Write the page of an open session beside its file; its own earlier one is replaced."""
    snapshot = of_session(path, history, now)
    out = path.with_name(f"{snapshot.stem}{ENDING}.html")
    content = html.written(topline(snapshot))
    with replacing(out) as file:
        file.write(content)
    return Written(out, snapshot.replaced)


def topline(snapshot: Snapshot) -> Report:
    """Return the page of a session, in the language in use."""
    session = snapshot.state.session
    made = (_counts(snapshot), _per_question(snapshot), _impressions(snapshot), _open(snapshot))
    parts = [date(snapshot.state, session.started_at)] if session.started_at is not None else []
    parts += [_("group {number}").format(number=one_line(session.group_number))] if session.group_number else []
    title = _cut(session.title, LONGEST_TITLE) or _("A focus group")
    told = _("Made by kring {version} of what was noted; nothing was added.").format(version=__version__)
    return Report(
        language=language(),
        title=_("Topline: {title}").format(title=title),
        subtitle=" · ".join(parts),
        sections=tuple(section for section in made if section is not None),
        colophon=told,
        is_short=True,
    )


def _counts(snapshot: Snapshot) -> Section:
    """Return the head counts: who came, the polls, how much was asked."""
    lines = [came_told(snapshot)]
    if segments := segments_told(took_part(snapshot.state, snapshot.now)):
        lines.append(_("Present by segment: {segments}.").format(segments=segments))
    lines += [f"{what}: {figure}" for figure, what in _asked(snapshot)]
    lines += [*_polls(snapshot)]
    lines += [_cut(counted(one), LONGEST_LINE + LONGEST_TAG) for one in consensuses(snapshot)][:MOST_COUNTS]
    return Section("counts", _("Head counts"), (Listing(tuple(lines)),))


def _asked(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    asked = questions(snapshot.state, snapshot.now)
    if asked:
        n = sum(one.was_asked for one in asked)
        yield _("{n} of {all}").format(n=n, all=len(asked)), _("questions asked")


def _polls(snapshot: Snapshot) -> Iterator[str]:
    for poll in snapshot.state.polls.values():
        found = result(snapshot.state, poll)
        if found.is_empty:
            continue
        title = one_line(poll.title)
        answered = found.total if found.total is not None else sum(found.counts.values())
        told = ngettext("{n} answer", "{n} answers", answered).format(n=answered)
        if found.middle is not None:
            least, middle, most = (plain_number(one) for one in (found.marks[0], found.middle, found.marks[-1]))
            told += "; " + _("median {value}, from {least} to {most}").format(value=middle, least=least, most=most)
        else:
            told += "; " + ", ".join(f"{option} {n}" for option, n in found.counts.items() if n)
        yield f"{title}: {told}"


def _per_question(snapshot: Snapshot) -> Section | None:
    found = gists(snapshot.state, snapshot.now)
    if not found:
        return None
    shown = _weightiest(found)
    columns = (
        Column(_("Question")),
        Column(_("Spoke"), numeric=True),
        Column(_("Said by most people")),
        Column(_("In their words")),
    )
    blocks: list[Block] = [Table(_("Said most on each question"), columns, tuple(_row(snapshot, one) for one in shown))]
    told = _("A tag counts the people with a note under it, however often they said it.")
    if any(one.quotes and one.quotes[0].speaker_by_itself for one in shown):
        told += " " + unconfirmed_told()
    if len(shown) < len(found):
        rest = len(found) - len(shown)
        more = ngettext("{n} more question is in the report.", "{n} more questions are in the report.", rest)
        told += " " + more.format(n=rest)
    return Section("questions", _("Question by question"), (*blocks, Paragraph(told, "small")))


def _weightiest(found: list[Gist]) -> list[Gist]:
    """Return as many questions as fit a page, in the guide's order: those with most to tell."""
    by_weight = sorted(found, key=lambda one: (one.asked.row.question_kind != "key", -len(one.tags), -len(one.quotes)))
    kept = {one.asked.row.id for one in by_weight[:MOST_QUESTIONS]}
    return [one for one in found if one.asked.row.id in kept]


def _row(snapshot: Snapshot, one: Gist) -> tuple[str, ...]:
    row, there = one.asked.row, one.asked.there
    tags = ", ".join(f"#{_cut(tag.tag, LONGEST_TAG)} {len(tag.people)}" for tag in one.tags[:MOST_TAGS])
    quote = one.quotes[0] if one.quotes else None
    told = f"“{_cut(quote.text, LONGEST_QUOTE)}” {said_by(snapshot, quote)}" if quote is not None else NOTHING
    return (
        _cut(f"{row.number} {row.title}", LONGEST_QUESTION),
        _("{n} of {all}").format(n=len(one.asked.turns), all=len(there | one.asked.turns.keys())),
        tags or NOTHING,
        told,
    )


def _impressions(snapshot: Snapshot) -> Section | None:
    """Return what the team put down right after, as far as there is room."""
    answers = debrief(snapshot.state, snapshot.now).answers
    lines = [
        f"{_(DEBRIEF_WORDS[field])}: {_cut(row.answer, LONGEST_LINE)} ({one_line(row.author) or row.role})"
        for field in OF_THE_DEBRIEF
        for row in answers[field][:2]
    ]
    return Section("debrief", _("What the team put down right after"), (Listing(tuple(lines)),)) if lines else None


def _open(snapshot: Snapshot) -> Section | None:
    """Return what was not asked, and what waits for an answer or for its words."""
    state = snapshot.state
    must = must_still_be_asked(state, snapshot.now)
    others = [
        one.row for one in questions(state, snapshot.now)
        if not one.was_asked and one.row not in must and (is_skipped(state, one.row) or not one.row.must_ask)
    ]  # fmt: skip
    parked = [note for note in state.notes.values() if note.parked and note.raised_at is None]
    stubs = sum(note.stub for note in state.notes.values() if note.removed_at is None)
    lines = [
        _("had to be asked: {questions}").format(questions=_cut(f"{row.number} {row.title}", LONGEST_LINE))
        for row in must
    ]
    lines += [
        _("not asked: {question}").format(question=_cut(f"{row.number} {row.title}", LONGEST_LINE)) for row in others
    ]
    lines += [_("kept for later: {text}").format(text=_cut(note.text, LONGEST_LINE)) for note in parked]
    rest = len(lines) - MOST_OPEN
    lines = lines[:MOST_OPEN]
    if rest > 0:
        lines.append(ngettext("{n} more", "{n} more", rest).format(n=rest))
    if stubs:
        told = ngettext("{n} quote to complete from the recording", "{n} quotes to complete from the recording", stubs)
        lines.append(told.format(n=stubs))
    return Section("open", _("Still open"), (Listing(tuple(lines)),)) if lines else None


def _cut(text: str, longest: int) -> str:
    """Return text on one line, ended at a word where it goes on for long."""
    text = one_line(text)
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"
