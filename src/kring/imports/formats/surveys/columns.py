"""What a column of a questionnaire is: one that never comes in, one that tells who answered, or a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kring.domain.text import folded
from kring.imports.formats.surveys.head import Head, Role
from kring.imports.formats.surveys.marks import are_marks, is_no_answer, number_in, score_in, written
from kring.imports.formats.surveys.words import (
    ASKS_FOR,
    CONTACT,
    CONTACT_ALONE,
    DURATIONS,
    EMAILS,
    FIRST_NAMES,
    JUDGEMENT,
    LANGUAGES,
    LAST_NAMES,
    MARK,
    NAMES,
    NUMBERS,
    OF_SOMEBODY,
    OF_STAFF,
    OF_THE_TOOL,
    OTHER_SCALE,
    RECOMMEND,
    TIMESTAMPS,
    TOKENS,
    WHY,
    ZERO_TO_TEN,
)
from kring.imports.tables.cells import Kind, kind_in
from kring.imports.tables.words import NO, YES
from kring.plans.people.infixes import is_infix

_LONGEST_LABEL = 30  # longer headings are questions
_SAMPLE = 500
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_ANSWER_CODE = re.compile(r"[A-Z]{1,3}\d{1,3}|-oth-")
_GROUP = re.compile(r"_NPS_GROUP$|\b(?:groep|group|gruppe|categor\w+|kategorie)\b", re.IGNORECASE)
RESPONDENT = re.compile(r"[A-Za-z]{1,4}[-_ ]?\d{1,6}")
_LIKELY_SHORT_SCALE = 5
_ENOUGH = 5
_COUNTED = 3
_SHORT = 60
_BY_HEADING = (
    (FIRST_NAMES, Role.FIRST_NAME),
    (LAST_NAMES, Role.LAST_NAME),
    (NAMES, Role.NAME),
    (TOKENS, Role.INVITATION),
    (LANGUAGES, Role.TECHNICAL),
    (OF_THE_TOOL, Role.TECHNICAL),
    (TIMESTAMPS, Role.TECHNICAL),
)
_BY_KIND = {
    Kind.MOMENT: Role.TECHNICAL,
    Kind.ADDRESS: Role.TECHNICAL,
    Kind.PHONE: Role.TECHNICAL,
    Kind.DEVICE: Role.TECHNICAL,
    Kind.EMAIL: Role.EMAIL,
}


def role_of(heading: str, cells: Sequence[str], place: int) -> Role | None:
    """Return what a column is for that is no question, None for a question."""
    label = folded(_HUMP.sub(" ", heading)).strip(" *:.")
    kind = kind_in(cells[:_SAMPLE])
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    filled = [cell for cell in cells if cell]
    is_unique = len(filled) == len(set(filled)) and bool(filled)
    if kind is Kind.CODE:
        return Role.INVITATION if is_unique else Role.TECHNICAL
    if is_infix(heading):
        return Role.LAST_NAME
    asked = ASKS_FOR.sub("", label.replace("'", " ").rstrip("? "))
    by_heading = next((role for words, role in _BY_HEADING if label in words or asked in words), None)
    if by_heading is not None:
        return by_heading
    if len(label) > _LONGEST_LABEL or "?" in label or label.endswith("]"):
        return None
    if (told := _by_label(label, kind)) is not None:
        return told
    if label in NUMBERS:  # also where it is there twice: a number that tells who answered is no mark
        return Role.NUMBER
    is_coded = len(filled) >= _ENOUGH and all(RESPONDENT.fullmatch(cell) for cell in filled)
    return Role.NUMBER if place == 0 and is_unique and (is_coded or _counts_on(filled)) else None


def _by_label(label: str, kind: Kind) -> Role | None:
    """Return what a short heading says of a column: whom it names, or how somebody is reached."""
    if OF_SOMEBODY.fullmatch(label):
        return Role.NAME
    if OF_STAFF.fullmatch(label):
        return Role.TECHNICAL
    if label in CONTACT_ALONE or CONTACT.search(label) or DURATIONS.search(label) or EMAILS.search(label):
        return Role.EMAIL if EMAILS.search(label) and kind is Kind.EMPTY else Role.TECHNICAL
    return None


def _counts_on(filled: Sequence[str]) -> bool:
    """Whether cells are numbers of which each is one more than the one before it."""
    if len(filled) < _COUNTED or not all(cell.isdecimal() and len(cell) < 10 for cell in filled):
        return False
    return all(int(later) - int(one) == 1 for one, later in pairwise(filled))


def asks_by_heading(heading: str) -> bool:
    """Whether a heading is a question, or names a judgement, a reason or a remark."""
    said = folded(_HUMP.sub(" ", heading))
    return heading.endswith(("?", "]")) or any(words.search(said) for words in (RECOMMEND, WHY, MARK, JUDGEMENT))


def question_kind(name: str, heading: str, scale: str, cells: Sequence[str]) -> str:
    """Return `nps`, `mark`, `choice` or `open`; a mark of 1-10 is no NPS, nor is the group that somebody is in."""
    filled = [cell for cell in cells if cell]
    marks = [cell for cell in filled if not is_no_answer(cell)]
    if is_recommendation(name, heading, scale, marks):
        return "nps"
    if are_marks(marks):
        return "mark"
    return "choice" if _is_choice(heading, filled) else "open"


def is_about_recommending(name: str, heading: str, scale: str = "") -> bool:
    """Whether a column asks about recommending, on whatever scale, and is not the group that follows from that."""
    said = folded(_HUMP.sub(" ", f"{name} {heading} {scale}"))
    return bool(RECOMMEND.search(said)) and not (_GROUP.search(name) or _GROUP.search(heading))


def is_recommendation(name: str, heading: str, scale: str, filled: Sequence[str]) -> bool:
    """Whether a column asks how likely somebody would recommend, and its numbers, most of the answers, are 0 to 10."""
    said = folded(_HUMP.sub(" ", f"{name} {heading} {scale}"))
    if not is_about_recommending(name, heading, scale) or not filled:
        return False
    scores = [score for cell in filled if (score := score_in(cell)) is not None]
    others = (number_in(cell) for cell in filled if score_in(cell) is None)
    if len(scores) * 2 <= len(filled) or any(other is not None for other in others) or max(scores) > 10:
        return False
    if ZERO_TO_TEN.search(said) or 0 in scores:
        return True
    other = OTHER_SCALE.search(said)
    if (other and int(other[1]) <= 10) or MARK.search(said):
        return False
    # Answers up to five of many people are those of a shorter scale, or of yes and no.
    return max(scores) > _LIKELY_SHORT_SCALE or (len(scores) < _ENOUGH and max(scores) > 2)


def value_of(cell: str, kind: str, head: Head) -> str:
    """Return an answer as it comes in: a number with a point, without a label or decimals that say nothing."""
    if kind == "nps" and (score := score_in(cell)) is not None:
        return str(score)
    if kind == "mark":
        return written(cell)
    if head.joins_with_semicolon and cell.endswith(";"):
        return "; ".join(part for part in cell.split(";") if part)
    return cell


def _is_choice(heading: str, filled: Sequence[str]) -> bool:
    different = {folded(cell) for cell in filled}
    if heading.endswith("]") and len(different) <= len(filled) / 2:
        return True
    if different and different <= {*YES, *NO}:
        return True
    if filled and all(_ANSWER_CODE.fullmatch(cell) or len(cell) == 1 for cell in filled):
        return True
    if WHY.search(folded(heading)) or any(len(cell) > _SHORT for cell in filled):
        return False
    return len(filled) >= _ENOUGH - 1 and len(different) <= len(filled) / 2
