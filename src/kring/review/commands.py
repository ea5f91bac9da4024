"""The command table of the review: one declaration a command, as `session.commands` has for the live screens."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.text import N_
from kring.session.commands import Command, Shortcut, Table

GROUPS: dict[str, str] = {
    "moving": N_("Through the session"),
    "showing": N_("What is shown"),
    "correcting": N_("Correcting"),
    "coding": N_("Coding"),
    "program": N_("Program"),
}
SIDES = ("details", "moderator", "assistant", "charts", "codebook", "agreement")


def _act(word: str, label: str, help: str, group: str, *keys: Shortcut, asks: tuple[str, ...] = ()) -> Command:  # noqa: A002
    return Command(word, label, help, group, None, keys, asks, screen=True)  # type: ignore[arg-type]


# fmt: off
COMMANDS: tuple[Command, ...] = (
    _act("move", N_("move in time"), N_("Go back or forth in time; boards and sound follow."), "moving",
        Shortcut("right", "+1", N_("1 s later")), Shortcut("left", "-1", N_("1 s earlier")),
        Shortcut("full_stop", "+10", N_("10 s later")), Shortcut("comma", "-10", N_("10 s earlier")),
        Shortcut("right_square_bracket", "+60", N_("1 min later")),
        Shortcut("left_square_bracket", "-60", N_("1 min earlier"))),
    _act("go", N_("go to a time"), N_("Go to a time on the session's clock, such as 34:12 or 1:04:30."), "moving",
        Shortcut("g"), asks=("time",)),
    _act("mark", N_("next mark"), N_("Go to the next or the previous mark."), "moving",
        Shortcut("m", "next", N_("next")), Shortcut("M", "previous", N_("previous"))),
    _act("jump", N_("jump between"), N_("Choose what is jumped between: stars, stubs, what was not recorded …"),
        "moving", Shortcut("j"), asks=("stop",)),
    _act("next", N_("next one"), N_("Go to the next or the previous one of those."), "moving",
        Shortcut("n", "next", N_("next")), Shortcut("N", "previous", N_("previous"))),
    _act("play", N_("play"), N_("Play the recording from 5 s before the row; again: pause."), "moving",
        Shortcut("space")),
    _act("speed", N_("speed"), N_("Play faster or slower."), "moving",
        Shortcut("greater_than_sign", "faster", N_("faster")), Shortcut("less_than_sign", "slower", N_("slower"))),
    _act("find", N_("find"), N_("Show only what holds these words; beginnings and other forms of a word count."),
        "showing", Shortcut("slash")),
    _act("filter", N_("filter"), N_("Show only one kind, speaker, question, tag or code."), "showing",
        Shortcut("f")),
    _act("stubs", N_("to complete"), N_("Show the queue of quotes to complete; again: everything."), "showing",
        Shortcut("q")),
    _act("all", N_("show all"), N_("Take every filter away."), "showing", Shortcut("F")),
    _act("side", N_("beside"), N_("Choose what stands beside the timeline; again at the charts: the next chart."),
        "showing", Shortcut("f2", "details", N_("details"), typing=True),
        Shortcut("f3", "moderator", N_("moderator's board"), typing=True),
        Shortcut("f4", "assistant", N_("assistant's board"), typing=True),
        Shortcut("f5", "charts", N_("charts"), typing=True),
        Shortcut("f6", "codebook", N_("codebook"), typing=True),
        Shortcut("f7", "agreement", N_("agreement"), typing=True),
        Shortcut("tab", "next", N_("next"))),
    _act("large", N_("large"), N_("Give what stands beside the whole screen, or take it back."), "showing",
        Shortcut("v"), Shortcut("f8", typing=True)),
    _act("scroll", N_("scroll beside"), N_("Scroll what stands beside the timeline."), "showing",
        Shortcut("right_curly_bracket", "+5", N_("down")), Shortcut("left_curly_bracket", "-5", N_("up"))),
    _act("edit", N_("edit"), N_("Correct a note, or complete a quote; for a turn: say who speaks."), "correcting",
        Shortcut("e"), Shortcut("enter"), asks=("note", "note line", "why")),
    _act("who", N_("who"), N_("Say who speaks in a turn, or whom a note is about."), "correcting",
        Shortcut("w"), asks=("note or turn", "who", "why")),
    _act("times", N_("time"), N_("Correct the time of a note, or begin and end of a turn."), "correcting",
        Shortcut("i"), asks=("note or turn", "begin", "times", "why")),
    _act("split", N_("split"), N_("Make two turns of one at this second; say who speaks from here on."), "correcting",
        Shortcut("s"), asks=("turn here", "moment", "who", "why")),
    _act("merge", N_("merge"), N_("Make one turn of this one and the next one; its speaker stays."), "correcting",
        Shortcut("plus"), asks=("turn", "why")),
    _act("add", N_("new turn"), N_("Put in a turn that nobody logged, from this second on."), "correcting",
        Shortcut("a"), asks=("who", "begin", "times", "why")),
    _act("remove", N_("remove"), N_("Take out a note or a turn; its history stays in the file."), "correcting",
        Shortcut("delete"), asks=("note or turn", "why")),
    _act("tag", N_("tag"), N_("Put a tag on a note, or take it off."), "correcting", Shortcut("t"),
        Shortcut("number_sign"), asks=("note", "tags")),
    _act("star", N_("star"), N_("Star a note, or take its star away."), "correcting",
        Shortcut("asterisk"), asks=("note",)),
    _act("decide", N_("proposal"), N_("Accept or decline a change of the turns that the sound suggests."),
        "correcting", Shortcut("p"), asks=("proposal", "decision")),
    _act("decideall", N_("all proposals"), N_("Accept or decline all proposals that are shown."), "correcting",
        Shortcut("P"), asks=("proposals", "decision")),
    _act("code", N_("code"), N_("Put a code on a note or a turn, or take it off; a new name makes a new code."),
        "coding", Shortcut("c"), asks=("note or turn", "me", "code")),
    _act("memo", N_("memo"), N_("Write a memo on a note or a turn; where there is one of yours, change it."), "coding",
        Shortcut("o"), asks=("memo on", "me", "memo")),
    _act("remember", N_("memo on …"), N_("Write a memo on a code, or on the session as a whole."), "coding",
        Shortcut("O"), asks=("about", "me", "memo")),
    _act("codebook", N_("change a code"), N_("Change a code's name, description, colour or theme, or remove it."),
        "coding", Shortcut("b"), asks=("a code", "me", "change")),
    _act("judge", N_("I hear"), N_("Say as a second coder who speaks in a turn; the log stays as it is."), "coding",
        Shortcut("l"), asks=("turn", "who")),
    _act("hide", N_("hide codes"), N_("Hide or show what other coders did."), "coding", Shortcut("h")),
    _act("blind", N_("hide speakers"), N_("Hide or show who speaks in the log, to judge the turns blind."), "coding",
        Shortcut("H")),
    _act("undo", N_("undo"), N_("Take back your own last act."), "program", Shortcut("z"),
        Shortcut("ctrl+t", typing=True)),
    _act("redo", N_("redo"), N_("Bring back what you undid."), "program", Shortcut("y")),
    _act("theme", N_("light or dark"), N_("Change between the light and the dark theme."), "program"),
    _act("palette", N_("everything"), N_("Find any command by name."), "program", Shortcut("ctrl+p", typing=True)),
    _act("help", N_("help"), N_("Show every command and key."), "program", Shortcut("f1", typing=True)),
    _act("quit", N_("quit"), N_("Close the program; everything is saved."), "program",
        Shortcut("ctrl+q", typing=True)),
)
# fmt: on

BY_WORD: dict[str, Command] = {command.word: command for command in COMMANDS}
REVIEW = Table(GROUPS, COMMANDS, BY_WORD)


class Hint(NamedTuple):
    """A command of the key bar, with the text of its key that is shown."""

    word: str
    text: str | None = None


KEY_BAR: tuple[Hint, ...] = (
    Hint("find"),
    Hint("filter"),
    Hint("edit"),
    Hint("code"),
    Hint("who"),
    Hint("play"),
    Hint("memo"),
    Hint("undo"),
    Hint("stubs"),
    Hint("split"),
    Hint("times"),
    Hint("tag"),
    Hint("mark", "next"),
    Hint("side", "next"),
    Hint("large"),
    Hint("palette"),
    Hint("help"),
)
"""What the key bar names, in its order."""
WEIGHTS = ("help", "find", "edit", "code", "filter", "who", "play", "side", "stubs", "undo", "palette", "large")
"""What the key bar keeps longest where it is short."""
