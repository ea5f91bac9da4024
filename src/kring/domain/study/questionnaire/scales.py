"""The answers that a question gives to choose from: balanced, labelled, in one direction, and a way out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from kring.domain.plan import PlanWarning
from kring.domain.study.questionnaire.model import Asked
from kring.domain.text import N_, Sentence, folded

_NEUTRAL = re.compile(
    r"\b(?:neutraal|noch|niet .+(?:,| en| maar) (?:ook )?niet|neither|nor|neutral|gemiddeld|average"
    r"|tussenin|maakt niet uit)\b"
)
_WAY_OUT = re.compile(
    r"\b(?:weet (?:ik )?niet|weet het niet|geen mening|niet van toepassing|n\.?v\.?t|geen ervaring|zeg ik liever niet"
    r"|don'?t know|not sure|no opinion|not applicable|n/a|prefer not|does not apply|no experience)\b"
)
_LOW = re.compile(
    r"\b(?:ontevreden|oneens|slechte?|onbelangrijk|onwaarschijnlijk|moeilijk|lastig|onduidelijk|onvriendelijk"
    r"|traag|(?:helemaal |zeker |erg |zeer |totaal )?niet|onvoldoende|matig|dissatisfied|unsatisfied|disagree|bad|poor"
    r"|unlikely|unimportant|difficult|hard|unclear|unfriendly|slow|not|very poor|unhappy|fair)\b"
)
_HIGH = re.compile(
    r"\b(?:tevreden|eens|goede?|uitstekend|belangrijk|waarschijnlijk|makkelijk|gemakkelijk|duidelijk|vriendelijk|snel|wel"
    r"|voldoende|satisfied|agree|good|excellent|likely|important|easy|clear|friendly|fast|happy)\b"
)
_SAYS = re.compile(r"\b(?!tot\b|met\b)[^\W\d_]{3,}")
Side = Literal["low", "high", "middle", "out", ""]


def side(text: str) -> Side:
    """Return on which side of a scale an answer stands; nothing where it is none of a judgement."""
    said = folded(text).replace("’", "'").replace("_", " ")
    if _WAY_OUT.search(said):
        return "out"
    if _NEUTRAL.search(said):
        return "middle"
    if _LOW.search(said):
        return "low"
    return "high" if _HIGH.search(said) else ""


def sides(asked: Asked) -> list[Side]:
    """Return the sides of the answers of a judgement, the way out left out; nothing where it asks for no judgement."""
    found: list[Side] = [one for one in map(side, (option.text for option in asked.options)) if one != "out"]
    judged = sum(one in ("low", "high") for one in found)
    return found if judged >= 2 and "" not in found else []


def of_scales(questions: Sequence[Asked]) -> Iterator[PlanWarning]:
    """Yield what somebody should look at in the scales of all questions."""
    for asked in questions:
        found = sides(asked)
        low, high = found.count("low"), found.count("high")
        if found and low != high:
            yield PlanWarning(asked.line, Sentence(
                N_("This scale has {high} answers on the good side and {low} on the bad; give both as many."),
                {"high": high, "low": low}))  # fmt: skip
        if asked.scale is not None and not (_SAYS.search(asked.labels) or _is_school_mark(asked)):
            low, high = asked.scale
            yield PlanWarning(asked.line, Sentence(N_("Nothing says what {low} and {high} mean; write it there."),
                                                   {"low": low, "high": high}))  # fmt: skip
    yield from _directions(questions)
    yield from _ways_out(questions)


def _is_school_mark(asked: Asked) -> bool:
    """Whether a Dutch mark from 1 to 10 is asked for, of which everybody knows what is good."""
    return asked.scale == (1, 10) and "cijfer" in folded(asked.text)


def _directions(questions: Sequence[Asked]) -> Iterator[PlanWarning]:
    """Yield the scales that run the other way than most."""
    first = {asked.line: next(one for one in found if one in ("low", "high"))
             for asked in questions if (found := sides(asked))}  # fmt: skip
    falling = [line for line, one in first.items() if one == "high"]
    rising = [line for line, one in first.items() if one == "low"]
    for line in min((falling, rising), key=len) if falling and rising else []:
        yield PlanWarning(line, Sentence(N_("This scale runs the other way than most here; turn it round.")))


def _ways_out(questions: Sequence[Asked]) -> Iterator[PlanWarning]:
    judged = [asked for asked in questions if sides(asked)]
    without = [asked for asked in judged if not any(side(option.text) == "out" for option in asked.options)]
    if without:
        yield PlanWarning(without[0].line, Sentence(
            N_("Scales without “don't know”: {n} of {all}; who can't tell picks the middle, or stops."),
            {"n": len(without), "all": len(judged)}))  # fmt: skip
