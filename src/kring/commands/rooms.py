"""How rooms for parts of the group are typed: drawn, by segment, by hand, led, longer, and over."""

from __future__ import annotations

from kring.commands.command import Answers
from kring.commands.decisions import seconds_of
from kring.domain.decide import Decision, decision
from kring.domain.decide.group import rooms
from kring.domain.text import Refused, one_line

DRAW = ("draw", "loten")
SEGMENT = ("segment", "klantgroep")
BACK = ("back", "terug")
LEAD = ("lead", "leiden")


def cut_all(text: str) -> Answers:
    """Take what becomes of all rooms, and refuse to overlook a word."""
    word, _space, rest = text.strip().partition(" ")
    if rest and word.casefold() not in DRAW:
        raise Refused("{words} is not understood: say draw 2, segment, back, or +2.", words=one_line(text))
    return (word, rest.strip()) if rest else (word,)


def of_all(word: str = "", count: str = "") -> Decision:
    """Decide what becomes of all rooms."""
    match word.casefold():
        case draw if draw in DRAW:
            return decision(rooms.draw, count)
        case segment if segment in SEGMENT:
            return decision(rooms.by_segment)
        case back if back in BACK:
            return decision(rooms.close)
    if word[:1] not in ("+", "-", "−"):
        raise Refused("{words} is not understood: say draw 2, segment, back, or +2.", words=one_line(word))
    return decision(rooms.add_time, seconds_of(word))


def cut_one(text: str) -> Answers:
    """Take the number of a room, and who goes there, or who leads it."""
    number, _space, rest = text.strip().partition(" ")
    if not rest:
        raise Refused("{words}: say a room and who goes there, such as room 2 3,4.", words=one_line(text))
    word, _space, name = rest.strip().partition(" ")
    return (number, "lead", name.strip()) if word.casefold() in LEAD else (number, "", rest.strip())


def of_one(number: str, act: str, who: str) -> Decision:
    """Decide who goes to a room, or who leads it."""
    return decision(rooms.lead if act else rooms.put, number, who)
