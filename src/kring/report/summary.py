"""The summary: a session in a few figures and sentences, nothing in it that is not counted elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain.measures.coverage import recorded_turns
from kring.domain.measures.logged import logged
from kring.domain.measures.presence import counts
from kring.domain.measures.questions import Asked, questions
from kring.domain.measures.session_time import session_time
from kring.domain.measures.talk_time import by_kind, moderator_share
from kring.domain.measures.technique import lost_to_all_min, participant_minutes, when_of
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report.group import others_told
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
    passed = [snapshot.state.checks[gate] for gate in session.passed_gates if gate in snapshot.state.checks]
    if passed:
        titles = "; ".join(one_line(check.title) for check in passed)
        blocks.append(
            Paragraph(_("Started while still open on the checklist: {checks}.").format(checks=titles), "small")
        )
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
    yield from _people(snapshot)
    yield from _questions(snapshot)
    turns = by_kind(state, snapshot.now).get("participant")
    if turns is not None:
        yield (
            str(turns.turns),
            ngettext("turn of participants", "turns of participants", turns.turns),
            _moderator(snapshot),
        )
    quotes = quotes_of(snapshot)
    if quotes:
        starred = sum(quote.starred for quote in quotes)
        yield str(len(quotes)), ngettext("quote", "quotes", len(quotes)), _starred(starred)
    during = sum(when_of(state, issue, snapshot.now) == "during" for issue in state.issues.values())
    if during:
        issues = ngettext("{n} technical issue", "{n} technical issues", during).format(n=during)
        single = _("participant-minutes: {n}").format(n=decimal(participant_minutes(state, snapshot.now)))
        lost = _("{n} min").format(n=decimal(lost_to_all_min(state, snapshot.now)))
        yield lost, _("lost to technical problems by everybody"), f"{issues}; {single}"
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


def _people(snapshot: Snapshot) -> Iterator[Figure]:
    found = counts(snapshot.state, snapshot.now)
    others = ", ".join(others_told(found))
    if found.invited:
        figure = _("{n} of {all}").format(n=found.came, all=found.invited)
        yield figure, ngettext("invited came", "invited came", found.came), others
    elif found.walked_in:
        yield str(found.walked_in), ngettext("participant", "participants", found.walked_in), others


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
    return sum(question.was_asked for question in asked)


def _moderator(snapshot: Snapshot) -> str:
    """Return the moderator's part, and how much of the talk that is a part of: what nobody logged is in no figure."""
    share = moderator_share(snapshot.state, snapshot.now)
    if share is None:
        return ""
    known = logged(snapshot.state, snapshot.now).share
    told = _("moderator: {share} of what was logged, which is {known} of the talk")
    return told.format(share=percent(share), known=percent(known))


def _starred(n: int) -> str:
    return ngettext("{n} starred", "{n} starred", n).format(n=n) if n else ""


def _recorded(snapshot: Snapshot) -> Figure:
    held, all_turns = recorded_turns(snapshot.state)
    return _("{n} of {all}").format(n=held, all=all_turns), _("turns of participants recorded"), ""
