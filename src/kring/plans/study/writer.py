"""A study as the text that its researcher writes on in; what is written here reads back the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kring.domain.plan import Pairs, Persona
from kring.domain.study.model import Audience, Definition, Range, Segment, Study
from kring.domain.text import one_line
from kring.plans.escapes import MARK, held, put_back, with_backslashes
from kring.plans.lines import read_line, without_emphasis
from kring.plans.study.rules import rule_in_words, rule_text
from kring.plans.study.words import (
    COLUMNS_IN_WORDS,
    KEYS_IN_WORDS,
    SECTIONS_IN_WORDS,
    SectionName,
    state_word,
    verdict_word,
    word_of,
)

_BAR = re.compile(r"(?<!\\)\|")
_HTML = re.compile(r"(?<!\\)<(?=br|!--)", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<!\\)[*_]")
_COLON = re.compile(r"(?<!\\):")
Row = Sequence[str]


def study_text(study: Study, language: str) -> str:
    """Return the text of a study, its headings and columns in `nl` or `en`."""
    return _Writer(study, language).text()


class _Writer:
    def __init__(self, study: Study, language: str) -> None:
        self._study = study
        self._language = language

    def text(self) -> str:
        study = self._study
        parts = [
            self._front(),
            self._section("audience", self._audience(study.audience)) if study.audience else "",
            self._section("segments", self._segments()) if study.segments else "",
            self._section("personas", self._personas()) if study.personas else "",
            self._section("groups", self._groups()) if study.groups else "",
            self._section("screener", self._listed("screener", study.screener)) if study.screener else "",
            self._section("findings", self._listed("findings", study.findings)) if study.findings else "",
            self._section("surveys", self._surveys()) if study.surveys else "",
            self._section("figures", self._listed("figures", study.figures)) if study.figures else "",
            self._section("hypotheses", self._hypotheses()) if study.hypotheses else "",
            self._section("actions", self._actions()) if study.actions else "",
        ]
        return "\n".join(part for part in parts if part)

    def _front(self) -> str:
        study = self._study
        fields = {name: getattr(study, name) or "" for name in KEYS_IN_WORDS}
        pairs = [(self._word(KEYS_IN_WORDS[name]), value) for name, value in fields.items() if value]
        return "\n".join(["---", *(f"{key}: {as_fact(value)}" for key, value in (*pairs, *study.extra)), "---", ""])

    def _word(self, words: str) -> str:
        return word_of(words, self._language)

    def _column(self, section: SectionName, name: str) -> str:
        return self._word(COLUMNS_IN_WORDS[section][name])

    def _section(self, name: SectionName, lines: Iterable[str]) -> str:
        title = self._word(SECTIONS_IN_WORDS[name])
        return "\n".join([f"# {title[0].upper()}{title[1:]}", *lines, ""])

    def _audience(self, audience: Audience) -> Iterator[str]:
        yield from (as_paragraph(part) for part in audience.text.split("\n") if part)
        fields = {name: str(getattr(audience, name) or "") for name in COLUMNS_IN_WORDS["audience"] if name != "text"}
        yield from self._keys("audience", fields, audience.extra)

    def _personas(self) -> Iterator[str]:
        for place, persona in enumerate(self._study.personas):
            yield from ["", f"## {as_value(persona.name)}"][not place :]
            yield from self._keys("personas", _fields_of(persona), persona.extra)

    def _keys(self, section: SectionName, fields: Mapping[str, str], extra: Pairs) -> Iterator[str]:
        for name, value in fields.items():
            if value:
                yield f"- {self._column(section, name)}: {as_value(value)}"
        for key, value in extra:
            yield f"- {key}: {as_value(value)}" if key else as_paragraph(value)

    def _segments(self) -> list[str]:
        rows = [row for segment in self._study.segments for row in _rows_of(segment)]
        return self._table("segments", rows, always=("name", "text", "since", "wanted"))

    def _groups(self) -> list[str]:
        rows = [
            {
                "number": group.number,
                "starts_at": group.starts_at.replace("T", " "),
                "plan": group.plan,
                **{f"={name}": _range(wanted) for name, wanted in group.wanted},
                **{f"={key}": value for key, value in group.extra},
            }
            for group in self._study.groups
        ]
        return self._table("groups", rows, always=("number", "starts_at", "plan"))

    def _listed(self, section: SectionName, entries: Iterable[Any]) -> list[str]:
        rows = [
            {name: str(getattr(one, name)) for name in COLUMNS_IN_WORDS[section]}
            | {f"={key}": value for key, value in one.extra}
            for one in entries
        ]
        return self._table(section, rows, always=("text",))

    def _surveys(self) -> list[str]:
        rows = [
            {"period": one.period, "file": one.file, "segment": one.segment}
            | {"sent": "" if one.sent is None else str(one.sent)}
            | {f"={key}": value for key, value in one.extra}
            for one in self._study.surveys
        ]
        return self._table("surveys", rows, always=("period", "file", "sent", "segment"))

    def _hypotheses(self) -> list[str]:
        rows = [
            {name: getattr(one, name) for name in ("code", "text", "confirms", "refutes", "quotes", "against")}
            | {"verdict": _with(verdict_word(one.verdict, self._language), one.because)}
            | {f"={key}": value for key, value in one.extra}
            for one in self._study.hypotheses
        ]
        return self._table("hypotheses", rows, always=("code", "text", "confirms", "refutes", "verdict"))

    def _actions(self) -> list[str]:
        rows = [
            {
                name: str(getattr(one, name) or "")
                for name in ("code", "text", "owner", "due", "finding", "measure", "measured")
            }
            | {"state": _with(state_word(one.state, self._language), one.remark)}
            | {f"={key}": value for key, value in one.extra}
            for one in self._study.actions
        ]
        return self._table("actions", rows, always=("code", "text", "owner", "due", "finding", "state"))

    def _table(self, section: SectionName, rows: Sequence[Mapping[str, str]], always: Sequence[str]) -> list[str]:
        """Return rows as a table of the columns that any of them fills; `=` begins a heading of the text's own."""
        known = [name for name in COLUMNS_IN_WORDS[section] if name in always or any(row.get(name) for row in rows)]
        own = dict.fromkeys(name for row in rows for name, value in row.items() if name[:1] == "=" and value)
        heads = [self._column(section, name) for name in known] + [as_cell(name[1:]) for name in own]
        cells = [[as_cell(row.get(name, "")) for name in (*known, *own)] for row in rows]
        return table([heads, *cells])


def table(rows: Sequence[Row]) -> list[str]:
    """Return rows as a Markdown table, the first with a line under it, its columns lined up."""
    widths = [max(3, *(len(row[place]) for row in rows)) for place in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)) + " |" for row in rows]
    return [lines[0], "|" + "|".join("-" * (wide + 2) for wide in widths) + "|", *lines[1:]]


def as_cell(text: str) -> str:
    """Return a text as a cell of a table, in which nothing is a mark."""
    told = _BAR.sub(r"\|", _HTML.sub(r"\<", with_backslashes(one_line(text))))
    is_styled = put_back(without_emphasis(held(told))) != text  # last of all: what stands beside a star decides
    return _EMPHASIS.sub(lambda found: rf"\{found[0]}", told) if is_styled else told


def as_value(text: str) -> str:
    """Return a text behind its key, or as a heading: no sign at its ends is a mark."""
    told = as_cell(text)
    if told[:1] in tuple(">*"):
        told = rf"\{told}"
    return rf"{told[:-1]}\{told[-1]}" if told[-1:] in tuple("*#:") and told[-2:-1] != "\\" else told


def as_fact(text: str) -> str:
    """Return a text behind its key at the top, where of two pairs of quotation marks one is taken off."""
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return f'"{as_value(text)}"' if is_quoted else as_value(text)


def as_paragraph(text: str) -> str:
    """Return a text as a line of its own, in which no list, table, heading or key begins."""
    told = _COLON.sub(r"\:", as_cell(text), count=1)
    while read_line(0, held(told)).shape != "text" and (mark := MARK.search(told)):
        told = rf"{told[: mark.start()]}\{told[mark.start() :]}"
    return told


def _rows_of(segment: Segment) -> Iterator[dict[str, str]]:
    whole = {
        "wanted": _range(segment.wanted),
        "groups": "" if segment.groups is None else str(segment.groups),
        "priority": segment.priority,
        "needs": segment.needs,
        **{f"={key}": value for key, value in segment.extra},
    }
    for place, one in enumerate(segment.definitions or (None,)):
        definition = {}
        if one is not None:
            definition = {"text": one.text, "rule": _rule(one), "since": str(one.since or "")}
        yield {"name": segment.name, **definition, **({} if place else whole)}


def _rule(definition: Definition) -> str:
    """Return the rule as it is written, where the definition does not say it in its own words."""
    return "" if definition.rule == rule_in_words(definition.text) else rule_text(definition.rule)


def _fields_of(persona: Persona) -> dict[str, str]:
    return {name: getattr(persona, name) for name in COLUMNS_IN_WORDS["personas"] if name != "name"}


def _range(wanted: Range | None) -> str:
    if wanted is None:
        return ""
    return str(wanted.least) if wanted.least == wanted.most else f"{wanted.least}-{wanted.most}"


def _with(word: str, more: str) -> str:
    return f"{word}: {more}" if more else word
