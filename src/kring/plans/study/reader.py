"""The text of a study becomes a study; never refused, and what is uncertain is told with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from kring.domain.plan import Persona
from kring.domain.study.model import (
    Action,
    Audience,
    Definition,
    FigureAndQuotes,
    Finding,
    Hypothesis,
    PlannedGroup,
    Range,
    ScreenerQuestion,
    Segment,
    Study,
    SurveyFile,
)
from kring.domain.study.recruiting.inviting import share_doubts
from kring.domain.text import N_, folded, one_line
from kring.plans.dates import read_date
from kring.plans.escapes import put_back
from kring.plans.front_matter import Header, known_key, read_header, read_value, settle, squeezed
from kring.plans.plan_reader import spoken_language, text_lines
from kring.plans.study.entries import Entry, Section, entries_of, sections_of, text_of
from kring.plans.study.lint import doubts
from kring.plans.study.rules import read_rule, rule_in_words
from kring.plans.study.words import KEYS, read_state, read_verdict

Kind = TypeVar("Kind", bound=msgspec.Struct)
_RANGE = re.compile(r"(\d{1,3})\s?(?:-|–|—|t/m|tot|to|à)\s?(\d{1,3})(?:\s\D.*)?|(\d{1,3})(?:\s\D.*)?")
_NOTHING = ("", "-", "–", "—")
_DIGITS = re.compile(r"\d{1,4}")
_OF_SEGMENT = "of segment "
_TABLE_FILE = re.compile(r"\.(?:csv|tsv|txt|xlsx?|xlsm|ods)$", re.IGNORECASE)
_PEOPLE = re.compile(r"(?:[1-9]\d{0,2}(?:[., ’']\d{3})+|\d{1,7})(?![\d.,])")
_DIGIT_MARKS = re.compile(r"\D")
_BELOW_ZERO = re.compile(r"[-\u2212]\d")
_YEARS = range(1900, 2101)
"""What a study may be dated: a year outside it is a slip of the keyboard."""
_NO_PEOPLE = N_("{value} is no number of people; write it as 800.")


def read_study(text: str, source: str = "") -> Study:
    """Return the study that a text tells; never fails, whatever the text."""
    return _Reader(text, source).read()


class _Reader:
    """Reads one text, and gathers what its writer should know."""

    def __init__(self, text: str, source: str) -> None:
        self._lines = text_lines(text)
        self._source = one_line(source)
        self._header = read_header(self._lines, KEYS)
        self._sections = sections_of(self._lines[self._header.lines :])

    def read(self) -> Study:
        fields: dict[str, Any] = {name: put_back(str(value)) for name, value in self._header.fields.items()}
        fields.setdefault("language", spoken_language(self._lines) if self._lines else None)
        title = fields.pop("title", "") or self._titled()
        segments = self._segments()
        study = Study(
            **fields,
            title=title,
            audience=self._audience(),
            segments=segments,
            personas=tuple(self._persona(entry) for entry in self._entries("personas")),
            groups=tuple(self._group(entry, segments) for entry in self._entries("groups", _columns_of(segments))),
            screener=tuple(_plain(ScreenerQuestion, entry) for entry in self._entries("screener") if _has_text(entry)),
            findings=self._findings("F" if fields["language"] == "en" else "B"),
            surveys=tuple(self._survey(entry) for entry in self._entries("surveys")),
            figures=tuple(_plain(FigureAndQuotes, one) for one in self._entries("figures") if one.fields.get("figure")),
            hypotheses=self._hypotheses(),
            actions=self._actions(),
            extra=tuple((put_back(key), put_back(value)) for key, value in self._header.extra),
            kept=tuple((section.line, section.title) for section in self._sections if _is_kept(section)),
            source=self._source,
        )
        self._look_at_shares(study)
        found = [*self._header.warnings, *doubts(study)]
        return msgspec.structs.replace(study, warnings=tuple(sorted(found, key=lambda warning: warning.line)))

    def _titled(self) -> str:
        """Return a first heading that is no section, as the title, and take it out of what is kept."""
        first = next((section for section in self._sections if section.line), None)
        if first is None or first.name is not None or len(self._sections) < 3:
            return ""
        has_words = any(line.shape not in ("blank", "rule") for line in first.lines)
        if not has_words:
            self._sections.remove(first)
        return first.title.partition(":")[2].strip() or first.title

    def _entries(self, name: str, others: Iterable[str] = ()) -> list[Entry]:
        columns = {squeezed(one): f"{_OF_SEGMENT}{one}" for one in others}
        found: list[Entry] = []
        for section in self._sections:
            if section.name == name:
                entries, _loose = entries_of(section, columns, self._warn)
                found += entries
        return found

    def _warn(self, line: int, template: str, **values: str | int) -> None:
        self._header.warn(line, template, **values)

    def _look_at_shares(self, study: Study) -> None:
        """Warn of how many more are invited, and of how many come, where that can't be."""
        for line in self._lines[: self._header.lines]:
            _key, name, value = known_key(line.text, KEYS) or ("", "", "")
            if name in ("over_recruiting", "show_rate") and value in share_doubts(study):
                self._warn(line.number, N_("The share {words} is not understood; write it as 20 %. Until then it is "
                           "the usual one."), words=value)  # fmt: skip

    def _audience(self) -> Audience | None:
        sections = [section for section in self._sections if section.name == "audience"]
        if not sections:
            return None
        found = [(section, *entries_of(section, {}, self._warn)) for section in sections]
        entry = found[0][1][0]
        said = [entry.fields.pop("text", ""), *(text_of(line.text) for _, _, loose in found for line in loose)]
        revised = self._date(entry, "revised")
        if _BELOW_ZERO.match(size := entry.fields.get("size", "")):
            self._warn(entry.places["size"][0], _NO_PEOPLE, value=size)
        return Audience(
            text="\n".join(part for part in said if part),
            revised=revised,
            **_kept_fields(entry, "characteristics", "size", "source"),
            extra=tuple(entry.extra),
            line=sections[0].line,
        )

    def _segments(self) -> tuple[Segment, ...]:
        found: dict[str, Segment] = {}
        last = ""
        for entry in self._entries("segments"):
            name = entry.fields.get("name", "") or last
            if not name:
                self._warn(entry.line, N_("This segment has no name."))
                continue
            last = name
            known = found.get(folded(name)) or Segment(name=name, line=entry.line)
            found[folded(name)] = self._with_row(known, entry)
        return tuple(found.values())

    def _with_row(self, segment: Segment, entry: Entry) -> Segment:
        """Return a segment with what one more row says of it; of what a row said before, the first one counts."""
        fields = entry.fields
        written = fields.get("rule", "")
        rule = read_rule(written) if written else rule_in_words(fields.get("text", ""))
        if written and not rule:
            self._warn(entry.line, N_("The rule {rule} is not understood, so people are put into {segment} by hand; "
                       "write it as column >= number."), rule=written, segment=segment.name)  # fmt: skip
        since = self._date(entry, "since")
        text = fields.get("text", "") or ("" if rule else written)
        definition = Definition(text=text, rule=rule, since=since, line=entry.line)
        groups = _RANGE.fullmatch(asked := fields.get("groups", "").strip())
        if groups is None and asked not in _NOTHING:
            line = entry.places.get("groups", (entry.line, None))[0]
            self._warn(line, N_("{value} is no number of groups; write it as 3."), value=asked)
        return msgspec.structs.replace(
            segment,
            definitions=(*segment.definitions, *([definition] if definition.text or rule or since else [])),
            wanted=segment.wanted or self._range(entry, "wanted"),
            groups=segment.groups if segment.groups is not None or groups is None else int(groups[1] or groups[3]),
            priority=segment.priority or fields.get("priority", ""),
            needs=segment.needs or fields.get("needs", ""),
            extra=(*segment.extra, *entry.extra),
        )

    def _persona(self, entry: Entry) -> Persona:
        if not entry.fields.get("name"):
            self._warn(entry.line, N_("This persona has no name."))
        return _plain(Persona, entry)

    def _group(self, entry: Entry, segments: Sequence[Segment]) -> PlannedGroup:
        wanted = []
        for segment in segments:
            asked = self._range(entry, f"{_OF_SEGMENT}{segment.name}")
            if asked is not None:
                wanted.append((segment.name, asked))
        number = entry.fields.get("number", "")
        digits = _DIGITS.search(number)
        if _BELOW_ZERO.match(number):
            self._warn(entry.line, N_("{value} is no number of a group; it is read as {number}."), value=number,
                       number=digits[0] if digits else "")  # fmt: skip
        return PlannedGroup(
            number=digits[0] if digits else number,
            starts_at=self._start(entry),
            plan=entry.fields.get("plan", ""),
            wanted=tuple(wanted),
            extra=tuple(entry.extra),
            line=entry.line,
        )

    def _findings(self, letter: str) -> tuple[Finding, ...]:
        found = []
        for number, entry in enumerate(filter(_has_text, self._entries("findings")), 1):
            entry.fields["code"] = _code(letter, entry, number)
            found.append(_plain(Finding, entry))
        return tuple(found)

    def _survey(self, entry: Entry) -> SurveyFile:
        fields = entry.fields
        if not fields.get("file") and _TABLE_FILE.search(fields.get("period", "")):
            fields["file"] = fields.pop("period")
        if not fields.get("file"):
            self._warn(entry.line, N_("This survey names no file."))
        written = fields.pop("sent", "")
        found = _PEOPLE.match(written)
        if found is None and written not in _NOTHING:
            line = entry.places["sent"][0]
            self._warn(line, _NO_PEOPLE, value=written)
            entry.extra.append(("sent", written))
        return _plain(SurveyFile, entry, sent=int(_DIGIT_MARKS.sub("", found[0])) if found else None)

    def _hypotheses(self) -> tuple[Hypothesis, ...]:
        found = []
        for number, entry in enumerate(filter(_has_text, self._entries("hypotheses")), 1):
            said = entry.fields.pop("verdict", "")
            read = read_verdict(said) if said else ("open", "")
            if read is None:
                self._warn(entry.line, N_("The verdict {words} is not known; write open, supported, mixed or refuted."),
                           words=said)  # fmt: skip
            verdict, because = read or ("open", said)
            entry.fields["code"] = _code("H", entry, number)
            found.append(_plain(Hypothesis, entry, verdict=verdict, because=because))
        return tuple(found)

    def _actions(self) -> tuple[Action, ...]:
        found = []
        for number, entry in enumerate(filter(_has_text, self._entries("actions")), 1):
            said = entry.fields.pop("state", "") or ("x" if entry.is_ticked else "")  # a word says more than a box
            read = read_state(said) if said else ("open", "")
            if read is None:
                self._warn(
                    entry.line,
                    N_("The state {words} is not known; write open, started, done, dropped or measured."),
                    words=said,
                )
            state, remark = read or ("open", said)
            entry.fields["code"] = _code("A", entry, number)
            due = self._date(entry, "due")
            found.append(_plain(Action, entry, due=due, state=state, remark=remark))
        return tuple(found)

    def _date(self, entry: Entry, column: str) -> date | None:
        """Take a date out of an entry; one that is none is told, and kept."""
        written = entry.fields.pop(column, "")
        if written in _NOTHING:
            return None
        line = entry.places.get(column, (entry.line, None))[0]
        found = read_date(written)
        if found.day is None:
            self._warn(line, N_("The date {value} is not understood; write it as 2026-12-03."), value=written)
            entry.extra.append((column, written))
        elif found.doubt:
            self._warn(line, N_("The date {value} is read as day-month-year; write it as {iso} to be sure."),
                       value=found.doubt, iso=found.day.isoformat())  # fmt: skip
        self._look_at_year(line, written, found.day)
        return found.day

    def _look_at_year(self, line: int, written: str, day: date | None) -> None:
        if day is not None and day.year not in _YEARS:
            self._warn(line, N_("Look whether the year is right: {value}."), value=written)

    def _start(self, entry: Entry) -> str:
        """Return the start of a group as a plan has it; a date alone where no time is told."""
        written = entry.fields.get("starts_at", "")
        if written in _NOTHING:
            return ""
        line = entry.places.get("starts_at", (entry.line, None))[0]
        header = Header(KEYS)
        read_value(header, line, "start", "start", written)
        settle(header)
        day = header.date.isoformat() if header.date else ""
        self._look_at_year(line, written, header.date)
        self._header.warnings += header.warnings if not (day and header.time is None) else []
        return str(header.fields.get("starts_at", day))

    def _range(self, entry: Entry, column: str) -> Range | None:
        written = entry.fields.get(column, "").strip()
        if written in _NOTHING:
            return None
        found = _RANGE.fullmatch(written)
        if found is None:
            line = entry.places.get(column, (entry.line, None))[0]
            self._warn(line, N_("{value} is no number of people; write it as 6-8."), value=written)
            return None
        least, most = (int(found[1]), int(found[2])) if found[1] else (int(found[3]), int(found[3]))
        if most < least:
            least, most = most, least
            line = entry.places.get(column, (entry.line, None))[0]
            told = N_("{value} goes down; it is read as {least}-{most}.")
            self._warn(line, told, value=written, least=least, most=most)
        return Range(least, most)


def _columns_of(segments: Iterable[Segment]) -> list[str]:
    return [segment.name for segment in segments]


def _is_kept(section: Section) -> bool:
    return section.name is None and bool(section.line)


def _has_text(entry: Entry) -> bool:
    return bool(entry.fields.get("text"))


def _code(letter: str, entry: Entry, number: int) -> str:
    code = entry.fields.get("code", "")
    return f"{letter}{code}" if code.isdigit() else code or f"{letter}{number}"


def _kept_fields(entry: Entry, *names: str) -> dict[str, str]:
    return {name: entry.fields[name] for name in names if name in entry.fields}


def _plain(kind: type[Kind], entry: Entry, **others: Any) -> Kind:
    """Return a struct of the fields of an entry."""
    return kind(**entry.fields, **others, extra=tuple(entry.extra), line=entry.line)
