"""How the simulated group answers and agrees: a poll asked twice, who agrees on a statement, and what the chat has."""

from __future__ import annotations

import random
from collections.abc import Sequence

from kring.domain.plan import GuideItem
from kring.rehearsal.cast import Person
from kring.rehearsal.step import SECOND, Step
from kring.rehearsal.talk import Talk

ANEW_MS = 12 * SECOND
"""How long people think about a poll that is asked again."""
STANCES = ("agrees", "agrees", "nods", "nods", "example", "dissents", "shakes", "counterexample", "no response")


class Agreement:
    """What each person answered, and what is still to be agreed on; its chance is its own."""

    def __init__(self, talk: Talk, seed: int) -> None:
        self._talk = talk
        self._chance = random.Random(seed)
        self._answered: dict[str, tuple[Person, int]] = {}
        self._statements = list(talk.words.lists["statements"])
        self._chat = list(talk.words.lists["chat"])

    def answer(self, person: Person, poll: GuideItem, place: int) -> Step:
        """Let somebody choose an option by its place."""
        self._answered[person.code] = (person, place)
        return self._talk.act("assistant", f"answer {person.word} {poll.options[place]}")

    def ask_again(self, poll: GuideItem, end_ms: int) -> None:
        """Plan that the poll is asked once more at the end of the talk about it: some shift towards the middle."""
        there = [one for code, one in self._answered.items() if code in self._talk.present]
        at = end_ms - ANEW_MS
        if not there or at < self._talk.now:
            return
        self._talk.plan(at, "moderator", "poll again")
        middle = len(poll.options) // 2
        pairs = (f"{person.word} {poll.options[self._shifted(place, middle)]}" for person, place in there)
        self._talk.plan(end_ms - SECOND, "assistant", f"answers {', '.join(pairs)}")

    def _shifted(self, place: int, middle: int) -> int:
        if self._chance.random() < 0.6 or place == middle:
            return place
        return place + (1 if place < middle else -1)

    def agree(self, end_ms: int) -> None:
        """Plan that a statement is written down, and who agrees with it; at the last one nobody looks."""
        people = list(self._talk.present.values())[:-1]
        at = end_ms - (len(people) + 5) * SECOND
        if not self._statements or not people or at < self._talk.now:
            return
        self._talk.plan(at, "assistant", f"statement {self._statements.pop(0)}")
        for number, person in enumerate(people, 1):
            line = f"consensus {person.word} {self._chance.choice(STANCES)}"
            self._talk.plan(at + number * SECOND, "assistant", line)

    def chat(self, at_ms: int, people: Sequence[Person]) -> None:
        """Plan that somebody writes in the chat."""
        if self._chat and people:
            person = self._chance.choice(people)
            self._talk.plan(at_ms, "assistant", f"note > {self._chat.pop(0)} @{person.code}")
