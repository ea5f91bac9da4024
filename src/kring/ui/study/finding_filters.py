"""By what a search is narrowed: a segment, a kind, a group, a question or a code, each chosen from what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from kring.domain.study.same_question import same
from kring.domain.study.themes import ThemeRow
from kring.domain.text import N_, one_line
from kring.study.finding.asking import Wanted
from kring.study.finding.choices import questions_of, themes_meant
from kring.study.finding.passages import KIND_WORDS, SEARCHED
from kring.study.finding.upkeep import Held
from kring.system.i18n import _, ngettext

Filter = Literal["segment", "kind", "group", "question", "code"]
FILTERS: dict[Filter, str] = {
    "segment": N_("segment"), "kind": N_("kind"), "group": N_("group"), "question": N_("question"), "code": N_("code"),
}  # fmt: skip


class Narrowing(NamedTuple):
    """One thing by which a search can be narrowed: how it is called, and what is wanted by it."""

    label: str
    remark: str
    wanted: Mapping[str, Any]


def of_segments(names: Mapping[str, str], people: Mapping[str, int]) -> list[Narrowing]:
    """Return the segments, each with how many people it has."""
    return [
        Narrowing(one_line(name) or _("unknown"), _of_people(people[key]), {"segments": (key,)})
        for key, name in names.items()
    ]


def of_kinds() -> list[Narrowing]:
    """Return the kinds of what is searched."""
    return [Narrowing(_(KIND_WORDS[kind]).lower(), "", {"kinds": (kind,)}) for kind in SEARCHED]


def of_groups(called: Mapping[int, str], groups: Mapping[int, Held]) -> list[Narrowing]:
    """Return the groups, in the order in which they were held."""
    days = {number: held.group.started[:10] for number, held in groups.items()}
    return [
        Narrowing(one_line(name), "" if days[number] in name else days[number], {"sessions": (number,)})
        for number, name in called.items()
    ]


def of_questions(groups: Mapping[int, Held]) -> list[Narrowing]:
    """Return every question once, as the first group has it; it is meant in whichever group."""
    return [
        Narrowing(
            one_line(f"{puts[0].question.number} {puts[0].text}"),
            "",
            {"questions": tuple((put.session, put.item) for put in puts)},
        )
        for puts in same(questions_of(groups))
    ]


def of_codes(rows: Iterable[ThemeRow], names: Mapping[str, str]) -> list[Narrowing]:
    """Return the tags and codes, those of most people first."""
    return [
        Narrowing(one_line(names[row.theme]), _of_people(row.total.people), {"themes": themes_meant(row.theme)})
        for row in rows
    ]


def _of_people(n: int) -> str:
    return ngettext("{n} person", "{n} people", n).format(n=n)


def narrowed(words: str, chosen: Iterable[Narrowing]) -> Wanted:
    """Return what is looked for: words, and all that it is narrowed by."""
    wanted = Wanted(words=words)
    for one in chosen:
        wanted = replace(wanted, **one.wanted)
    return wanted


def told(chosen: Mapping[Filter, Narrowing]) -> Iterator[tuple[str, str]]:
    """Yield each filter with what is chosen; empty where that is all."""
    for name, label in FILTERS.items():
        yield _(label), chosen[name].label if name in chosen else ""


Choices = Mapping[Filter, Sequence[Narrowing]]
"""What there is to choose from."""
