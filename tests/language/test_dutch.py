"""The Dutch of the screens: the words of the field, one for each thing, and short where there is little room."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kring.commands.table import COMMANDS, OF_LIVE
from kring.domain.decide import decision
from kring.domain.decide.session import start
from kring.plans.plan_reader import read_plan
from kring.system import i18n
from kring.system.i18n import _
from kring.ui.help import hints
from kring.ui.views.typing import grammar
from kring.ui.widgets.key_bar import fitting
from kring.ui.widgets.line import width

PO = i18n.LOCALE / "nl" / "LC_MESSAGES" / "kring.po"

GLOSSARY = {
    "Discussion guide": "Gespreksleidraad",
    "Checklist": "Controlelijst",
    "Cues": "Seintjes",
    "cue": "seintje",
    "probe": "doorvraag",
    "key question": "sleutelvraag",
    "opening question": "openingsvraag",
    "introductory question": "inleidende vraag",
    "transition question": "overgangsvraag",
    "ending question": "slotvraag",
    "moderator": "gespreksleider",
    "participant": "deelnemer",
    "crosstalk": "door elkaar praten",
    "silence": "stilte",
    "break": "pauze",
    "Quote": "Citaat",
    "Paraphrase": "Parafrase",
    "Own remark": "Eigen opmerking",
    "Nonverbal": "Non-verbaal",
    "Summary": "Samenvatting",
    "to complete": "nog aan te vullen",
    "technical issue": "technisch probleem",
    "{time} behind": "{time} achter",
    "{time} ahead": "{time} voor",
    "expected": "verwacht",
    "waiting room": "wachtruimte",
    "present": "aanwezig",
    "away": "even weg",
    "left": "vertrokken",
    "no-show": "niet verschenen",
    "breakout group": "subgroep",
    "tag": "label",
    "recording": "opname",
}
# words of another field, or English where there is Dutch
STRANGE = (
    "respondent", "klant", "checklist", "moderator", "agenda", "gids", "cue", "probe", "tag", "floor", "sectie",
    "transcriptie", "event", "events", "backup", "opslaan", "opgeslagen", "file",
)  # fmt: skip


@pytest.fixture(autouse=True)
def dutch():
    i18n.use("nl")
    yield
    i18n.use("en")


def catalogue():
    with PO.open("rb") as lines:
        return [message for message in read_po(lines, locale="nl") if message.id]


def forms(text):
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize(("english", "word"), GLOSSARY.items())
def test_a_thing_has_its_own_word(english, word):
    assert _(english) == word


def test_no_word_is_of_another_field():
    found = [
        (word, form)
        for message in catalogue()
        for form in forms(message.string)
        for word in STRANGE
        if re.search(rf"(?<![-\w{{(.]){word}(?![\w}}])", re.sub("`[^`]*`", "", form))  # `as the file has it`
    ]
    assert found == []


def test_a_sentence_ends_as_its_english_does():
    odd = [
        (english, form)
        for message in catalogue()
        for english, form in zip(forms(message.id), forms(message.string), strict=True)
        if english.rstrip()[-1:] in ".:?" and form.rstrip()[-1:] != english.rstrip()[-1:]
    ]
    assert odd == []


def test_blanks_around_a_text_are_kept():
    odd = [
        (english, form)
        for message in catalogue()
        for english, form in zip(forms(message.id), forms(message.string), strict=True)
        if (english[:1] == " ", english[-1:] == " ") != (form[:1] == " ", form[-1:] == " ")
    ]
    assert odd == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_the_key_bar_names_is_short(lang):
    i18n.use(lang)
    labels = [_(hint.label or command.label) for command in COMMANDS for hint in command.hints]
    assert [label for label in labels if len(label) > 18] == []
    assert sum(map(len, labels)) / len(labels) <= 9


@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_key_bar_is_worth_its_line(role, lang, session):
    i18n.use(lang)
    session.do(decision(start, passing=True))
    found = tuple(hints(OF_LIVE, role, session.state, {}))
    assert shown(fitting(found, 61), found) >= 4
    assert shown(fitting(found, 121), found) >= 8


def test_the_grammar_of_a_note_is_in_sight_on_a_small_screen():
    line = fitting(tuple(grammar()), 61)
    text = "".join(part for part, _look in line)
    assert width(line) <= 61
    assert "citaat" in text
    assert "eigen" in text


def shown(line, found):
    text = "".join(part for part, _look in line)
    return sum(f" {hint.key} {hint.label} " in text for hint in found)


def test_the_dutch_plan_has_no_warning():
    plan = Path(__file__).parents[2] / "sessions" / "loyaliteit-groep-1.md"
    assert read_plan(plan.read_text("utf-8"), plan.name).warnings == ()
