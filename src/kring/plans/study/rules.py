"""Rules over the columns of a list of participants, as people write them: `redemptions >= 6 and city = Delft`."""

from __future__ import annotations

import re

from kring.domain.study.model import Condition, Operator
from kring.domain.text import folded

_OPERATORS: dict[str, Operator] = {
    ">=": ">=", "=>": ">=", "≥": ">=", "minstens": ">=", "ten minste": ">=", "tenminste": ">=", "minimaal": ">=",
    "vanaf": ">=", "at least": ">=", "<=": "<=", "=<": "<=", "≤": "<=", "hoogstens": "<=", "ten hoogste": "<=",
    "maximaal": "<=", "at most": "<=", "meer dan": ">", "more than": ">", ">": ">", "minder dan": "<",
    "less than": "<", "fewer than": "<", "<": "<", "!=": "!=", "<>": "!=", "≠": "!=", "is niet": "!=", "is not": "!=",
    "==": "=", "=": "=", "is": "=",
}  # fmt: skip
_WORDS = "|".join(
    re.escape(word) if not word[0].isalpha() else rf"\b{word}\b" for word in sorted(_OPERATORS, key=len, reverse=True)
)
_OPERATOR = re.compile(_WORDS)
_NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)*")
_BETWEEN = re.compile(r"(.+?)\s(?:is\s)?(?:tussen|between)\s(?:de\s)?(\d+(?:[.,]\d+)?)\s(?:en|and)\s(\d+(?:[.,]\d+)?)")
_OR_MORE = re.compile(
    rf"({_NUMBER.pattern})(?:\s(?:jaar|years?))?\s(?:of|or)\s"
    r"(?:(meer|later|hoger|ouder|more|later|higher|older)|(?:minder|eerder|lager|jonger|less|fewer|earlier|lower|younger))\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:en|and|&)\s|;\s?|,\s(?=\D)")
_OR = re.compile(r"\b(?:of|or)\b")
_OF_A_SENTENCE = re.compile(r"\b(?:is|vanaf)\b")
_LEAD = re.compile(r"^(?:met|with|heeft|has)\s")


def read_rule(text: str) -> tuple[Condition, ...]:
    """Return the conditions that a text names, all of which must be met; none where a part of it is no condition."""
    said = _OR_MORE.sub(lambda told: f"{'>=' if told[2] else '<='} {told[1]}", " ".join(text.split()).strip(" ."))
    if not said or _OR.search(folded(said)):
        return ()
    if between := _BETWEEN.fullmatch(said):
        column = between[1].strip()
        return (Condition(column, ">=", between[2]), Condition(column, "<=", between[3]))
    read = [_condition(part.strip()) for part in _AND.split(said) if part.strip()]
    return tuple(condition for condition in read if condition) if all(read) else ()


def rule_in_words(definition: str) -> tuple[Condition, ...]:
    """Return the rule that a definition is, such as `≥ 6 redemptions per year`; a sentence with *is* in it is none."""
    return () if _OF_A_SENTENCE.search(folded(definition)) else read_rule(definition)


def rule_text(rule: tuple[Condition, ...]) -> str:
    """Return a rule as it is written; empty for none."""
    return "; ".join(f"{one.column} {one.operator} {one.value}" for one in rule)


def _condition(text: str) -> Condition | None:
    """Return `redemptions >= 6` or `>= 6 redemptions` as a condition; None where it is neither."""
    found = _OPERATOR.search(text.casefold())
    if found is None or len(text.casefold()) != len(text):
        return None
    before, after = text[: found.start()].strip(), text[found.end() :].strip()
    sign = _OPERATORS[found[0]]
    number = _NUMBER.match(after)
    if before and _LEAD.sub("", f"{before} ").strip():
        is_whole = bool(after) and (sign in ("=", "!=") or (number is not None and number.end() == len(after)))
        return Condition(_LEAD.sub("", before), sign, after) if is_whole and not _OPERATOR.search(after) else None
    column = after[number.end() :].strip() if number else ""
    return Condition(column, sign, number[0]) if number and column and not _OPERATOR.search(column) else None
