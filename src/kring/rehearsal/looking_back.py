"""How the simulated evening closes: the summary is laid before the group, and the team looks back on the talk."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from kring.rehearsal.step import SECOND, Step, Who
from kring.rehearsal.talk import Talk

AGREE = 2
IN_TURN: tuple[Who, ...] = ("moderator", "assistant")


def read_back(talk: Talk) -> Iterator[Step]:
    """Read the summary back: one person corrects it, some say that it is right."""
    if not talk.starred:
        return
    yield talk.act("assistant", "summary make")
    yield from talk.turn("moderator", 25, 40)
    yield talk.act("moderator", "summary read")
    said = [talk.words.lists["corrections"][0], *["ok"] * AGREE]
    for person, text in zip(list(talk.present.values()), said, strict=False):
        yield from talk.turn(person, 6, 12)
        yield talk.act("assistant", f"correct {person.word} {text}")


def debrief(talk: Talk) -> Iterator[Step]:
    """Answer the fields of the debrief, the moderator and the assistant in turn."""
    yield talk.act("moderator", "debrief begin")
    for number, (who, text) in enumerate(zip(cycle(IN_TURN), talk.words.lists["debrief"]), 1):
        yield from talk.pass_time(talk.rng.randint(45, 100) * SECOND)
        yield talk.act(who, f"debrief {number} {text}")
