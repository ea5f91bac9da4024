"""On thousands of sentences: hardly a word is taken for a name, and hardly a name is overlooked.

The sentences are those that kring ships: what the simulated group says, the sentences of the program in both languages,
and the manual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kring.privacy.names import Names

HERE = Path(__file__).parents[2]
SAID = HERE / "src/kring/rehearsal/said"
CATALOGUE = HERE / "src/kring/locale/nl/LC_MESSAGES/kring.po"
WORDS_IN_ALL = 10_000
ROSTERS = {
    "nl": (
        "Jan Bakker;Els Groot;Anna de Boer;Wim van den Berg;Piet Klein;Roos Sterk;Mark de Wit;Onderzoeker Een",
        "Joost Koning;Bloem Visser;Fleur Smit;Merel Vos;Frank Mulder;Linde de Jong;Guus Kok;Mei Lang",
        "Storm Prins;Ria de Graaf;Bas Kort;Henk Best;Sanne Post;Kees Dekker;Ton Vrij;Wil Goed",
        "Job Bruin;Mees Schipper;Peter Meer;Tess Kuiper;Lot Brouwer;Hans de Vries;Toon Dijk;Ben Tijd",
        "Rik Haan;Lente Appel;Karin Steen;Noor Vraag;Bo Peters;Truus Zaal;Sem Hoek;Pim de Haas",
    ),
    "en": (
        "Will Young;May Brown;Mark Price;Grace Long;Hope White;Art Green;Rose King;Researcher One",
        "Joy Baker;Faith Cook;Bill Hill;Jack Wood;Pat Stone;Sue Banks;Drew Park;Frank Fox",
        "Grant Bell;Chase Bishop;Pearl Reed;Ruby Lane;Heather Brooks;Amber Case;Summer Day;June Field",
        "Miles Walker;Dale Hunter;Guy Carpenter;Ray Black;Gene Cross;Rob Sharp;Dawn Best;Penny Little",
        "Ivy Church;Lily Good;Iris Bird;Norm Wise;Max Power;Dean Small;Bob Time;Ann Question",
    ),
}
FRAMES = {
    "nl": (
        "dat vond {} ook", "volgens {} is het te duur", "toen vroeg {} of het anders kon", "we gaven {} het woord",
        "Ja, zegt {}, dat klopt", "het idee van {} was beter", "ik zat naast {} aan tafel", "en {} knikte alleen",
        "Dank je, {}!", "samen met {} en de anderen", "zoals {} net zei: te duur", "de kaart van {} werkte niet",
        "{} vindt het te duur", "{} zei dat het kon", "{} heeft een kaart", "{}: dat klopt", "@{} bel je even",
    ),
    "en": (
        "that is what {} thought", "then {} asked for another", "we gave {} the floor", "Yes, says {}, it does",
        "the idea of {} was better", "I sat beside {} at the table", "and {} just nodded", "Thank you, {}!",
        "together with {} and the others", "as {} just said: too much", "{} says it is too much", "{} had a card",
        "{}: that is right", "@{} please call", "according to {} it is late",
    ),
}  # fmt: skip


@cache
def sentences(language: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(part for text in _texts(language) for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part)
    )


def _texts(language: str) -> Iterator[str]:
    for name in (language, f"any-{language}"):
        yield (SAID / f"{name}.txt").read_text("utf-8")
    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            told = message.string if language == "nl" else message.id
            yield from (told,) if isinstance(told, str) else told
    pages = [HERE / "README.nl.md"] if language == "nl" else [HERE / "README.md", *sorted((HERE / "docs").glob("*.md"))]
    for page in pages:  # without what is between signs of code, and without names given as examples
        yield re.sub(
            r"```.*?```|`[^`\n]*`|\*[^*\n]+\*|\([^()\n]*\)|\[|\]", "", page.read_text("utf-8"), flags=re.DOTALL
        )


@pytest.mark.parametrize("language", ROSTERS)
def test_of_ten_thousand_words_less_than_one_is_taken_for_a_name(language: str) -> None:
    read = words = 0
    taken: list[str] = []
    for roster in ROSTERS[language]:
        names = Names([(name, f"P{seat}") for seat, name in enumerate(roster.split(";"), 1)], language)
        for sentence in sentences(language):
            read += 1
            words += len(sentence.split())
            taken += [f"{found.text}: {sentence}" for found in names.found(sentence) if found.verdict.hides]
    assert read >= 10_000
    assert len(taken) * WORDS_IN_ALL < words, taken


def called(name: str, language: str) -> Iterator[str]:
    """Yield the ways in which people say and write a name."""
    given, _space, surname = name.partition(" ")
    title = "mevrouw" if language == "nl" else "Mrs"
    yield from (
        name,
        given,
        surname[0].upper() + surname[1:],
        f"{title} {surname}",
        name.upper(),
        f"{given[0]}. {surname}",
    )


@pytest.mark.parametrize("language", ROSTERS)
def test_of_a_hundred_names_less_than_one_is_overlooked(language: str) -> None:
    people = [name for roster in ROSTERS[language] for name in roster.split(";") if not name.endswith((" Een", " One"))]
    overlooked, hidden, read = [], 0, 0
    for seat, name in enumerate(people, 1):
        names = Names([(name, f"P{seat}")], language)
        for frame, told in product(FRAMES[language], called(name, language)):
            read += 1
            found = names.found(frame.format(told))
            overlooked += [] if found else [frame.format(told)]
            hidden += any(one.verdict.hides for one in found)
    assert len(overlooked) * 100 < read, overlooked
    assert hidden > 0.85 * read, "most are replaced, the rest is shown"
