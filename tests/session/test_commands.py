"""The command table: every command can be found by word, key and name, and can be explained."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.desk import LINES, Desk
from kring.domain.rows import Row
from kring.domain.text import Refused
from kring.session.commands import BY_WORD, COMMANDS, GROUPS, Command, call_of, command_of

OWN_WORDS = [command for command in COMMANDS if command.read is not None]
names = [command.word for command in COMMANDS]


def test_no_key_means_two_things() -> None:
    keys = Counter(shortcut.key for command in COMMANDS for shortcut in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_word_means_two_things() -> None:
    words = Counter(word for command in COMMANDS for word in {command.word, *command.aliases})
    assert [word for word, count in words.items() if count > 1] == []
    assert set(BY_WORD) == set(words)


@pytest.mark.parametrize("command", COMMANDS, ids=names)
def test_every_command_has_a_word_a_label_a_group_and_help(command: Command) -> None:
    assert re.fullmatch(r"[a-z]+", command.word)
    assert command.label
    assert command.help.endswith((".", "it."))
    assert command.group in GROUPS
    assert not command.usage or command.usage.split()[0] == command.word
    assert all(shortcut.label for shortcut in command.keys if shortcut.text)


@pytest.mark.parametrize("command", COMMANDS, ids=names)
def test_keys_that_work_while_typing_are_no_letters(command: Command) -> None:
    assert all(len(shortcut.key) > 1 for shortcut in command.keys if shortcut.typing)


@pytest.mark.parametrize("command", [c for c in OWN_WORDS if c.usage], ids=lambda command: command.word)
def test_the_usage_can_be_typed(command: Command) -> None:
    desk = Desk()
    desk.type("note een")
    _, said = command_of(command.usage)
    assert call_of(desk.state, command, said).verb


def test_an_unknown_word_is_refused_with_the_way_out() -> None:
    with pytest.raises(Refused, match="help"):
        command_of("dans 3")


@pytest.mark.parametrize(("line", "word"), [("NEXT", "next"), ("  woord 3 ", "floor"), ("einde", "end")])
def test_words_in_two_languages_and_any_case(line: str, word: str) -> None:
    assert command_of(line)[0].word == word


@pytest.mark.parametrize(
    ("line", "words"),
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
        ("tag last #zo'n #app", ("last", "#zo'n", "#app")),
        ("time +2 't Land", (120, "'t Land")),
        ("solved 4 3,5", ("4", 3.5)),
        ("solved 4 9999", ("4", 9999.0)),
        ("solved 4 12345", ("4 12345", None)),
        ("solved 4 " + "9" * 400, ("4 " + "9" * 400, None)),
    ],
)
def test_what_is_typed_behind_a_word_stays_as_it_is(line: str, words: tuple[object, ...]) -> None:
    command, said = command_of(line)
    assert call_of(Desk().state, command, said).arguments == words


@given(
    st.sampled_from([command.word for command in OWN_WORDS]),
    st.one_of(
        st.text(max_size=20),
        st.lists(st.sampled_from(["1", "P3", "@", "#", "'", "+", "99999", "last", "-1:30"]), max_size=3).map(" ".join),
    ),
    st.booleans(),
)
def test_whatever_is_typed_is_done_or_refused(word: str, said: str, started: bool) -> None:
    desk = Desk(started=started)
    desk.try_to_type(f"{word} {said}")


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
    rows = desk.state.session
    assert (rows.open_turn is None) == (desk.state.open_turn is None)
