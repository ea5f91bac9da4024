"""Which questions of several guides are the same one: by their id in the plan, or by their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from kring.domain.text import folded, one_line


class Put(Protocol):
    """A question as the guide of one session has it."""

    @property
    def session(self) -> int:
        """Return the number of its session."""
        ...

    @property
    def item(self) -> str:
        """Return its id in that guide, which stays when its words change."""
        ...

    @property
    def text(self) -> str:
        """Return its words."""
        ...


Question = TypeVar("Question", bound=Put)


def same(questions: Sequence[Question]) -> list[list[Question]]:
    """Return the questions put together that are the same one, in the order in which they come.

    One is the same as another with its id or with its words; case, accents and blanks make no other words.
    """
    root = list(range(len(questions)))

    def top(place: int) -> int:
        while root[place] != place:
            root[place] = place = root[root[place]]
        return place

    first: dict[tuple[str, str], int] = {}
    for place, question in enumerate(questions):
        for key in (("id", question.item), ("words", words(question.text))):
            root[top(place)] = top(first.setdefault(key, place))
    found: dict[int, list[Question]] = {}
    for place, question in enumerate(questions):
        found.setdefault(top(place), []).append(question)
    return list(found.values())


def words(text: str) -> str:
    """Return the words of a question as they are compared."""
    return folded(one_line(text))


def differ(questions: Iterable[Put]) -> bool:
    """Whether the same question was put in other words in one of its groups."""
    return len({words(question.text) for question in questions}) > 1
