"""The summary: a session in a few figures and sentences, nothing in it that is not counted elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain.measures.coverage import recorded_share
from kring.domain.measures.presence import took_part
from kring.domain.measures.questions import Asked, questions
from kring.domain.measures.session_time import session_time
from kring.domain.measures.talk_time import by_kind, moderator_share
from kring.domain.measures.technique import lost_in_all_min
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Block, Figures, Paragraph, Section
from kring.report.said import quotes_of
from kring.report.words import minutes
from kring.system.i18n import _, decimal, ngettext, percent

Figure = tuple[str, str, str]


def summary(snapshot: Snapshot) -> Section:
    """Return the session in short."""
    session = snapshot.state.session
    blocks: list[Block] = []
    if session.objective:
        blocks.append(Paragraph(one_line(session.objective)))
    figures = tuple(_figures(snapshot))
    if figures:
        blocks.append(Figures(figures))
    if session.started_at is None:
        blocks.append(Paragraph(_("The session has not begun: there is nothing to report yet.")))
    elif session.ended_at is None:
        blocks.append(Paragraph(_("The session has not ended: this is how it stood at the last entry."), "small"))
    return Section("summary", _("In short"), tuple(blocks))


def _figures(snapshot: Snapshot) -> Iterator[Figure]:
    state = snapshot.state
    if state.session.started_at is None:
        return
    yield _length(snapshot)
    invited = [person for person in state.participants.values() if person.removed_at is None]
    if invited:
        there = len(took_part(state, snapshot.now))
        figure = str(there) if there == len(invited) else _("{n} of {all}").format(n=there, all=len(invited))
        yield figure, _("participants"), ""
    yield from _questions(snapshot)
    turns = by_kind(state, snapshot.now).get("participant")
    if turns is not None:
        yield str(turns.turns), _("turns of participants"), _moderator(snapshot)
    quotes = quotes_of(snapshot)
    if quotes:
        starred = sum(quote.starred for quote in quotes)
        yield str(len(quotes)), ngettext("quote", "quotes", len(quotes)), _starred(starred)
    if state.issues:
        issues = ngettext("{n} technical issue", "{n} technical issues", len(state.issues)).format(n=len(state.issues))
        yield _("{n} min").format(n=decimal(lost_in_all_min(state, snapshot.now))), _("lost to technique"), issues
    if state.recordings:
        yield _recorded(snapshot)


def _length(snapshot: Snapshot) -> Figure:
    state = snapshot.state
    time = session_time(state, snapshot.now)
    if time.over_ms is None:
        return minutes(time.elapsed_ms), _("of talk"), ""
    over = round(time.over_ms / 60_000)
    told = _("ended on time")
    if over > 0:
        told = _("ended {n} min late").format(n=over)
    if over < 0:
        told = _("ended {n} min early").format(n=-over)
    return minutes(time.elapsed_ms), _("of talk"), told if state.session.ended_at is not None else ""


def _questions(snapshot: Snapshot) -> Iterator[Figure]:
    asked = questions(snapshot.state, snapshot.now)
    if not asked:
        return
    keys = [question for question in asked if question.row.question_kind == "key"]
    remark = ""
    if keys:
        remark = _("key questions: {n} of {all}").format(n=_count(keys), all=len(keys))
    yield _("{n} of {all}").format(n=_count(asked), all=len(asked)), _("questions asked"), remark


def _count(asked: list[Asked]) -> int:
    return sum(question.row.asked_at is not None for question in asked)


def _moderator(snapshot: Snapshot) -> str:
    share = moderator_share(snapshot.state, snapshot.now)
    return _("moderator: {share} of the talk").format(share=percent(share)) if share is not None else ""


def _starred(n: int) -> str:
    return ngettext("{n} starred", "{n} starred", n).format(n=n) if n else ""


def _recorded(snapshot: Snapshot) -> Figure:
    return percent(recorded_share(snapshot.state)), _("of the turns recorded"), ""
