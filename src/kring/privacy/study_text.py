"""The text of a study as it may leave: without names of participants, but with those of personas and of the team."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from kring.domain.study.model import Study
from kring.domain.study.surveys.model import StudySurvey, SurveyQuestion
from kring.domain.text import Sentence, clean, folded
from kring.privacy.contacts import without_contacts
from kring.privacy.names import Find, Names, without
from kring.privacy.replaced import Replaced, Tally
from kring.system.i18n import say

T = TypeVar("T")
_SIGNS = frozenset({"code", "verdict", "state", "language", "operator"})
"""Fields that hold a word of ours, or a number, and no words of people."""


class StudyText:
    """How the text of a study is told; it counts what it replaced.

    A persona is never a participant: its name stays, if it has more words than one. A given name alone may be of
    somebody who took part.
    """

    def __init__(self, names: Names, study: Study, *, with_names: bool) -> None:
        self._names = names
        self._with_names = with_names
        self._tally = Tally()
        wholes = [folded(one.name) for one in study.personas if len(one.name.split()) > 1]
        self._personas = re.compile("|".join(map(re.escape, wholes))) if wholes else None

    def told(self, value: T) -> T:
        """Return a text, or all that holds texts, as it may leave."""
        return self._each(value, 0)  # type: ignore[no-any-return]

    def survey(self, survey: StudySurvey) -> StudySurvey:
        """Return a survey with what is printed of it as it may leave; answers are counted, not printed."""
        segments = {name: self.told(name) for name in survey.segments}
        return msgspec.structs.replace(
            survey,
            period=self.told(survey.period),
            file=self.told(survey.file),
            questions=tuple(self.question(one) for one in survey.questions),
            respondents=tuple(
                msgspec.structs.replace(one, segment=segments.get(one.segment, "")) for one in survey.respondents
            ),
            remarks=tuple(Sentence("{words}", {"words": self.told(say(one))}) for one in survey.remarks),
        )

    def question(self, question: SurveyQuestion) -> SurveyQuestion:
        """Return a question of a survey as it may leave."""
        return msgspec.structs.replace(question, heading=self.told(question.heading))

    @property
    def replaced(self) -> Replaced:
        """Return what was replaced."""
        return self._tally.result()

    def _each(self, value: Any, line: int) -> Any:
        match value:
            case str():
                return self._text(value, line)
            case tuple():
                return tuple([self._each(one, line) for one in value])
            case msgspec.Struct():
                own = getattr(value, "line", line)
                changed = {
                    name: self._each(getattr(value, name), own)
                    for name in value.__struct_fields__
                    if name not in _SIGNS
                }
                return msgspec.structs.replace(value, **changed)
            case _:
                return value

    def _text(self, text: str, line: int) -> str:
        text, contacts = (clean(text), 0) if self._with_names else without_contacts(clean(text))
        finds = list(self._without_personas(text, self._names.found(text)))
        if finds or contacts:
            self._tally.add(f"study/{line}", text, finds, contacts)
        return without(text, finds)

    def _without_personas(self, text: str, finds: Iterable[Find]) -> Iterable[Find]:
        low = folded(text)
        if self._personas is None or len(low) != len(text):
            return finds
        spans = [found.span() for found in self._personas.finditer(low)]
        return (one for one in finds if not any(begin <= one.start and one.end <= end for begin, end in spans))
