"""The command table: every command can be found by word, key and name and is explained; every face does its own."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acting import LINES
from domain.desk import Desk
from kring.commands.choices import CHOICES
from kring.commands.command import Bar, Command, Face, Part
from kring.commands.table import COMMANDS, GROUPS, OF_LINES, OF_LIVE, OF_REVIEW, Slice
from kring.domain.rows import ROWS, Row
from kring.domain.text import Refused
from kring.line_mode.conversation import Conversation
from kring.session.session import Session
from kring.system.settings import Settings
from kring.ui.live.screen import LiveScreen
from kring.ui.review.screen import ReviewScreen

SLICES = {"live": OF_LIVE, "lines": OF_LINES, "review": OF_REVIEW}
BARS: dict[Face, tuple[Bar, ...]] = {
    Face.LIVE: ("prepared", "lobby", "moderator", "assistant", "ended", "typing"),
    Face.REVIEW: ("review",),
}
DECIDING = [command for command in OF_LINES.commands if command.decide is not None]
every = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{command.word}-{command.group}")
of_each = pytest.mark.parametrize("commands", SLICES.values(), ids=SLICES)


def called(commands: Slice) -> Counter[str]:
    return Counter(word for command in commands.commands for word in {command.word, *command.aliases})


@of_each
def test_no_key_means_two_things(commands: Slice) -> None:
    keys = Counter(shortcut.key for command in commands.commands for shortcut in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


@of_each
def test_no_word_means_two_things(commands: Slice) -> None:
    assert [word for word, count in called(commands).items() if count > 1] == []


@of_each
def test_the_groups_hold_every_command(commands: Slice) -> None:
    assert [command for group in commands.groups for command in commands.of(group)] != []
    assert sum(len(commands.of(group)) for group in commands.groups) == len(commands.commands)


@every
def test_every_command_has_a_word_a_label_a_group_and_help(command: Command) -> None:
    assert re.fullmatch(r"[a-z]+", command.word)
    assert command.label
    assert command.help.endswith((".", "it.", "…"))
    assert command.group in GROUPS
    assert not command.usage or command.usage.split()[0] == command.word
    assert all(shortcut.label for shortcut in command.keys if shortcut.text)


@every
def test_every_command_does_something_once(command: Command) -> None:
    assert command.decide is not None or command.action is not None
    assert command.cut is not None or command.decide is None or Face.LINES not in command.faces
    assert command.cut is None or Face.LINES in command.faces
    assert set(command.instead or {}) <= {row.TABLE for row in ROWS}


@every
def test_keys_that_work_while_typing_are_no_letters(command: Command) -> None:
    assert all(len(shortcut.key) > 1 for shortcut in command.keys if shortcut.typing)


@pytest.mark.parametrize("face", BARS, ids=lambda face: face.name)
def test_in_a_key_bar_every_rank_is_one_commands(face: Face) -> None:
    commands = Slice(COMMANDS, face).commands
    for bar in BARS[face]:
        ranks = sorted(hint.ranks[bar] for one in commands for hint in one.hints if bar in hint.ranks)
        first = 2 if bar == "lobby" else 1  # whose doors are open already
        assert ranks == list(range(first, first + len(ranks))), bar


def test_what_is_chosen_by_key_has_one_key_for_each_answer() -> None:
    for part, choices in CHOICES.items():
        assert max(Counter(choice.key for choice in choices).values()) == 1, part
        assert max(Counter(choice.answer for choice in choices).values()) == 1, part


def test_every_face_does_what_its_commands_leave_to_it(session: Session) -> None:
    faces = {
        "live": LiveScreen(session, Settings()).runner.actions,
        "lines": Conversation(session, None, None).actions,
        "review": ReviewScreen(session, Settings()).runner.actions,
    }
    for name, actions in faces.items():
        commands = SLICES[name].commands
        left_to_it = {command.action for command in commands if command.decide is None}
        known = {action for command in commands for action in (command.action, command.bare)}
        assert left_to_it <= set(actions) <= known, name


def test_every_part_is_asked_by_some_command() -> None:
    asked = {part for command in COMMANDS for part in (*command.asks, *command.asks_by_name)}
    asked |= {command.more.part for command in COMMANDS if command.more}
    asked |= {part for choices in CHOICES.values() for choice in choices for part in choice.then}
    by_screens = {Part.WORDS, Part.WHEN, Part.OWN_PROBE}  # of the search, an end that is told later, one's own probe
    assert set(Part) - asked == by_screens


@pytest.mark.parametrize("command", [one for one in DECIDING if one.usage], ids=lambda command: command.word)
def test_the_usage_can_be_typed(command: Command) -> None:
    desk = Desk()
    desk.type("note een")
    _, text = OF_LINES.read(command.usage)
    assert command.decision_of(text)


def test_an_unknown_word_is_refused_with_the_way_out() -> None:
    with pytest.raises(Refused, match="help"):
        OF_LINES.read("dans 3")
    with pytest.raises(Refused, match="screens only"):
        OF_LINES.read("palette")


@pytest.mark.parametrize(("line", "word"), [("NEXT", "next"), ("  woord 3 ", "floor"), ("einde", "end")])
def test_words_in_two_languages_and_any_case(line: str, word: str) -> None:
    assert OF_LINES.read(line)[0].word == word


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("rename 1 Jan 't Hart van 't Hof", ("1", "Jan 't Hart van 't Hof")),
        ("rename 1 'n Vriend", ("1", "'n Vriend")),
        ('rename 1 Jan "de  Boer" Smit', ("1", 'Jan "de  Boer" Smit')),
        ('rename 1 "Jan de Boer"', ("1", "Jan de Boer")),
        ("rename 'Jan de Boer' Piet\\", ("Jan de Boer", "Piet\\")),
        ("attend 4 away 't is zo'n drukte", ("4", "away", "'t is zo'n drukte")),
        ('attend "Noor van \'t Hof" away', ("Noor van 't Hof", "away")),
        ("answer 3 zo'n acht  #hoog", ("3", "zo'n acht  #hoog")),
        ('answer 3 "half', ("3", '"half')),
        ("tag last #zo'n #app", ("last", "#zo'n #app")),
        ("tag #app #zo'n", ("last", "#app #zo'n")),
        ("time +2 't Land", ("+2", "'t Land")),
        ("solved 4 3,5", ("4", "3,5")),
        ("solved 4 9999", ("4", "9999")),
        ("solved 4 12345", ("4 12345",)),
        ("solved 4 " + "9" * 400, ("4 " + "9" * 400,)),
        ("edit 1 ~ andere  tekst", ("1", "~ andere  tekst")),
        ("note", ("",)),
    ],
)
def test_what_is_typed_behind_a_word_stays_as_it_is(line: str, answers: tuple[str, ...]) -> None:
    command, text = OF_LINES.read(line)
    assert command.cut is not None
    assert command.cut(text) == answers


@given(
    st.sampled_from([command.word for command in DECIDING]),
    st.one_of(
        st.text(max_size=20),
        st.lists(st.sampled_from(["1", "P3", "@", "#", "'", "+", "99999", "last", "-1:30"]), max_size=3).map(" ".join),
    ),
    st.booleans(),
)
def test_whatever_is_typed_is_done_or_refused(word: str, text: str, started: bool) -> None:
    desk = Desk(started=started)
    desk.try_to_type(f"{word} {text}")


@pytest.mark.parametrize("line", sorted(set(LINES) - {"undo", "redo"}))
def test_a_refusal_leaves_no_trace(line: str) -> None:
    desk = Desk(begun=False, started=False)
    before: dict[str, dict[str, Row]] = desk.state.tables
    if desk.try_to_type(line) is None:
        assert desk.state.tables is before


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["Bo", "Els"])), max_size=30))
def test_any_lines_in_any_order_are_done_or_refused(lines: list[tuple[str, str]]) -> None:
    desk = Desk(started=False)
    for line, who in lines:
        desk.wait(7)
        desk.try_to_type(line, who)
    running = [turn for turn in desk.state.alive_turns if turn.ended_at is None]
    assert running == [turn for turn in [desk.state.open_turn] if turn is not None]
