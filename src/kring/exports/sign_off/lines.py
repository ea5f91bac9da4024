"""The lines of a guide as paragraphs of Word, each in the style that says what it is when the guide is read again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from kring.domain.leading import SITUATIONS
from kring.domain.plan import GuideItem, Plan, PlannedCheck
from kring.domain.text import N_, one_line
from kring.plans.marks import NAMES_ITSELF
from kring.plans.outline import NAMES, PHASES
from kring.plans.word import own
from kring.plans.word.in_words import JOINT, told, told_of_check
from kring.plans.writing.own_ids import own_ids
from kring.report.word.colours import BAND, KEY
from kring.report.word.contents import mark
from kring.report.word.xml import element, paragraph, run
from kring.system.i18n import _

_NAMES = {**NAMES, "note": N_("note")}
_FIRST_BOOKMARK, _MOST_BOOKMARKS = 1000, 100
"""The number of the first bookmark, and how many a line may have."""
_FEWEST_IN_A_ROW = 3


class _Codes:
    """The numbers in front of the questions: Word counts them itself, unless the author numbered them otherwise."""

    def __init__(self, plan: Plan) -> None:
        counted = {item.id: str(number) for number, item in enumerate(plan.questions, 1)}
        is_counted = all(item.label in (None, counted[item.id]) for item in plan.questions)
        self._codes = {} if is_counted else {item.id: item.label or counted[item.id] for item in plan.questions}

    def of(self, item: GuideItem) -> str:
        """Return the number of a question, and the letter of a stimulus; empty where Word counts."""
        return self._codes.get(item.id, "") if item.kind == "question" else item.label or ""


def guide_lines(plan: Plan, *, with_checks: bool) -> Iterator[Any]:
    """Yield the paragraphs of the guide in order; with the checks that stand in it, where they are wanted."""
    chosen, codes = own_ids(plan), _Codes(plan)
    kinds = {item.id: item.kind for item in plan.guide}
    for number, item in zip(count(_FIRST_BOOKMARK, _MOST_BOOKMARKS), plan.guide, strict=False):
        parent = kinds.get(item.parent) if item.parent else None
        style = own.SECTION if item.kind == "section" and parent is None else own.style_of(item.kind, parent)
        texts = [line for line in item.text.split("\n") if line.strip()] or [item.text]
        for made in (_item(item, text, style_id(style), codes.of(item)) for text in texts):
            for piece, name in enumerate(own.bookmarks_of(item.id) if item.id in chosen else ()):
                mark(made, name, number + piece)
            yield made
        for check in plan.checks if with_checks else ():
            if check.item == item.id:
                yield _check(check, style_id(own.style_of(own.CHECK, item.kind)))


def checklist_lines(plan: Plan) -> Iterator[Any]:
    """Yield the checklist, phase by phase, without what stands in the guide."""
    for phase, name in PHASES.items():
        checks = [check for check in plan.checks if check.phase == phase and check.item is None]
        if checks:
            yield paragraph(style_id(own.PHASE), run(capital(_(name))))
            yield from (_check(check, style_id(own.style_of(own.CHECK, None))) for check in checks)


def sentence_lines(plan: Plan) -> Iterator[Any]:
    """Yield the plan's own sentences for a difficult moment."""
    for moment, text in plan.sentences:
        yield paragraph(style_id(own.SENTENCE), _run(f"{_(SITUATIONS[moment])}: ", own.LABEL), run(one_line(text)))


def _item(item: GuideItem, text: str, style: str, code: str) -> Any:
    made = paragraph(style, *_in_front(item, code), *_words(item, one_line(text)), *_behind(item))
    if item.question_kind == "key":
        made[0].append(element("w:shd", val="clear", color="auto", fill=BAND))
    return made


def _in_front(item: GuideItem, code: str) -> Iterator[Any]:
    if item.kind == "question" and code:
        yield _run(code, own.CODE)
        yield element("w:r", element("w:tab"))
    is_heading = item.kind == "break" and item.parent is None
    if is_heading or item.kind not in _NAMES or item.text.split(" ")[0].casefold() in NAMES_ITSELF:
        return
    name = capital(_(_NAMES[item.kind]))
    if code:
        yield _run(f"{name} ", own.LABEL)
        yield _run(code, own.CODE)
        yield _run(": ", own.LABEL)
    else:
        yield _run(f"{name}: ", own.LABEL)


def _words(item: GuideItem, text: str) -> Iterator[Any]:
    if item.url and item.url in text and item.kind in own.WITH_LINK_IN_WORDS:
        before, url, after = text.partition(item.url)
        yield from (run(before), _run(url, own.LINK), run(after))
    else:
        yield run(text)
    if item.options:
        yield _run(f": {_choices(item.options)}", own.CHOICES)


def _behind(item: GuideItem) -> Iterator[Any]:
    places = [(item.file, own.FILE), ("" if item.url and item.url in item.text else item.url, own.LINK)]
    behind = [_run(one_line(where), style) for where, style in places if where]
    behind += [_run(JOINT.join(said), own.MARK, *_look(item))] if (said := list(told(item))) else []
    for number, made in enumerate(behind):
        yield _run(JOINT if number else " (", own.MARK)
        yield made
    if behind:
        yield _run(")", own.MARK)


def _look(item: GuideItem) -> list[Any]:
    is_first = item.question_kind == "key" or item.must_ask
    return [element("w:b"), element("w:color", val=KEY)] if is_first else []


def _choices(options: tuple[str, ...]) -> str:
    """Return the answers of a poll; numbers in a row as the first and the last of them."""
    if len(options) >= _FEWEST_IN_A_ROW and all(option.isascii() and option.isdigit() for option in options):
        numbers = [int(option) for option in options]
        step = 1 if numbers[0] < numbers[-1] else -1
        in_a_row = tuple(str(number) for number in range(numbers[0], numbers[-1] + step, step))
        if in_a_row == options:
            return f"{options[0]}–{options[-1]}"
    return "; ".join(options) if len(options) > 1 else f"{options[0]};"


def _check(check: PlannedCheck, style: str) -> Any:
    said = list(told_of_check(check))
    return paragraph(style, run(one_line(check.text)), *([_run(f" ({JOINT.join(said)})", own.MARK)] if said else []))


def _run(text: str, style: str, *looks: Any) -> Any:
    return run(text, element("w:rStyle", val=style_id(style)), *looks)


def style_id(style: str) -> str:
    """Return the id by which a paragraph of Word names its style."""
    return style.replace(" ", "")


def capital(text: str) -> str:
    """Return words as they stand at the begin of a line."""
    return text[:1].upper() + text[1:]
