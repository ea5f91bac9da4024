"""Answers of the platform's own polls that no poll of the plan counts, as they came in: how often each was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kring.domain import rows as r
from kring.domain.measures.polls import BETWEEN, NUMBER
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report.drawing.charts import Bar, bars
from kring.report.parts import Block, Figure, Heading, Paragraph, Section
from kring.system.i18n import _, ngettext

_MOST_OPTIONS, _LONGEST_OPTION = 12, 40
"""More answers than these, or longer ones, are words of people and are only counted."""


def platform_polls(snapshot: Snapshot) -> Section | None:
    """Return the answers to questions of the platform that stand under no question of the guide, file by file."""
    found: dict[str, dict[str, list[r.PlatformAnswerRow]]] = {}
    for row in snapshot.state.platform_answers.values():
        found.setdefault(row.import_id, {}).setdefault(one_line(row.question), []).append(row)
    blocks = [block for source, questions in found.items() for block in _file(snapshot, source, questions)]
    return Section("platform-polls", _("Polls of the platform"), tuple(blocks)) if blocks else None


def _file(snapshot: Snapshot, source: str, questions: dict[str, list[r.PlatformAnswerRow]]) -> Iterator[Block]:
    brought_in = snapshot.state.imports.get(source)
    name = one_line(brought_in.file) if brought_in is not None else ""
    n = len(questions)
    told = ngettext(
        "{file}: {n} question with answers that count in no poll of the plan.",
        "{file}: {n} questions with answers that count in no poll of the plan.",
        n,
    )
    yield Paragraph(told.format(file=name or _("a file of the platform"), n=n))
    for question, rows in questions.items():
        yield Heading(question)
        yield from _question(snapshot, rows)


def _question(snapshot: Snapshot, rows: list[r.PlatformAnswerRow]) -> Iterator[Block]:
    answers = ngettext("{n} answer", "{n} answers", len(rows)).format(n=len(rows))
    strangers = sum(row.participant is None for row in rows)
    told = [f"{answers}."]
    if strangers:
        told.append(_("From people who are not on the list: {n}.").format(n=strangers))
    if poll := next((poll for row in rows if (poll := snapshot.state.polls.get(row.poll or ""))), None):
        told.append(_("The poll of the plan that asks the same is “{title}”.").format(title=one_line(poll.title)))
        same, of = _beside_log(snapshot, poll, rows)
        if of:
            told.append(_("As logged: {n} of {of}.").format(n=same, of=of))
    counts = _counted(rows)
    if counts is None:
        told.append(_("They are in people's own words and only counted here."))
    yield Paragraph(" ".join(told))
    if counts:
        drawn = [Bar(option, n, str(n)) for option, n in counts.items()]
        yield Figure(_("Answers"), ", ".join(f"{option}: {n}" for option, n in counts.items()), bars(drawn))


def _beside_log(snapshot: Snapshot, poll: r.PollRow, rows: Iterable[r.PlatformAnswerRow]) -> tuple[int, int]:
    """Return how many answers are as logged of the same people, in whatever round, and of how many any is logged."""
    logged: dict[str, set[str]] = {}
    for one in snapshot.state.answers.values():
        if one.poll == poll.id:
            logged.setdefault(one.participant, set()).add(one.value)
    both = [row for row in rows if row.participant in logged]
    return sum(row.value in logged[row.participant or ""] for row in both), len(both)


def _counted(rows: Iterable[r.PlatformAnswerRow]) -> dict[str, int] | None:
    """Return how often each option was given, numbers by their value; None where they are words of people."""
    counts = Counter(one_line(option) for row in rows for option in row.value.split(BETWEEN) if option.strip())
    if len(counts) > _MOST_OPTIONS or any(len(option) > _LONGEST_OPTION for option in counts):
        return None
    plain = {option: option.replace(",", ".", 1) for option in counts}
    if all(map(NUMBER.fullmatch, plain.values())):
        return {option: counts[option] for option in sorted(counts, key=lambda option: float(plain[option]))}
    return dict(counts.most_common())
