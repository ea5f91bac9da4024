"""The commands about observers: what becomes of their questions, and which notes they see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kring.commands.command import LINES, LIVE, Answers, Choice, Command, FaceAction, Part
from kring.commands.cut import nothing, optional, whole, words
from kring.commands.decisions import by
from kring.domain.decide.group import observers
from kring.domain.rows import QuestionStatus
from kring.domain.text import N_, Refused, one_line

NOTES_SHOWN: Sequence[Choice] = (
    Choice("1", "none", N_("no notes")),
    Choice("2", "starred", N_("the starred notes")),
    Choice("3", "all", N_("all notes")),
)


def _which_and_why(text: str) -> Answers:
    """Take which question, and why; `-` stands for no reason."""
    found = words(1, 2)(text)
    if len(found) < 2:
        told = one_line(text)
        raise Refused("Say why behind {word}: the observer is told; - stands for no reason.", word=told)
    return found


# fmt: off
OBSERVERS = Command("observers", N_("observers"), N_("Show the questions of observers, and what became of each."),
    "session", LIVE | LINES, None, nothing, (), (), ("meekijkers",), action=FaceAction.OBSERVERS)
ACCEPT = Command("accept", N_("accept a question"),
    N_("Give the moderator a question of an observer as a cue: the oldest new one, or the one named."), "session",
    LIVE | LINES, by(observers.accept), optional, (), (Part.OBSERVER_QUESTION,), ("doorgeven",), "accept 1")
DECLINE = Command("decline", N_("decline a question"),
    N_("Decline a question of an observer, who is told why; - stands for no reason."), "session", LIVE | LINES,
    by(observers.decline), _which_and_why, (), (Part.OBSERVER_QUESTION, Part.WHY), ("afwijzen",),
    "decline 1 comes later")
PUT = Command("put", N_("question put to the group"),
    N_("Log that a question of an observer was put to the group: the oldest accepted one, or the one named."),
    "session", LIVE | LINES, by(observers.put_to_group), optional, (), (Part.OBSERVER_QUESTION,), ("voorgelegd",),
    "put 1")
REVEAL = Command("reveal", N_("notes for observers"),
    N_("Decide which notes observers see: none, the starred ones, or all."), "session", LIVE | LINES,
    by(observers.show_notes), whole, (), (Part.NOTES_SHOWN,), ("laatzien",), "reveal starred",
    only="moderator")
# fmt: on
OBSERVER_COMMANDS = (OBSERVERS, ACCEPT, DECLINE, PUT, REVEAL)
STILL_TO: Mapping[str, Sequence[QuestionStatus]] = {
    ACCEPT.word: ("new", "declined"),
    DECLINE.word: ("new", "accepted"),
    PUT.word: ("accepted", "new", "declined"),
}
"""What the questions are for which a command can be given, those that it is mostly given for first."""
