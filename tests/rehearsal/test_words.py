"""What the simulated group says reads as intended by the note line, and stays new for a whole evening."""

import random

import pytest

from kring.domain import note_line
from kring.domain.text import clean
from kring.rehearsal.words import FOLDER, Sayings, as_stub, read_words

NOTE_LISTS = ("everywhere", "remarks", "late remarks", "nonverbal", "silence", "crosstalk", "moderator", "so far")
KINDS = {'"': "quote", "~": "paraphrase", "(": "remark", "/": "nonverbal", "=": "summary"}


def notes_of(language):
    words = read_words(language)
    return [note for topic in words.topics for note in topic.notes] + [
        note for name in NOTE_LISTS for note in words.lists[name]
    ]


@pytest.mark.parametrize(("language", "least"), [("nl", 150), ("en", 60)])
def test_there_is_enough_to_say_and_nothing_twice(language, least):
    notes = notes_of(language)
    assert len(notes) >= least
    assert len(set(notes)) == len(notes)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_note_is_of_the_kind_of_its_sign(language):
    for line in notes_of(language):
        draft = note_line.read(line)
        assert (line, draft.kind, draft.unknown, draft.back_ms) == (line, KINDS[line[0]], (), 0)
        assert draft.text
        assert "#" not in draft.text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_files_hold_nothing_that_a_terminal_obeys(language):
    text = (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    assert clean(text) == text
    assert "[" not in text


def test_both_languages_have_the_same_lists():
    assert read_words("nl").lists.keys() == read_words("en").lists.keys()
    assert len(read_words("nl").topics) == len(read_words("en").topics)


def test_a_language_that_nobody_wrote_for_is_dutch():
    assert read_words("de") == read_words(None) == read_words("nl")


def test_parked_questions_are_parked():
    for language in ("nl", "en"):
        assert all(note_line.read(line).parked for line in read_words(language).lists["parked"])


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Kunt u zich voorstellen, en laten zien wat u ziet?", "voorstellen"),
        ("Vertel over de laatste keer dat u inwisselde", "laatste keer"),
        ("Uw punten verlopen na een jaar", "verlopen"),
        ("Welk van de twee zou u kiezen?", "welk van de twee"),
        ("Wat hebben we vergeten?", "vergeten"),
    ],
)
def test_a_question_finds_its_topic_by_its_words(question, topic):
    assert topic in read_words("nl").topic_of(question, 0.0).keywords


def test_a_question_without_known_words_finds_a_topic_by_its_place():
    words = read_words("nl")
    assert words.topic_of("Xyz", 0.0) is words.topics[0]
    assert words.topic_of("Xyz", 0.999) is words.topics[-1]


def test_nothing_is_said_again_before_all_was_said():
    words = read_words("nl")
    sayings = Sayings(words, random.Random(1))
    topic = words.topics[5]
    first = [sayings.drawn(topic.notes) for _ in topic.notes]
    assert sorted(first) == sorted(topic.notes)
    assert not sayings.has_new(topic.notes)
    later = [sayings.drawn(topic.notes) for _ in topic.notes]
    assert not set(later) & set(first)
    assert not [line for line in later if line.startswith('"')]


def test_a_stub_is_read_as_one():
    draft = note_line.read(as_stub('" het voelt als een boete, terwijl ik niks fout deed #gevoel'))
    assert draft == note_line.NoteDraft("quote", "het voelt als een boete …", stub=True)
