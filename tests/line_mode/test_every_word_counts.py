"""No word behind a command is ever overlooked: it is text, a moment, or refused by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acting import act
from kring.commands.command import Command
from kring.commands.table import OF_LINES
from kring.domain.decide import decision
from kring.domain.decide.group import observers
from kring.line_mode.conversation import Conversation, Quit
from kring.session.session import Me, Session
from kring.system.clock import SimulatedClock

NONSENSE = "qzx"


def of_each(commands: list[Command] | tuple[Command, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("command", commands, ids=lambda command: command.word)


@pytest.fixture
def conversation(make_session: Callable[..., Session], clock: SimulatedClock) -> Conversation:
    session = make_session("Els", "moderator")
    act(session, "doors", "start anyway", "next", "note *een", "summary make", "floor 3", "issue P4 geluid")
    act(session, "cue nog vijf minuten")
    session.do_as(Me("Mila", "observer", "third"), decision(observers.ask, "q", "Kent u de app?"))
    clock.advance(60_000)
    return Conversation(session, None, clock)


@pytest.mark.parametrize(
    "typed",
    sorted(
        {
            begin.replace(command.word, word, 1)
            for command in OF_LINES.commands
            for word in (command.word, *command.aliases)
            for begin in (command.word, command.usage or command.word)
        }
    ),
)
def test_a_word_that_means_nothing_stands_in_the_answer(conversation: Conversation, typed: str) -> None:
    assert NONSENSE in (conversation.answer(f"{typed} {NONSENSE}") or "")


@of_each(OF_LINES.commands)
def test_a_moment_is_taken_or_refused(conversation: Conversation, command: Command) -> None:
    answer = conversation.answer(f"{command.word} -75x") or ""
    assert "-75x" in answer
    if command.timed:
        assert answer == "! -75x is no time: write -2m, -90s or 20:15."


def test_quit_with_a_word_behind_it_does_not_quit(conversation: Conversation) -> None:
    assert conversation.answer("quit now") == "! Nothing goes behind this command: now is not understood."
    with pytest.raises(Quit):
        conversation.answer("quit")


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("next 2m", "! 2m is no time: write -2m, -90s or 20:15."),
        ("pause 5", "! 5 is no time: write -2m, -90s or 20:15."),
        ("recording -3", "! -3 is no time: write -2m, -90s or 20:15."),
        ("end 25:00", "! 25:00 is no time: write -2m, -90s or 20:15."),
        ("end 20:15 nu", "! 20:15 nu is no time: write -2m, -90s or 20:15."),
        ("undo 3", "! 3 is not understood here: anyway, toch may follow."),
        ("start now", "! now is not understood here: anyway, toch may follow."),
        ("wait 2m daarna", "! 2m daarna is no number of minutes."),
    ],
)
def test_what_was_overlooked_once_is_refused(conversation: Conversation, typed: str, refused: str) -> None:
    assert conversation.answer(typed) == refused


def test_a_line_without_a_command_tells_how_a_note_and_a_turn_begin(session, clock):
    conversation = Conversation(session, None, clock)
    assert conversation.answer("te duur, zegt ze") == (
        "! There is no command te; help shows them all. A note begins with: note"
    )  # fmt: skip
    assert conversation.answer('"te duur') == (
        '! There is no command "te; help shows them all. A note begins with: note'
    )  # fmt: skip
    assert conversation.answer("3") == "! There is no command 3; floor 3 gives a seat the floor."
    assert "A note begins" not in str(conversation.answer("help te"))
