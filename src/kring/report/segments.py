"""The segments beside each other: who of each spoke how long, gave which mark, said what, and in whose words.

Two or three people are no percentage: all of them are drawn, also who did not mention a thing. The program writes no
finding; it names only where of one segment everybody said it and of another nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from kring.domain import rows as r
from kring.domain.measures.polls import result
from kring.domain.measures.questions import questions
from kring.domain.measures.talk_time import voices
from kring.domain.measures.topline import Tagged, by_tag, said
from kring.domain.text import one_line
from kring.domain.time_text import as_length
from kring.privacy.snapshot import Snapshot
from kring.report import people
from kring.report.drawing.charts import Bar, bars
from kring.report.drawing.person import Person
from kring.report.parts import Block, Cell, Figure, Grid, GridRow, Paragraph, Section
from kring.report.people import Group
from kring.report.said.quotes import quotes_of, said_by, when
from kring.report.words import listed, shortened
from kring.system.i18n import _, ngettext, plain_number

MOST_TAGS, MOST_DIFFERENCES = 8, 4
LONGEST_QUOTE = 110


def segments(snapshot: Snapshot) -> Section | None:
    """Return the segments beside each other; None where there are not two."""
    found = people.compared(snapshot)
    if not found:
        return None
    tags = [tagged for tagged in by_tag(said(snapshot.state)) if len(tagged.people) > 1][:MOST_TAGS]
    told = _(
        "These are people, not percentages. A box that is not filled is somebody who did not mention it, not somebody "
        "who is against it."
    )
    blocks: list[Block] = [
        Paragraph(told, "reading", _differences(found, tags)),
        *_defined(snapshot),
        _grid(snapshot, found, tags),
    ]
    spoken = _spoken(snapshot, found)
    return Section("segments", _("By segment"), (*blocks, *([spoken] if spoken is not None else [])))


def _defined(snapshot: Snapshot) -> list[Block]:
    """Return who belongs to each segment, by the definition that held on the day of the session."""
    told = [
        f"{one_line(row.segment)}: {one_line(row.definition)}"
        for row in snapshot.state.segment_definitions.values()
        if row.holds and row.definition
    ]
    if not told:
        return []
    return [Paragraph(_("On the day of the session: {definitions}.").format(definitions="; ".join(told)), "small")]


def _differences(found: list[Group], tags: list[Tagged]) -> str:
    """Return the tags of which all of one segment spoke and nobody of another, where each has two people or more."""
    named = [group for group in found if group.name and len(group.codes) > 1]
    told = []
    for tagged in tags:
        pair = next(
            (
                (one, other)
                for one, other in permutations(named, 2)
                if tagged.people.issuperset(one.codes) and tagged.people.isdisjoint(other.codes)
            ),
            None,
        )
        if pair is not None:
            sides = (_counted(group, tagged) for group in pair)
            told.append(f"{one_line(tagged.tag)} ({', '.join(sides)})")
    if not told:
        return ""
    differences = ngettext(
        "Largest difference: {tags}.", "Largest differences: {tags}.", min(len(told), MOST_DIFFERENCES)
    )
    return differences.format(tags=listed(told[:MOST_DIFFERENCES]))


def _counted(group: Group, tagged: Tagged) -> str:
    return f"{group.told} {_of(group, tagged)}"


def _of(group: Group, tagged: Tagged) -> str:
    n = sum(code in tagged.people for code in group.codes)
    return _("{n} of {all}").format(n=n, all=len(group.codes))


def _grid(snapshot: Snapshot, found: list[Group], tags: list[Tagged]) -> Grid:
    heads = tuple(
        (
            Person(group.told, group.look),
            ngettext("{n} person", "{n} people", len(group.codes)).format(n=len(group.codes)),
        )
        for group in found
    )
    rows = [*_marks(snapshot, found)]
    rows += [
        GridRow(
            one_line(tagged.tag),
            tuple(
                Cell(
                    tuple(people.person(snapshot, code, code in tagged.people) for code in group.codes),
                    _of(group, tagged),
                )
                for group in found
            ),
        )
        for tagged in tags
    ]
    rows += [*_not_heard(snapshot, found), *_in_their_words(snapshot, found)]
    return Grid(_("The segments beside each other"), heads, tuple(rows))


def _marks(snapshot: Snapshot, found: list[Group]) -> Iterator[GridRow]:
    """Yield the last marks of each poll that was answered in marks, by name."""
    for poll in snapshot.state.polls.values():
        given = result(snapshot.state, poll)
        if given.answers and given.middle is not None:
            cells = tuple(_mark(snapshot, group, given.answers) for group in found)
            yield GridRow(one_line(poll.title), cells)


def _mark(snapshot: Snapshot, group: Group, answers: dict[str, str]) -> Cell:
    those = sorted((float(answers[code].replace(",", ".", 1)), code) for code in group.codes if code in answers)
    boxes = tuple(people.person(snapshot, code) for _mark, code in those)
    return Cell(boxes, listed([plain_number(mark) for mark, _code in those]) or _("no answer"))


def _not_heard(snapshot: Snapshot, found: list[Group]) -> Iterator[GridRow]:
    """Yield on which questions who was there and did not speak."""
    asked = [one for one in questions(snapshot.state, snapshot.now) if one.was_asked and one.turns]

    def told(group: Group) -> str:
        lines = []
        for code in group.codes:
            silent = [
                one_line(one.row.number or one.row.title)
                for one in asked
                if code in one.there and code not in one.turns
            ]
            if silent:
                lines.append(
                    _("{who} at {questions}").format(who=one_line(snapshot.who(code)), questions=listed(silent))
                )
        return "\n".join(lines) or _("nobody")

    if asked:
        yield GridRow(_("Was there, not heard"), tuple(Cell((), told(group)) for group in found))


def _in_their_words(snapshot: Snapshot, found: list[Group]) -> Iterator[GridRow]:
    """Yield a quote of each segment: a starred one, else the first."""
    notes = sorted(quotes_of(snapshot), key=lambda note: not note.starred)

    def cell(group: Group) -> Cell:
        note = next((note for note in notes if note.participant in group.codes), None)
        return _words(snapshot, note) if note is not None else Cell((), _("no quote that may stand here"))

    if notes:
        yield GridRow(_("In their own words"), tuple(map(cell, found)))


def _words(snapshot: Snapshot, note: r.NoteRow) -> Cell:
    by = f"{said_by(snapshot, note)}, {when(snapshot, note.at, note.t)}"
    return Cell((), by, shortened(note.text, LONGEST_QUOTE))


def _spoken(snapshot: Snapshot, found: list[Group]) -> Figure | None:
    """Return how long each participant spoke, segment by segment, all on one scale; None where no turn was logged."""
    spoke = {voice.person.id: voice.spoken_ms for voice in voices(snapshot.state, snapshot.now)}
    rows = [
        Bar(f"{one_line(snapshot.who(code))} · {group.told}", spoke[code], as_length(spoke[code]), look=group.look)
        for group in found
        for code in sorted(group.codes, key=lambda code: -spoke.get(code, 0))
        if code in spoke
    ]
    if not any(row.value for row in rows):
        return None
    told = "; ".join(f"{row.label} {row.told}" for row in rows)
    return Figure(_("Talk time of each participant, by segment"), told, bars(rows))
