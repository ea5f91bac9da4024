"""What somebody who comes late has to know: what was talked about, what is asked now, what they must still be told."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain import guide_items
from kring.domain.consent import SCOPE_WORDS, consent_to, listed
from kring.domain.measures.presence import are_here, present, seated
from kring.domain.measures.questions import asked_ms
from kring.domain.measures.sections import spent_by_section, until_moment
from kring.domain.rows import GuideRow, ParticipantRow
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.time_text import time_of_day


class Briefing(NamedTuple):
    """What may go into the chat, which names nobody; and what the team should know of the one who came."""

    chat: tuple[Sentence, ...]
    team: tuple[Sentence, ...]


def late_comers(state: State, now: int) -> list[ParticipantRow]:
    """Return who waits or came after the start of the talk and was not told since what was said so far, by seat."""
    started = state.session.started_at
    if started is None or state.session.ended_at is not None:
        return []
    stays, here = present(state, now + 1), are_here(state, now)  # who came this moment is there the next
    told: dict[str, int] = {row.participant: row.at for row in state.briefings.values()}
    found = []
    for person in seated(state):
        if person.id in here:
            since = stays[person.id][-1][0] if stays[person.id] else started
        elif person.status == "waiting":
            since = max(int(person.status_at or started), started + 1)  # who still waits is late
        else:
            continue
        if since > started and told.get(person.id, started) < since:
            found.append(person)
    return found


def briefing(state: State, now: int, person: ParticipantRow | None = None) -> Briefing:
    """Return what to tell now to somebody who comes in, and of a person what is still to be done with them."""
    return Briefing(tuple(_for_chat(state, now)), tuple(_for_team(state, person) if person else ()))


def _item(state: State) -> str | None:
    return state.current_item.id if state.current_item else None


def _for_chat(state: State, now: int) -> list[Sentence]:
    session, section = state.session, guide_items.section_of(state, _item(state))
    if session.started_at is None:
        return [Sentence(N_("Welcome! We begin shortly."))]
    told = [Sentence(N_("Welcome! We began at {time}."), {"time": time_of_day(state, session.started_at)})]
    spent = spent_by_section(state, now)
    before = [
        one.title
        for one in guide_items.sections(state)
        if spent.get(one.id, 0) >= asked_ms(state)
        and one.kind == "section"
        and (section is None or one.id != section.id)
    ]
    if before:
        told.append(Sentence(N_("So far: {titles}."), {"titles": "; ".join(before)}))
    told += _now(state, now, section)
    if state.open_recording is not None or state.open_own_recording is not None:
        told.append(Sentence(N_("This conversation is recorded.")))
    return told


def _now(state: State, now: int, section: GuideRow | None) -> list[Sentence]:
    if section is None:
        return []
    if section.kind == "break":
        end = until_moment(state, section, now)
        if end is None:
            return [Sentence(N_("There is a break now."))]
        return [Sentence(N_("There is a break now, until {time}."), {"time": time_of_day(state, end)})]
    told = [Sentence(N_("Now: {title}."), {"title": section.title})]
    question = guide_items.question_of(state, _item(state))
    if question is not None:
        told.append(Sentence(N_("The question is: {title}"), {"title": question.title}))
    return told


def _for_team(state: State, person: ParticipantRow) -> list[Sentence]:
    who = person.name or person.id
    told = []
    refused = [scope for scope in SCOPE_WORDS if consent_to(state, person.id, scope) is False]
    unknown = [scope for scope in SCOPE_WORDS if consent_to(state, person.id, scope) is None]
    for scopes, template in ((refused, N_("{who}, no: {what}")), (unknown, N_("{who}, not asked yet: {what}"))):
        if scopes:
            told.append(Sentence(template, {"who": who, "what": listed(scopes)}))
    tests = [
        check.title
        for check in state.checks.values()
        if check.participant == person.id and not (check.done_at or check.waived_at or check.removed_at)
    ]
    if tests:
        told.append(Sentence(N_("{who}, to be tested: {what}"), {"who": who, "what": ", ".join(tests)}))
    return told
