"""`kring study compare`: the same question in every group, beside each other."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import Any

from kring.cli.json_text import json_text
from kring.cli.study.asked import Asked, moment, print_lines, require_some
from kring.cli.study.search import numbered, speaker
from kring.domain.study.same_question import differ
from kring.domain.study.themes import Count
from kring.domain.text import one_line
from kring.study.finding.asking import Hit
from kring.study.finding.choices import Put, one_question
from kring.study.finding.comparing import Answered, side_by_side
from kring.study.wording import poll_told, went
from kring.system.i18n import _, ngettext

MOST_THEMES = 6


def compare_command(asked: Namespace) -> int:
    """Print what each group said on one question."""
    require_some(asked.most)
    with Asked(asked) as about:
        puts = one_question(about.groups, " ".join(asked.question))
        found = side_by_side(about.finding, about.groups, puts)
        if asked.json:
            sys.stdout.write(json_text(_as_json(about, puts, found)) + "\n")
        else:
            print_lines(_lines(about, puts, found, asked.most))
    return 0


def _lines(about: Asked, puts: Sequence[Put], found: Sequence[Answered], most: int) -> Iterator[str]:
    names = about.finding.names_of_themes()
    yield puts[-1].text
    if differ(puts):
        yield _("The guides put it in other words; each group has its own below.")
    for group in found:
        yield ""
        yield f"{about.heading(group.session)}: {_went(group)}"
        if differ(puts):
            yield from (f"  {put.question.number} {put.text}" for put in group.puts)
        yield from (f"  {poll_told(poll)}" for poll in group.polls)
        if group.themes:
            told = ", ".join(_theme(names[theme.theme], theme.total) for theme in group.themes[:MOST_THEMES])
            yield "  " + _("Themes, with how many people (how often): {themes}").format(themes=told)
        yield from (f"  {_('Summary')}: {one_line(hit.passage.text)}" for hit in group.summaries)
        yield from (_words(about, hit) for hit in group.words[:most])
        rest = len(group.words) - most
        if rest > 0:
            yield "  " + ngettext("and {n} more", "and {n} more", rest).format(n=rest)
    notes = [*about.definitions(), *about.said()]
    yield from ["", *notes] if notes else []


def _theme(name: str, count: Count) -> str:
    return f"{one_line(name)} {count.people}{'?' if count.unsure else ''} ({count.mentions})"


def _went(group: Answered) -> str:
    return went(is_in_guide=bool(group.puts), was_asked=group.was_asked, spent_s=group.spent_s)


def _words(about: Asked, hit: Hit) -> str:
    passage = hit.passage
    sign = "★ " if passage.starred else "  "
    text = one_line(passage.text)
    told = f"“{text}”" if passage.kind in ("quote", "chat") else text
    return f"  {sign}{moment(passage.t):>8} {numbered(passage):>5} {speaker(about, hit):<4} {told}"


def _as_json(about: Asked, puts: Sequence[Put], found: Sequence[Answered]) -> dict[str, Any]:
    return {
        "question": puts[-1].text,
        "words_differ": differ(puts),
        "groups": [_group(about, group) for group in found],
        "said": [*about.definitions(), *about.said()],
    }


def _group(about: Asked, group: Answered) -> dict[str, Any]:
    return {
        "group": about.called[group.session],
        "file": about.groups[group.session].file,
        "in_guide": bool(group.puts),
        "asked": group.was_asked,
        "spent_s": group.spent_s,
        "puts": [{"id": put.item, "number": put.question.number, "text": put.text} for put in group.puts],
        "polls": group.polls,
        "themes": [{"theme": row.theme} | row.total._asdict() for row in group.themes],
        "summaries": [hit.passage.text for hit in group.summaries],
        "words": [
            {
                "kind": hit.passage.kind,
                "t": hit.passage.t,
                "participant": hit.passage.person or None,
                "segment": hit.passage.segment or None,
                "text": hit.passage.text,
                "starred": hit.passage.starred,
                "draft": hit.passage.is_draft,
            }
            for hit in group.words
        ],
    }
