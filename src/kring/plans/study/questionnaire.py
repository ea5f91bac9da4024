"""A questionnaire from a text: a numbered list of questions, each with its answers below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec.structs import replace

from kring.domain.study.questionnaire.model import Asked, Option, Questionnaire
from kring.domain.text import folded
from kring.plans.lines import Line
from kring.plans.plan_reader import spoken_language, text_lines
from kring.plans.study.entries import text_of

_GOAL = re.compile(r"(?i)(?:doel|goal|doel van het onderzoek|purpose|aim)\s*:\s*(\S.*)")
_SCALE_LINE = re.compile(r"(?i)(?:schaal|scale|antwoord(?:en|schaal)?|answers?)\s*:\s*(\S.*)")
_NUMBERS = re.compile(
    r"\b(\d{1,3})\b[^\d;/|]{0,60}?(?:-|–|—|\bt/m\b|\btot(?: en met)?\b|\bto\b)[^\d;/|]{0,60}?\b(\d{1,3})\b"
)
_ENDS_NAMED = re.compile(r"\b(\d{1,3})\s*=[^=\d]{1,60}\b(\d{1,3})\s*=")
_IN_BRACKETS = re.compile(r"\(([^()]*\d[^()]*)\)\s*\??$")
_IN_WORDS = re.compile(r"(?i)\b(?:van|from)\s+([01])\s+(?:tot(?: en met)?|t/m|to)\s+([4-9]|10|100)\b")
_OPEN = re.compile(r"(?i)^(?:_{3,}|\.{3,}|…+|\(?open(?: vraag| question)?\)?)$")
_NUMBER = re.compile(r"^\d{1,3}[.)]\s+")
_OPTIONS = ("bullet", "check", "lettered")


def read_questionnaire(text: str) -> Questionnaire:
    """Return the questions of a text and what it is for; never fails, whatever the text."""
    lines = text_lines(text)
    found = Questionnaire(language=spoken_language(lines))
    goals: list[Option] = []
    questions: list[Asked] = []
    for place, line in enumerate(lines):
        said = text_of(line.text)
        if goal := _GOAL.fullmatch(said):
            goals.append(Option(goal[1], line.number))
        elif _asks(line, said, is_below=bool(questions) and _is_option_of(lines, place)):
            below = list(takewhile(lambda one: not _asks(one, text_of(one.text), is_below=True), lines[place + 1 :]))
            questions.append(_question(line, said, below))
    return replace(found, questions=tuple(questions), goals=tuple(goals))


def _asks(line: Line, said: str, *, is_below: bool) -> bool:
    """Whether a line is a question: numbered, or with a question mark and not one of the answers below another."""
    if line.shape in ("blank", "rule") or _GOAL.fullmatch(said) or _SCALE_LINE.fullmatch(said):
        return False
    if line.indent == 0 and (line.shape == "numbered" or _NUMBER.match(said)):
        return True
    return "?" in said and not (is_below and line.shape in _OPTIONS)


def _is_option_of(lines: Sequence[Line], place: int) -> bool:
    """Whether an item of a list stands right below a question or its answers."""
    above = next((one for one in reversed(lines[:place]) if one.shape != "blank"), None)
    return above is not None and lines[place].shape in _OPTIONS and above.shape != "heading"


def _question(line: Line, said: str, below: Sequence[Line]) -> Asked:
    text = _NUMBER.sub("", said)
    options, scale, labels = [], None, ""
    if found := _IN_BRACKETS.search(text):
        scale, labels = _numbers(found[1]), found[1]
    elif found := _IN_WORDS.search(text):
        scale = (int(found[1]), int(found[2]))
    for one in _answers(below):
        told = text_of(one.text)
        if named := _SCALE_LINE.fullmatch(told):
            scale, labels = _numbers(named[1]), named[1]
            if scale is None:
                options += [Option(part.strip(), one.number) for part in re.split("[;/|]", named[1]) if part.strip()]
        elif one.shape in _OPTIONS and not _OPEN.fullmatch(told):
            options.append(Option(told, one.number))
    if len(options) == 1 and scale is None:
        scale, labels = _numbers(options[0].text), options[0].text
        options = [] if scale else options
    return Asked(text, line.number, tuple(options), scale, labels)


def _answers(below: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines with answers: up to a heading."""
    yield from takewhile(lambda one: one.shape != "heading", below)


def _numbers(text: str) -> tuple[int, int] | None:
    found = _NUMBERS.search(folded(text)) or _ENDS_NAMED.search(text)
    if found is None or int(found[1]) == int(found[2]):
        return None
    return int(found[1]), int(found[2])
