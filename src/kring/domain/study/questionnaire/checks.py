"""A questionnaire looked at as a whole, and question by question; it is never called good."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kring.domain.plan import PlanWarning
from kring.domain.study.questionnaire.model import Asked, Questionnaire
from kring.domain.study.questionnaire.scales import of_scales
from kring.domain.study.questionnaire.wording import wording
from kring.domain.text import N_, Sentence, folded

FEWEST, MOST = 10, 30
MOST_OPEN = 2
HARDEST = 45
"""The LIX above which a text is harder than a newspaper; a question has few words, so it is told of all together."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def doubts(one: Questionnaire) -> list[PlanWarning]:
    """Return what somebody should look at, by line; nothing is no proof that it is good."""
    found = [*_of_the_whole(one), *of_scales(one.questions), *_twice(one.questions)]
    for asked in one.questions:
        found += wording(asked)
    return sorted(found, key=lambda warning: warning.line)


def lix(questions: Sequence[Asked]) -> float:
    """Return how hard the questions read: words in a sentence + per cent of words of more than six letters.

    C. H. Björnsson, *Läsbarhet* (1968): below 30 a children's book, about 40 a newspaper, above 50 an official text.
    """
    words = [word for asked in questions for word in _WORD.findall(asked.text)]
    if not words:
        return 0.0
    return len(words) / len(questions) + 100 * sum(len(word) > 6 for word in words) / len(words)


def _of_the_whole(one: Questionnaire) -> Iterator[PlanWarning]:
    n, is_open = len(one.questions), [asked for asked in one.questions if asked.is_open]
    if not FEWEST <= n <= MOST:
        yield PlanWarning(0, Sentence(N_("There are {n} questions; a follow-up does well with {few} to {many}."),
                                      {"n": n, "few": FEWEST, "many": MOST}))  # fmt: skip
    if not one.goals:
        yield PlanWarning(0, Sentence(N_("It does not say what it is for; write one goal at the top: goal: …")))
    for goal in one.goals[1:]:
        yield PlanWarning(goal.line, Sentence(N_("This is a second goal; one questionnaire serves one.")))
    if n and not is_open:
        yield PlanWarning(0, Sentence(N_("No question is answered in own words; one or two tell why.")))
    for asked in is_open[MOST_OPEN:]:
        yield PlanWarning(asked.line, Sentence(N_("More than two questions in own words; many skip the rest.")))
    if n and (hard := lix(one.questions)) > HARDEST:
        yield PlanWarning(0, Sentence(N_("The questions read harder than a newspaper: LIX {n}; use shorter words."),
                                      {"n": round(hard)}))  # fmt: skip


def _twice(questions: Sequence[Asked]) -> Iterator[PlanWarning]:
    seen: dict[str, int] = {}
    for asked in questions:
        line = seen.setdefault(folded(asked.text), asked.line)
        if line != asked.line:
            yield PlanWarning(asked.line, Sentence(N_("This question stands on line {line} too."), {"line": line}))
