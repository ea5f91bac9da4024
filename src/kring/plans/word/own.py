"""A guide that kring wrote into Word, whatever others wrote in it since: the style of a line says what it is."""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, get_args

from kring.domain.leading import situation
from kring.domain.plan import Plan
from kring.domain.rows import CheckPhase, GuideKind
from kring.domain.text import N_, Sentence, folded, one_line
from kring.plans.checklist import phase_named
from kring.plans.draft import CheckDraft, Draft, GuideDraft
from kring.plans.front_matter import KEYS, Header, known_key, read_value, settle
from kring.plans.marks import asks, choices_in
from kring.plans.time_box import TimeBox, duration
from kring.plans.word.blocks import Block, Paragraph, Table
from kring.plans.word.in_words import SIGNATURE, TIMES, in_all_languages, understood

LABEL, CODE, MARK = "Guide Label", "Guide Code", "Guide Mark"
CHOICES, FILE, LINK = "Guide Choices", "Guide File", "Guide Link"
"""Styles of runs: words in front, an author's own number, what is said behind, and what only some lines have."""
FACT, PHASE, SENTENCE, CHECK = "Guide Fact", "Guide Phase", "Guide Sentence", "Check"
FURNITURE = ("Guide Heading", "Report Note", "Report Contents", "Table Text", "Subtitle", "Caption")
"""Styles of paragraphs: facts, the checklist, sentences for a moment, and what says nothing of the guide itself."""
SECTION = "Heading 1"
PLACES = ("Guide", "Section", "Question")
"""Where a line stands, before its kind: in no section, in a section, or with a question."""
_MARKED = "guide"
_IN_A_BOOKMARK = 32
"""How much of an id one holds; Word lets it be 40 letters, digits and underscores."""
_OF_BOOKMARKS = frozenset(string.ascii_lowercase + string.digits + "-")
_BOOKMARK = re.compile(rf"{_MARKED}(\d{{0,2}})_(\w+)", re.ASCII)
_SIGN = re.compile(r"Z([0-9a-f]{1,6})Z")


class OwnGuide(NamedTuple):
    """The plan that a guide says, and what became of what others wrote in it."""

    plan: Plan
    warnings: tuple[Sentence, ...]


def style_of(kind: str, parent: str | None) -> str:
    """Return the style of a line of the guide, by what it stands in."""
    place = PLACES[0] if parent is None else PLACES[2] if parent == "question" else PLACES[1]
    return f"{place} {kind.capitalize()}"


def bookmarks_of(item_id: str) -> list[str]:
    """Return the bookmarks that keep an id which the author chose: several where one of Word's could not hold it."""
    told = "".join(sign if sign in _OF_BOOKMARKS else f"Z{ord(sign):x}Z" for sign in item_id).replace("-", "_")
    if len(told) <= _IN_A_BOOKMARK:
        return [f"{_MARKED}_{told}"]
    pieces = range(0, len(told), _IN_A_BOOKMARK)
    return [f"{_MARKED}{number}_{told[at : at + _IN_A_BOOKMARK]}" for number, at in enumerate(pieces, 1)]


def id_in(bookmarks: Iterable[str]) -> str:
    """Return the id that bookmarks keep, empty where none do."""
    pieces = sorted((int(found[1] or 0), found[2]) for name in bookmarks if (found := _BOOKMARK.fullmatch(name)))
    told = "".join(piece for _number, piece in pieces).replace("_", "-")
    return _SIGN.sub(lambda sign: chr(min(int(sign[1], 16), sys.maxunicode)), told)


_TIMES = ("planned_s", "low_s", "until", "warn_s")
_ALLOWED: dict[str, tuple[str, ...]] = {
    "question": ("question_kind", "must_ask", *_TIMES), "probe": ("probe_kind",), "poll": ("poll_kind", *_TIMES),
    CHECK: ("gate", "per_participant", "recording", "consent"), SENTENCE: (), "yield": (),
}  # fmt: skip
WITH_LINK_IN_WORDS = ("note", "instruction", "probe", "yield")
_KINDS: dict[str, tuple[str, GuideKind]] = {
    f"{place} {kind}".lower(): (place, kind) for place in PLACES for kind in get_args(GuideKind)
}
_CHECKS = {f"{place} {CHECK}".lower(): place for place in PLACES}
_OTHERS = {name.lower() for name in (FACT, PHASE, SENTENCE, "Guide Heading")}
_PARTS = {name.lower() for name in (LABEL, CODE, MARK, CHOICES, FILE, LINK)}


def is_own(blocks: Sequence[Block]) -> bool:
    """Whether most of a document stands in kring's own styles."""
    said = (block for block in blocks if isinstance(block, Paragraph) and block.kind not in ("title", "heading"))
    names = [_named(block) for block in said]
    own = {*_KINDS, *_CHECKS, *_OTHERS}
    has_own = any(name in own for block in blocks if isinstance(block, Paragraph) for name in block.styles)
    return has_own and sum(map(bool, names)) * 2 >= len(names)


def read_own(blocks: Sequence[Block], language: str) -> OwnGuide:
    """Return what a guide in kring's own styles says; never fails."""
    return _Reader(language).read(blocks)


class _Said(NamedTuple):
    """A paragraph taken apart by the styles of its runs."""

    words: str
    label: str
    code: str
    choices: str
    file: str
    link: str
    fields: dict[str, Any]


class _Reader:
    def __init__(self, language: str) -> None:
        self._language = language
        self._draft = GuideDraft(language)
        self._header = Header(KEYS)
        self._phase: CheckPhase = "during"
        self._warnings: list[Sentence] = []
        self._times: list[tuple[str, str]] = []

    def read(self, blocks: Sequence[Block]) -> OwnGuide:
        """Read all paragraphs and tables."""
        for number, block in enumerate(blocks, 1):
            if isinstance(block, Table):
                self._read_table(block, number)
            elif not (block.is_continued and _named(block)):
                self._read_paragraph(block, number)
        settle(self._header)
        guide, checks = self._draft.finish()
        sections = {item.text: item.planned_s for item in guide if item.kind in ("section", "break")}
        self._warnings += _other_times(self._times, sections)
        fields = self._header.fields | {"language": self._language}
        extra, sentences = tuple(self._header.extra), tuple(self._draft.sentences.items())
        plan = Plan(**fields, extra=extra, guide=guide, checks=checks, sentences=sentences)
        return OwnGuide(plan, tuple(self._warnings))

    def _read_paragraph(self, block: Paragraph, number: int) -> None:
        name = _named(block)
        if name in _KINDS:
            self._read_item(block, *_KINDS[name], number)
        elif name in _CHECKS:
            self._read_check(block, _CHECKS[name], number)
        elif block.kind == "title":
            self._header.fields.setdefault("title", one_line(block.text))
        elif name == PHASE.lower():
            self._phase = phase_named(block.text) or self._phase
        elif name == FACT.lower():
            self._read_fact(one_line(block.text), number)
        elif name == SENTENCE.lower():
            self._read_sentence(_said(block, SENTENCE))
        elif not name and block.kind == "heading" and block.level == 1:
            self._read_item(block, PLACES[0], "section", number)
        elif not name:
            self._add(block, number)

    def _read_item(self, block: Paragraph, place: str, kind: GuideKind, number: int) -> None:
        said, draft = _said(block, kind), self._draft
        fields = said.fields
        times = {name: fields.pop(name) for name in _TIMES if name in fields}
        box = TimeBox(**times) if times else None
        item = Draft(kind, said.words, number, self._parent(place), id_in(block.bookmarks), box, fields)
        if kind == "question":
            item.fields = {"question_kind": None, "must_ask": False} | fields
        if kind in ("question", "stimulus"):
            item.fields["label"] = said.code or None
        if kind == "poll":
            item.fields["options"] = choices_in(said.choices)
        item.fields |= {name: text for name, text in (("file", said.file), ("url", said.link)) if text}
        draft.items.append(item)
        if place == PLACES[0] and kind in ("section", "break"):
            draft.section, draft.question = item, None
        elif kind == "question":
            draft.question = item

    def _parent(self, place: str) -> Draft | None:
        """Return what a line stands in: with a question that is gone, the section."""
        if place == PLACES[0]:
            return None
        return self._draft.place(under_question=place == PLACES[2])

    def _read_check(self, block: Paragraph, place: str, number: int) -> None:
        said = _said(block, CHECK)
        item = self._parent(place)
        phase: CheckPhase = self._phase if item is None else "break" if item.kind == "break" else "during"
        check = CheckDraft(phase, said.words, number, item=item, gate=bool(said.fields.get("gate")))
        check.per_participant = bool(said.fields.get("per_participant"))
        check.recording, check.consent = bool(said.fields.get("recording")), bool(said.fields.get("consent"))
        self._draft.checks.append(check)

    def _read_fact(self, text: str, number: int) -> None:
        known = known_key(text)
        if known is not None:
            read_value(self._header, number, *known)
        elif text:
            key, colon, value = text.partition(":")
            self._header.extra.append((key.strip(), value.strip()) if colon else ("", text))

    def _read_sentence(self, said: _Said) -> None:
        moment = next((found for word in said.label.split() if (found := situation(word))), None)
        if moment is None:
            self._draft.add("note", said.words, 0, under_question=False)
        else:
            self._draft.sentences.setdefault(moment, said.words)

    def _read_table(self, table: Table, number: int) -> None:
        first = folded(one_line(table.rows[0][0])) if table.rows and table.rows[0] else ""
        if first in in_all_languages(TIMES):
            self._times = [(one_line(row[0]), one_line(row[-1])) for row in table.rows[1:]]
        elif any(folded(one_line(row[0])) in in_all_languages(SIGNATURE) for row in table.rows if row):
            self._warnings += signed(table)
        else:
            for row in table.rows:
                self._added("note", one_line(" | ".join(cell for cell in row if cell.strip())), number)

    def _add(self, block: Paragraph, number: int) -> None:
        """Read a paragraph that somebody added in a style of their own."""
        text = one_line(block.text)
        if asks(text) and not (block.kind == "bullet" and self._draft.question):
            self._added("question", text, number)
        elif block.kind in ("bullet", "lettered") and self._draft.question:
            self._added("probe", text, number)
        else:
            self._added("instruction" if block.kind == "plain" else "note", text, number)

    def _added(self, kind: GuideKind, text: str, number: int) -> None:
        if kind == "question" and self._draft.section is not None:
            self._draft.question = Draft(kind, text, number, self._draft.section)
            self._draft.question.fields = {"question_kind": None, "must_ask": False, "label": None}
            self._draft.items.append(self._draft.question)
        else:
            self._draft.add(kind if kind != "question" else "note", text, number)
        told = Sentence(_ADDED[kind], {"text": text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…"})
        self._warnings.append(told)


_ADDED: dict[GuideKind, str] = {
    "question": N_("Added in Word, and read as a question: {text}"),
    "probe": N_("Added in Word, and read as a probe: {text}"),
    "instruction": N_("Added in Word, and read as an instruction: {text}"),
    "note": N_("Added in Word, and read as a note: {text}"),
}
_LONGEST_TOLD = 80


def signed(table: Table) -> Iterator[Sentence]:
    """Yield what somebody wrote in the place to sign."""
    cells = (one_line(cell) for row in table.rows[1:] for cell in row[1:])
    if words := ", ".join(cell for cell in cells if cell):
        yield Sentence(N_("In the place to sign stands: {words}."), {"words": words})


def _other_times(times: Sequence[tuple[str, str]], sections: dict[str, int | None]) -> Iterator[Sentence]:
    """Yield a warning for each length in the table of times that the guide itself does not say."""
    for title, told in times:
        said = duration(told) if told else None
        if said and title in sections and sections[title] != said[1]:
            values = {"title": title, "minutes": said[1] / 60}
            yield Sentence(N_("The table of times says {minutes} min for {title}, and its heading says otherwise; "
                              "the heading counts."), values)  # fmt: skip


def _named(block: Paragraph) -> str:
    """Return the first of a paragraph's styles that is one of kring's; empty where none is."""
    known = {*_KINDS, *_CHECKS, *_OTHERS, *(name.lower() for name in FURNITURE)}
    return next((name for name in block.styles if name in known), "")


def _said(block: Paragraph, kind: str) -> _Said:
    """Take a paragraph apart; what stands in the style of a mark and is none belongs to its words."""
    texts = dict.fromkeys(_PARTS | {""}, "")
    for style, text in block.parts:
        part = style if style in _PARTS else ""
        texts[part] += text
        if part == LINK.lower() and kind in WITH_LINK_IN_WORDS:
            texts[""] += text
    label, colon, behind = texts[LABEL.lower()].partition(":")
    fields, left = understood(texts[MARK.lower()], _ALLOWED.get(kind, _TIMES))
    words = one_line(" ".join([texts[""], behind if colon else "", left]))
    code, file, link = (one_line(texts[part.lower()]) for part in (CODE, FILE, LINK))
    return _Said(words, label, code, texts[CHOICES.lower()].strip(": "), file, link, fields)
