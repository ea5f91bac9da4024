"""A plan as the Markdown that says it: what was read from a guide of another shape, to be mended and used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kring.domain.leading import PROBE_KINDS
from kring.domain.plan import GuideItem, Plan, PlannedCheck
from kring.domain.rows import GuideKind
from kring.domain.text import Sentence, one_line
from kring.plans.escapes import held, put_back, with_backslashes
from kring.plans.marks import NAMES_ITSELF, asks, command_word, read_marks, unquoted
from kring.plans.time_box import split_box, told_length
from kring.plans.vocabulary.breaks import names_break
from kring.plans.vocabulary.said import invites, is_cue
from kring.plans.vocabulary.titles import is_other_chapter
from kring.plans.writing.fragments import as_command, as_heading, as_instruction, as_listed, as_part, as_question
from kring.plans.writing.own_ids import own_ids

_UNDER_QUESTION = "   "
_CHOSEN_ID = re.compile(r"\w[\w.:-]{0,59}")
_CODE = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z]\d{1,2}|[QVqv]\d{1,3}(?:\.\d{1,3})?[a-z]?")
WORDS: dict[str, tuple[str, str]] = {  # in English, in Dutch
    "title": ("title", "titel"), "objective": ("objective", "doel"), "study": ("study", "onderzoek"),
    "group": ("group", "groep"), "audience": ("target audience", "doelgroep"), "segment": ("segment", "klantgroep"),
    "persona": ("persona", "persona"), "form": ("form", "vorm"), "starts_at": ("start", "start"),
    "planned_min": ("duration", "duur"), "project_number": ("project number", "projectnummer"),
    "client": ("client", "opdrachtgever"), "agency": ("agency", "bureau"), "recruiter": ("recruiter", "werving"),
    "incentive": ("incentive", "vergoeding"),
    "stimulus_versions": ("stimulus versions", "versies stimulusmateriaal"),
    "destroyed_on": ("destroyed on", "vernietigen op"), "platform": ("platform", "platform"), "link": ("link", "link"),
    "assistant_phone": ("assistant phone", "telefoon assistent"), "moderator": ("moderator", "gespreksleider"),
    "assistant": ("assistant", "assistent"), "roster_file": ("participants", "deelnemers"),
}  # fmt: skip
FORMS = {"online": ("online", "online"), "in_person": ("in person", "op locatie"), "hybrid": ("hybrid", "hybride")}
_KINDS = {
    "opening": ("opening", "opening"), "introductory": ("introductory", "inleidend"),
    "transition": ("transition", "overgang"), "key": ("key", "sleutel"), "ending": ("ending", "slot"),
}  # fmt: skip
_COMMANDS: dict[GuideKind, tuple[str, str]] = {
    "stimulus": ("stimulus", "stimulus"), "poll": ("poll", "peiling"), "breakout": ("subgroups", "subgroepen"),
    "activity": ("activity", "opdracht"), "note": ("note", "notitie"), "break": ("break", "pauze"),
    "yield": ("yield", "opbrengst"), "probe": ("probe", "doorvraag"), "instruction": ("instruction", "instructie"),
}  # fmt: skip
_PHASES = {
    "week_before": ("A week before", "Een week van tevoren"),
    "half_hour_before": ("Half an hour before", "Een half uur van tevoren"), "start": ("At the start", "Bij de start"),
    "during": ("During", "Tijdens"), "break": ("Break", "Pauze"), "after": ("Afterwards", "Na afloop"),
}  # fmt: skip


def plan_text(plan: Plan, language: str, form: str = "") -> str:
    """Return the Markdown of a plan, in its words for `language`, en or nl; `form` where it was asked for."""
    return "\n".join(_Writer(language == "nl").written(plan, form)).rstrip() + "\n"


class _Writer:
    """Writes a plan line by line."""

    def __init__(self, dutch: bool) -> None:
        self._dutch = dutch
        self._lines: list[str] = []
        self._asked = 0
        self._open: GuideItem | None = None  # the question that what follows may stand under
        self._section: GuideItem | None = None
        self._own_ids: frozenset[str] = frozenset()
        self._expected: dict[str, str] = {}

    def written(self, plan: Plan, form: str) -> list[str]:
        """Return all lines: the front matter, what belongs to no section, the guide, the group and the checklist."""
        self._lines += self._front(plan, form)
        self._own_ids = own_ids(plan)
        self._expected = {question.id: kind for question, kind in _ends(plan.questions)}
        word = "@zin" if self._dutch else "@sentence"
        self._lines += [f"{word} {moment}: {as_command(text)}" for moment, text in plan.sentences]
        checks: dict[str | None, list[PlannedCheck]] = {}
        for check in plan.checks:
            checks.setdefault(check.item, []).append(check)
        items = sorted(plan.guide, key=lambda item: item.parent is not None or item.kind in ("section", "break"))
        for item in items:
            self._item(item)
            self._lines += [f"{self._indent(item)}- [ ] {self._check(check)}" for check in checks.pop(item.id, [])]
        self._roster(plan)
        self._checklist([check for left in checks.values() for check in left])
        return self._lines

    def _word(self, words: tuple[str, str]) -> str:
        return words[self._dutch]

    def _front(self, plan: Plan, form: str) -> Iterator[str]:
        yield "---"
        for field, words in WORDS.items():
            said = getattr(plan, field)
            match field:
                case "form":
                    said = self._word(FORMS[form or said]) if form or said else ""
                case "starts_at":
                    said = (said or "").replace("T", " ")
                case "planned_min":
                    said = f"{said} min" if said else ""
            if said:
                yield f"{self._word(words)}: {_value(one_line(said))}"
            if field == "title":
                yield "taal: nl" if self._dutch else "language: en"
        for key, value in plan.extra:
            yield f"{with_backslashes(key)}: {_value(value)}" if key else with_backslashes(value)
        yield "---"

    def _item(self, item: GuideItem) -> None:
        if item.parent is None and item.kind in ("section", "break"):
            if item.kind == "break" and self._section is None and not names_break(item.text):
                self._lines.append(self._command(item, one_line(item.text)))
                return
            self._lines += ["", f"# {_heading(item)}{self._id(item)}"]
            self._section, self._open = item, None
            return
        if item.kind == "question":
            self._question(item)
            return
        indent = self._indent(item)
        if item.kind == "instruction" and self._lines[-1].lstrip().startswith(">"):
            self._lines.append("")  # two without a blank between them would be read as one that was wrapped
        texts = [line for line in item.text.split("\n") if line.strip()]
        self._lines += [f"{indent}{self._said(item, one_line(text))}" for text in texts]

    def _question(self, item: GuideItem) -> None:
        self._asked += 1
        kind = item.question_kind if item.question_kind != self._expected.get(item.id) else None
        marks = (f" {{{self._word(_KINDS[kind])}}}" if kind else "") + self._id(item)
        must = " !" if item.must_ask else ""
        label = item.label if item.label and _CODE.fullmatch(item.label) else str(self._asked)
        self._lines.append(f"{label}. {as_question(item.text)}{_time(item)}{must}{marks}")
        self._open = item

    def _said(self, item: GuideItem, text: str) -> str:
        match item.kind:
            case "probe" if self._indent(item):
                kind = f" {{{Sentence(PROBE_KINDS[item.probe_kind])}}}" if item.probe_kind else ""
                return f"- {as_listed(text)}{kind}"
            case "instruction" | "note" if item.url:
                return self._command(item, text)
            case "instruction" if self._indent(item) or unquoted(text) == text or not asks(text):
                return f"> {as_instruction(text)}"
            case "note" if self._is_listed(item, text):
                return f"- {as_listed(text)}"
            case _:
                return self._command(item, text)

    def _is_listed(self, item: GuideItem, text: str) -> bool:
        """Whether a note comes back as one from a list: in a section that has no question yet, and asks nothing."""
        if self._section is None or self._open is not None or item.parent != self._section.id:
            return False
        is_part = split_box(text, heading=True)[1] is not None
        return not (
            is_part
            or invites(text)
            or is_cue(text)
            or asks(text)
            or asks(self._section.text)
            or is_other_chapter(self._section.text)
        )

    def _command(self, item: GuideItem, text: str) -> str:
        word = f"@{self._word(_COMMANDS[item.kind])}"
        match item.kind:
            case "breakout" | "activity" if command_word(f"@{text}").casefold() in NAMES_ITSELF:
                word = f"@{text[0].lower()}{as_command(text)[1:]}"
            case "stimulus":
                label = f" {item.label}:" if item.label else ":" if item.file else ""
                said = f' "{as_part(text)}" {as_part(item.file)}' if item.file else f" {as_command(text)}"
                word = f"{word}{label}{said}"
            case "poll":
                kind = f" {{{item.poll_kind}}}" if item.poll_kind else ""
                word = f"{word}{kind} {as_part(text)}: {_choices(item.options)}"
            case _:
                word = f"{word} {as_command(text)}"
        url = f" {item.url}" if item.url and item.url not in text else ""
        return f"{word}{url}{_time(item)}{self._id(item)}"

    def _id(self, item: GuideItem) -> str:
        return f" {{#{item.id}}}" if item.id in self._own_ids and _CHOSEN_ID.fullmatch(item.id) else ""

    def _indent(self, item: GuideItem) -> str:
        return _UNDER_QUESTION if self._open is not None and item.parent == self._open.id else ""

    def _check(self, check: PlannedCheck) -> str:
        each = ("per deelnemer: " if self._dutch else "per participant: ") if check.per_participant else ""
        recording = (" {opname}" if self._dutch else " {recording}") if check.recording else ""
        consent = (" {toestemming}" if self._dutch else " {consent}") if check.consent else ""
        return f"{each}{as_listed(check.text)}{recording}{consent}{' !' if check.gate else ''}"

    def _roster(self, plan: Plan) -> None:
        if not plan.participants:
            return
        columns = list(dict.fromkeys(name for person in plan.participants for name, _ in person.attributes))
        heads = ["code", "naam", "klantgroep", "toestemming"] if self._dutch else ["code", "name", "segment", "consent"]
        rows = [heads + columns, ["---"] * (len(heads) + len(columns))]
        for person in plan.participants:
            said = dict(person.attributes)
            known = [person.code, person.name, person.segment, person.consent]
            rows.append([*known, *(said.get(column, "") for column in columns)])
        self._lines += ["", "# Deelnemers" if self._dutch else "# Participants"]
        self._lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]

    def _checklist(self, checks: list[PlannedCheck]) -> None:
        if checks:
            self._lines += ["", "# Controlelijst" if self._dutch else "# Checklist"]
        for phase, words in _PHASES.items():
            of_phase = [check for check in checks if check.phase == phase]
            if of_phase:
                self._lines += [f"## {self._word(words)}", *(f"- [ ] {self._check(check)}" for check in of_phase)]


def _value(text: str) -> str:
    """Return a value of the front matter; one that is in quotation marks itself stands in others."""
    quote = {'"': "'", "'": '"'}.get(text[:1], "")
    return with_backslashes(f"{quote}{text}{quote}" if len(text) > 1 and text[0] == text[-1] else text)


def _ends(questions: tuple[GuideItem, ...]) -> Iterator[tuple[GuideItem, str]]:
    """Yield the first and the last question with the kind that each has where no other is said."""
    yield from ((question, "ending") for question in questions[-1:])
    yield from ((question, "opening") for question in questions[:1])


def _choices(options: tuple[str, ...]) -> str:
    """Return the answers of a poll; a single one is closed, so that no comma in it divides it."""
    return "; ".join(options) if len(options) != 1 else f"{options[0]};"


def _heading(item: GuideItem) -> str:
    """Return the title of a section with its time behind it, unless the title itself says one and stays as it is."""
    title = as_heading(item.text)
    marks = read_marks(held(title), heading=True)
    return title if marks.box and put_back(marks.text) == item.text else f"{title}{_time(item)}"


def _time(item: GuideItem) -> str:
    parts = []
    if item.planned_s:
        low = f"{item.planned_low_s / 60:g}-" if item.planned_low_s else ""
        parts.append(f"{low}{told_length(item.planned_s)}")
    if item.until:
        parts.append(f"tot {item.until}")
    if item.warn_s:
        parts.append(f"let op {item.warn_s / 60:g} min")
    return f" ({', '.join(parts)})" if parts else ""
