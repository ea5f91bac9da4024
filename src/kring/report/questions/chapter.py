"""A block for each question of the guide: how it went, who spoke, what was answered, said and summed up."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain import rows as r
from kring.domain.guide_items import section_of
from kring.domain.leading import PROBE_KINDS
from kring.domain.measures.group.effects import after_invitations
from kring.domain.measures.presence import took_part
from kring.domain.measures.questions import Asked, must_still_be_asked, questions
from kring.domain.text import one_line, whole_s
from kring.domain.time_text import as_length, over_or_under, time_of_day
from kring.domain.words import QUESTION_WORDS
from kring.privacy.snapshot import Snapshot
from kring.report.answers.agreement import agreement
from kring.report.answers.polls import poll_blocks
from kring.report.parts import (
    Beside,
    Block,
    Column,
    Folded,
    Heading,
    Leaf,
    Listing,
    Paragraph,
    Quotes,
    Section,
    Sentences,
    Table,
)
from kring.report.questions.material import AFTERWARDS, MODERATOR, NOWHERE, Material, material
from kring.report.questions.speech import speech
from kring.report.said.first_page import why_not
from kring.report.said.quotes import is_unconfirmed, quote, unconfirmed_told, when
from kring.report.said.summaries import noted
from kring.report.said.tags import on_question
from kring.report.talk import logged_told, uses_transcript
from kring.report.words import NOTHING, listed, of_day, question_called, shortened
from kring.system.i18n import _, ngettext, say

LONGEST_LABEL = 48


def chapter(snapshot: Snapshot) -> Section | None:
    """Return the questions one by one; None where the guide has none and nothing was said."""
    found = material(snapshot)
    asked = {one.row.id: one for one in questions(snapshot.state, snapshot.now)}
    started = snapshot.state.session.started_at is not None
    parts = [
        _question(found, asked[row.id]) if row.id in asked else _elsewhere(found, row.id, question_called(row))
        for row in sorted(snapshot.state.guide.values(), key=lambda row: row.position)
        if (row.id in asked and started) or found.has(row.id)
    ]
    of_moderator = found.quotes.get(MODERATOR, [])
    rest = {
        NOWHERE: _("On no question"),
        MODERATOR: _("Said by the moderator, by the log alone")
        if of_moderator and all(map(is_unconfirmed, of_moderator))
        else _("Said by the moderator"),
        AFTERWARDS: _("Noted after the end"),
    }
    parts += [_elsewhere(found, key, title) for key, title in rest.items() if found.has(key)]
    if not parts:
        return None
    blocks = _intro(snapshot, found, list(asked.values())) if started else []
    return Section("questions", _("Question by question"), tuple(blocks), tuple(parts))


def _intro(snapshot: Snapshot, found: Material, asked: list[Asked]) -> list[Block]:
    """Return what holds for all questions, and them all in one table."""
    told = [_("Times are those of the session's clock; it began at {time}.")]
    began = snapshot.state.session.started_at
    told = [one.format(time=of_day(snapshot, began)) for one in told if began is not None]
    if snapshot.state.alive_turns:
        told.append(
            _("Who spoke is taken from the transcript that was brought in.")
            if uses_transcript(snapshot)
            else logged_told(snapshot)
        )
    told.append(_("Quotes are word for word as the note-taker wrote them down."))
    every = [note for notes in found.quotes.values() for note in notes]
    told += [unconfirmed_told()] if any(map(is_unconfirmed, every)) else []
    blocks: list[Block] = [Paragraph(" ".join(told), "small")]
    if missed := must_still_be_asked(snapshot.state, snapshot.now):
        names = "; ".join(map(question_called, missed))
        blocks.append(Paragraph(_("Had to be asked and was not: {questions}.").format(questions=names)))
    people = took_part(snapshot.state, snapshot.now)
    if silent := _never(snapshot, asked, people):
        blocks.append(Paragraph(silent))
    if invited := _invitations(snapshot):
        blocks.append(Paragraph(invited, "small"))
    if asked:
        blocks.append(Folded(_("All questions in one table"), (_table(snapshot, asked, people),)))
    return blocks


def _question(found: Material, asked: Asked) -> Section:
    row = asked.row
    title = question_called(row)
    label = shortened(title, LONGEST_LABEL)
    if not asked.was_asked:
        told = Paragraph(why_not(found.snapshot, asked, with_name=False), "reading")
        blocks = [told, *_what_was_said(found, row.id)]
        kind = _kind(row)
        above = kind[:1].upper() + kind[1:]
        return Section(_anchor(row.id), title, tuple(blocks), above=above, label=label, is_struck=True)
    polls = [block for poll in found.polls.get(row.id, []) for block in poll_blocks(found.snapshot, poll)]
    blocks = [*speech(found, asked), *polls, *agreement(found.snapshot, found.consensuses.get(row.id, []))]
    blocks += _what_was_said(found, row.id)
    if probes := _probes(found, row.id):
        blocks.append(probes)
    return Section(_anchor(row.id), title, tuple(blocks), above=_above(found, asked), label=label)


def _elsewhere(found: Material, key: str, title: str) -> Section:
    """Return what stands under no question: under a section of the guide, or apart."""
    polls = [block for poll in found.polls.get(key, []) for block in poll_blocks(found.snapshot, poll)]
    blocks = [*polls, *agreement(found.snapshot, found.consensuses.get(key, [])), *_what_was_said(found, key)]
    return Section(_anchor(key.strip("\0")), title, tuple(blocks), label=shortened(title, LONGEST_LABEL))


def _anchor(item: str) -> str:
    return f"item-{item}"


def _above(found: Material, asked: Asked) -> str:
    """Return what stands over a question: its kind, when it was asked, its time against its plan, its probes."""
    snapshot, row = found.snapshot, asked.row
    told = [_kind(row)] if _kind(row) else []
    visits = found.visits.get(row.id, [])
    if visits:
        times = dict.fromkeys(of_day(snapshot, visit.started_at) for visit in visits)
        told.append(_("asked at {time}").format(time=listed(list(times))))
    else:
        told.append(_("counted as asked by hand"))
    if asked.spent_ms:
        told.append(_time(snapshot, asked))
    planned = found.planned_probes.get(row.id, [])
    if planned:
        used = sum(probe.used_at is not None for probe in planned)
        probes = ngettext("{n} of {all} probe used", "{n} of {all} probes used", len(planned))
        told.append(probes.format(n=used, all=len(planned)))
    text = " · ".join(told)
    return text[:1].upper() + text[1:]


def _kind(row: r.GuideRow) -> str:
    kinds = [_(QUESTION_WORDS[row.question_kind])] if row.question_kind else []
    return ", ".join([*kinds, *([_("must be asked")] if row.must_ask else [])])


def _time(snapshot: Snapshot, asked: Asked) -> str:
    """Return how long a question took, against its own time box, or that of a section in which it stands alone."""
    state, row = snapshot.state, asked.row
    spent_s = _rounded_s(asked)
    if row.planned_s is not None:
        over = say(over_or_under(spent_s - row.planned_s))
        return _("{time} against a plan of {planned} ({over})").format(
            time=as_length(spent_s * 1000), over=over, planned=as_length(row.planned_s * 1000)
        )
    section = section_of(state, row.id)
    if section is not None and section.planned_s is not None and _is_alone(snapshot, section):
        told = _("{time}; its section had {planned} by the plan")
        return told.format(time=as_length(spent_s * 1000), planned=as_length(section.planned_s * 1000))
    return as_length(spent_s * 1000)


def _rounded_s(asked: Asked) -> int:
    """Return how long a question took, rounded once for all places that tell it."""
    return whole_s(asked.spent_ms)


def _is_alone(snapshot: Snapshot, section: r.GuideRow) -> bool:
    inside = (row for row in snapshot.state.guide.values() if row.parent == section.id and row.removed_at is None)
    return sum(row.kind in ("question", "activity", "breakout") for row in inside) == 1


def _what_was_said(found: Material, key: str) -> list[Block]:
    """Return the summaries and quotes of a question, and beside them what it was about and what is still open."""
    snapshot = found.snapshot
    main: list[Leaf] = []
    if summaries := found.summaries.get(key):
        main.append(Sentences(_("Summed up in the session"), noted(snapshot, summaries)))
    if quotes := found.quotes.get(key):
        ordered = sorted(quotes, key=lambda note: not note.starred)
        main.append(Quotes(_("Quotes"), tuple(quote(snapshot, note, with_anchor=True) for note in ordered)))
    aside: list[Leaf] = []
    about = on_question(snapshot, found.said.get(key, []))
    aside += [about] if about is not None else []
    aside += [*_yields(snapshot, found, key), *_parked(snapshot, found, key)]
    return [Beside(tuple(main), tuple(aside))] if main or aside else []


def _parked(snapshot: Snapshot, found: Material, key: str) -> Iterator[Leaf]:
    """Yield the questions that were kept for later, and whether they were raised."""
    parked = found.parked.get(key)
    if parked:
        yield Heading(_("Kept for later"))
        yield Listing(
            tuple(
                f"{note.text} ({when(snapshot, note.at, note.t)}; "
                + (
                    _("asked at {time}").format(time=of_day(snapshot, note.raised_at))
                    if note.raised_at is not None
                    else _("not asked")
                )
                + ")"
                for note in parked
            )
        )


def _yields(snapshot: Snapshot, found: Material, key: str) -> Iterator[Leaf]:
    """Yield what a question had to bring, and what of it was heard, as the team ticked it."""
    for one in found.yields.get(key, []):
        yield Heading(_("What it had to bring up: {n} of {all} ticked as heard").format(n=one.heard, all=len(one.rows)))
        yield Listing(
            tuple(
                f"{one_line(row.title)}: "
                + (
                    _("heard at {time}").format(time=of_day(snapshot, row.heard_at))
                    if row.heard_at is not None
                    else _("not ticked")
                )
                for row in one.rows
            )
        )


def _probes(found: Material, key: str) -> Folded | None:
    """Return which probes were used, and what participants said in the minute after each."""
    state, probes = found.snapshot.state, found.probes.get(key, [])
    if not probes:
        return None
    rows = tuple(
        (
            time_of_day(state, one.probe.at),
            one_line(one.probe.text),
            _(PROBE_KINDS[one.probe.kind]) if one.probe.kind else NOTHING,
            _("the plan") if one.probe.planned is not None else _("the moderator"),
            str(one.turns),
            as_length(one.talk_ms),
        )
        for one in probes
    )
    columns = (
        Column(_("Time of day")),
        Column(_("Probe")),
        Column(_("Kind")),
        Column(_("From")),
        Column(_("Turns"), numeric=True),
        Column(_("Talk"), numeric=True),
    )
    told = _("Turns and talk are those of participants in the minute after the probe, whatever brought them.")
    title = _("Probes, and the minute after each")
    return Folded(title, (Table(title, columns, rows), Paragraph(told, "small")))


def _never(snapshot: Snapshot, asked: list[Asked], people: list[r.ParticipantRow]) -> str:
    keys = [question for question in asked if question.row.question_kind == "key" and question.was_asked]
    heard = {code for question in keys for code in question.turns}
    there = {code for question in keys for code in question.there}
    silent = [one_line(snapshot.who(one.id)) for one in people if one.id in there and one.id not in heard]
    told = _("Spoke on none of the key questions: {people}.")
    return told.format(people=listed(silent)) if keys and silent else ""


def _invitations(snapshot: Snapshot) -> str:
    """Return how often somebody was invited to speak, and how often they spoke within the minute."""
    found = after_invitations(snapshot.state, snapshot.now)
    if not found:
        return ""
    told = _("Invitations to speak: {n}; the person invited spoke within a minute: {spoke}.")
    return told.format(n=len(found), spoke=sum(one.within_minute for one in found))


def _table(snapshot: Snapshot, asked: list[Asked], people: list[r.ParticipantRow]) -> Table:
    columns = (
        Column(_("Question")),
        Column(_("Kind")),
        Column(_("Asked")),
        Column(_("Time"), numeric=True),
        Column(_("Spoke first")),
        Column(_("Spoke"), numeric=True),
        Column(_("Did not speak")),
    )
    return Table(_("Questions of the guide"), columns, tuple(_row(snapshot, question, people) for question in asked))


def _row(snapshot: Snapshot, question: Asked, people: list[r.ParticipantRow]) -> tuple[str, ...]:
    row = question.row
    there = [person for person in people if person.id in question.there] or people
    silent = [one_line(snapshot.who(person.id)) for person in there if person.id not in question.turns]
    if question.was_asked:
        answer = _("yes") if question.visits < 2 else _("yes, {n} visits").format(n=question.visits)
    else:
        answer = why_not(snapshot, question, with_name=False)
    return (
        question_called(row),
        _kind(row) or NOTHING,
        answer,
        as_length(_rounded_s(question) * 1000) if question.spent_ms else NOTHING,
        one_line(snapshot.who(question.first)) if question.first else NOTHING,
        _("{n} of {all}").format(n=len(there) - len(silent), all=len(there)) if question.was_asked else NOTHING,
        ", ".join(silent) if question.was_asked and silent else NOTHING,
    )
