"""The polls as a report tells them: how often each answer was given in each round, by whom, and who shifted.

So few people have no percentages and no mean: counts, the median and the range (Krueger and Casey, "Focus Groups").
"""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain import rows as r
from kring.domain.measures.polls import NUMBER, Result, result, rounds, shifts
from kring.domain.state import State
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report import people
from kring.report.drawing.charts import Bar, bars
from kring.report.drawing.people import Marks, dots
from kring.report.drawing.person import Person
from kring.report.parts import Block, Column, Figure, Folded, Heading, Mention, Mentions, Paragraph, Table
from kring.report.words import NOTHING, listed, numbered
from kring.system.i18n import _, decimal, ngettext, plain_number

WIDEST_AXIS, LONGEST_NAME, HIGHEST_STACK = 13, 4, 12
"""What a drawing of dots has room for: so many marks on its axis, letters in a dot, and people on one mark."""


def is_answered(state: State, poll: r.PollRow) -> bool:
    """Whether anybody answered a poll, in any round."""
    return any(not result(state, poll, number).is_empty for number in rounds(state, poll) or [1])


def poll_blocks(snapshot: Snapshot, poll: r.PollRow) -> list[Block]:
    """Return the result of a poll that somebody answered, round by round."""
    numbers = rounds(snapshot.state, poll) or [1]  # rows of before rounds were kept have none
    found = {number: result(snapshot.state, poll, number) for number in numbers}
    told = {number: one for number, one in found.items() if not one.is_empty}
    blocks: list[Block] = [
        Heading(_("Poll: {title}").format(title=one_line(poll.title) or numbered(snapshot.state, poll.item)))
    ]
    for place, one in told.items():
        named = _("Round {n}").format(n=place) if len(told) > 1 else ""
        blocks += _round(snapshot, one, named)
    if moved := _shifted(snapshot, poll):
        blocks.append(Paragraph(moved))
    if any(one.answers for one in told.values()):
        blocks.append(Folded(_("Answers by participant"), (_by_participant(snapshot, told),)))
    return blocks


def _round(snapshot: Snapshot, one: Result, named: str) -> Iterator[Block]:
    strong, told = _told(one)
    yield Paragraph(told, "reading", f"{named}. {strong}".rstrip() if named else strong)
    title = named or _("Answers")
    description = f"{strong} {told}"
    drawn = _dots(snapshot, one)
    if drawn is not None:
        yield drawn
    elif one.answers:
        yield Mentions("" if named else title, "", "", tuple(_options(snapshot, one)))
    else:
        rows = [Bar(option, n, str(n) if n else "") for option, n in one.counts.items()]
        yield Figure(title, description, bars(rows), is_told=True)


def _told(found: Result) -> tuple[str, str]:
    """Return what to remember of a round, and the rest: of numbers the median and the range, then who stands alone."""
    n = found.total
    many = _("several options each") if n is None else ngettext("{n} answer", "{n} answers", n).format(n=n)
    if not found.answers:
        many += ", " + _("counted without names")
    if found.middle is not None:
        value, least, most = (plain_number(one) for one in (found.middle, found.marks[0], found.marks[-1]))
        return _("Median {value}, from {least} to {most}; {answers}.").format(
            value=value, least=least, most=most, answers=many
        ), ""
    given = {option: count for option, count in found.counts.items() if count}
    most_given = [option for option, count in given.items() if count == max(given.values())]
    strong = ""
    if len(most_given) == 1 and len(given) > 1 and found.kind != "ranking":
        strong = _("Most often: {option}, {n} times.").format(option=most_given[0], n=given[most_given[0]])
    told = f"{many[:1].upper()}{many[1:]}."
    if places := found.places:
        each = ", ".join(f"{option} {decimal(place, 1)}" for option, place in places.items())
        told += " " + _("Mean place, 1 is first: {places}.").format(places=each)
    return strong, told


def _dots(snapshot: Snapshot, found: Result) -> Figure | None:
    """Return a dot for each person on the full axis, where all answers are marks on one that has room for them."""
    axis = [
        float(option.replace(",", ".", 1)) for option in found.counts if NUMBER.fullmatch(option.replace(",", ".", 1))
    ]
    if found.middle is None or not found.answers or len(axis) < len(found.counts):
        return None
    by_mark: dict[float, list[Person]] = {}
    for group in people.groups(snapshot):
        for code in group.codes:
            if code in found.answers:
                mark = float(found.answers[code].replace(",", ".", 1))
                by_mark.setdefault(mark, []).append(people.person(snapshot, code))
    marks = [Marks(value, tuple(those)) for value, those in sorted(by_mark.items())]
    drawn = [person for one in marks for person in one.people]
    fits = all(len(person.name) <= LONGEST_NAME for person in drawn) and max(axis) - min(axis) <= WIDEST_AXIS
    if not fits or len(drawn) < len(found.answers) or max(len(one.people) for one in marks) > HIGHEST_STACK:
        return None
    given = [(plain_number(one.value), listed([each.name for each in one.people])) for one in marks]
    title = _("Answers: a dot is a person, ▲ the median")
    numbers = Table(_("Who gave which mark"), (Column(_("Mark given")), Column(_("Who"))), tuple(given))
    told = "; ".join(f"{mark}: {who}" for mark, who in given)
    return Figure(title, told, dots(marks, sorted(axis), found.middle), numbers)


def _options(snapshot: Snapshot, found: Result) -> Iterator[Mention]:
    """Yield the answers with a box for each person who gave it; of a ranking for who put it first.

    Of marks those that nobody gave are left out: a scale has many.
    """
    for option, n in found.counts.items():
        if not n and found.middle is not None:
            continue
        codes = [code for code, value in found.answers.items() if option in found.options_of(value)]
        first = _("put first") if found.kind == "ranking" else ""
        yield Mention(one_line(option), tuple(people.person(snapshot, code) for code in codes), (str(n), first))


def _shifted(snapshot: Snapshot, poll: r.PollRow) -> str:
    """Return who gave another answer when the poll was asked again."""
    moved = [one for one in shifts(snapshot.state, poll) if one.shifted]
    if not moved:
        return ""
    told = (
        f"{one_line(snapshot.who(one.participant))} {' → '.join(one_line(each or NOTHING) for each in one.answers)}"
        for one in moved
    )
    return _("Shifted: {people}.").format(people=", ".join(told))


def _by_participant(snapshot: Snapshot, found: dict[int, Result]) -> Table:
    """Return everybody's answer, in a column for each round that has names."""
    named = {number: one for number, one in found.items() if one.answers}
    codes = [code for group in people.groups(snapshot) for code in group.codes]
    codes += [code for one in named.values() for code in one.answers if code not in codes]
    heads = [_("Round {n}").format(n=number) for number in named] if len(named) > 1 else [_("Answer")]
    return Table(
        _("Answers by participant"),
        (Column(_("Participant")), *map(Column, heads)),
        tuple(
            (one_line(snapshot.who(code)), *(one_line(one.answers.get(code, NOTHING)) for one in named.values()))
            for code in dict.fromkeys(codes)
            if any(code in one.answers for one in named.values())
        ),
    )
