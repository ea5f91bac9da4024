"""The polls as a report tells them: how often each answer was given in each round, by whom, and who shifted."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.measures.polls import Result, result, rounds
from kring.domain.measures.presence import seated
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report.drawing.charts import Bar, bars
from kring.report.parts import Block, Column, Figure, Heading, Paragraph, Section, Table
from kring.report.words import numbered
from kring.system.i18n import _, decimal, ngettext, plain_number


def polls(snapshot: Snapshot) -> Section | None:
    """Return the result of each poll that anybody answered, round by round."""
    blocks: list[Block] = []
    for poll in snapshot.state.polls.values():
        numbers = rounds(snapshot.state, poll) or [1]  # rows of before rounds were kept have none
        found = {number: result(snapshot.state, poll, number) for number in numbers}
        told = {number: one for number, one in found.items() if not one.is_empty}
        if told:
            blocks += _poll(snapshot, poll, told)
    return Section("polls", _("Polls"), tuple(blocks)) if blocks else None


def _poll(snapshot: Snapshot, poll: r.PollRow, found: dict[int, Result]) -> list[Block]:
    blocks: list[Block] = [Heading(one_line(poll.title) or numbered(snapshot.state, poll.item))]
    for place, one in found.items():
        round_told = _("Round {n}: ").format(n=place) if len(found) > 1 else ""
        blocks.append(Paragraph(f"{round_told}{_told(one)}."))
        description = ", ".join(f"{option}: {n}" for option, n in one.counts.items() if n)
        drawn = bars([Bar(option, n, str(n) if n else "") for option, n in one.counts.items()])
        caption = _("Answers, round {n}").format(n=place) if len(found) > 1 else _("Answers")
        blocks.append(Figure(caption, description, drawn))
    people = [person.id for person in seated(snapshot.state) if any(person.id in one.answers for one in found.values())]
    if people:
        blocks.append(_by_participant(snapshot, people, found))
    return blocks


def _told(found: Result) -> str:
    """Return how many answered, with names or without, and of numbers the median and the range."""
    n = found.total
    told = _("several options each") if n is None else ngettext("{n} answer", "{n} answers", n).format(n=n)
    if not found.answers:
        told += ", " + _("counted without names")
    if found.middle is not None:
        value, least, most = (plain_number(one) for one in (found.middle, found.marks[0], found.marks[-1]))
        told += "; " + _("median {value}, from {least} to {most}").format(value=value, least=least, most=most)
    if places := found.places:
        listed = ", ".join(f"{option} {decimal(place, 1)}" for option, place in places.items())
        told += "; " + _("mean place: {places}").format(places=listed)
    return told


def _by_participant(snapshot: Snapshot, people: list[str], found: dict[int, Result]) -> Table:
    """Return everybody's answer, in a column for each round that has names."""
    named = {number: one for number, one in found.items() if one.answers}
    heads = [_("Round {n}").format(n=number) for number in named] if len(named) > 1 else [_("Answer")]
    return Table(
        _("Answers by participant"),
        (Column(_("Participant")), *map(Column, heads)),
        tuple(
            (one_line(snapshot.who(code)), *(one_line(one.answers.get(code, "–")) for one in named.values()))
            for code in people
        ),
    )
