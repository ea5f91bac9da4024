"""The first page: what was said before what was counted, by rules that weigh nothing, and nothing of who refused."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from acting import act
from exports.full_session import material_of
from kring.report.content import report_of
from kring.report.parts import Beside, Listing, Mentions, Quotes, Section, Sentences, leaves
from kring.report.said.quotes import LONGEST_AT_FIRST
from kring.report.said.tags import LONGEST_WORDS
from kring.report.words import shortened
from kring.session.session import Session
from kring.system.clock import SimulatedClock


@pytest.fixture
def talk(session: Session, clock: SimulatedClock) -> Session:
    act(session, "consent all yes except 3", "attend all present", "start anyway", "go 2.1")
    clock.advance(30_000)
    return session


def page(session: Session) -> Section:
    return report_of(material_of(session.state)).sections[0]


def shown(session: Session, kind: type) -> list:
    return [block for block in leaves([page(session)]) if isinstance(block, kind)]


def test_at_most_five_starred_quotes_two_of_one_person_and_every_segment(talk: Session, clock: SimulatedClock) -> None:
    for n in range(4):
        clock.advance(1000)
        act(talk, f'note * "veel {n}" @1')
    act(talk, 'note * "twee" @2', 'note * "vier" @4', 'note * "vijf" @5', 'note * "zes" @6', 'note * "weigert" @3')
    segments = {"P1": "a", "P2": "a", "P4": "a", "P5": "a", "P6": "b"}
    rows = [replace(row, segment=segments.get(code, "a")) for code, row in talk.state.participants.items()]
    found = next(
        one for one in leaves(report_of(material_of(talk.state.put(rows))).sections) if isinstance(one, Quotes)
    )
    assert found.title == "5 of 8 starred quotes"
    assert sorted(one.who.name for one in found.quotes) == ["P1", "P2", "P4", "P5", "P6"]


def test_a_line_of_the_summary_that_is_a_quote_is_shown_once_and_as_that(talk: Session) -> None:
    act(talk, 'note * "te duur" @1', "note *~ vindt het gedoe @2", "summary make", 'note * "nog een" @4')
    (summary,) = shown(talk, Sentences)
    assert [(one.text, one.by) for one in summary.sentences] == [("te duur", "P1"), ("vindt het gedoe", "")]
    assert summary.source == "Written by A. It was not read back."
    (quotes,) = shown(talk, Quotes)
    assert (quotes.title, [one.text for one in quotes.quotes]) == ("1 starred quote", ["nog een"])


def test_three_starred_quotes_stand_beside_a_summary_of_quotes(talk: Session, clock: SimulatedClock) -> None:
    for seat in (1, 1, 2, 4):
        act(talk, f'note * "samengevat" @{seat}')
    act(talk, "summary make")
    for seat in (1, 2, 4, 5, 6):
        clock.advance(1000)
        act(talk, f'note * "later {seat}" @{seat}')
    (quotes,) = shown(talk, Quotes)
    texts = [one.text for one in quotes.quotes]
    assert (quotes.title, texts) == ("3 of 5 starred quotes", ["later 2", "later 5", "later 6"])


def test_the_sign_behind_a_speaker_is_explained_where_it_first_stands(talk: Session) -> None:
    def last() -> str:
        return getattr(list(leaves([page(talk)]))[-1], "text", "")

    act(talk, 'note "te duur" #prijs @1')
    assert "†" not in last()
    act(talk, "floor 2", 'note "te veel" #gedoe')
    assert last().startswith("† = who spoke was taken from the log")


def test_of_a_long_quote_the_first_page_has_the_beginning(talk: Session) -> None:
    long = "het is gedoe, " * 150
    act(talk, f'note * "{long}" @1')
    report = report_of(material_of(talk.state))
    (first, under) = [one.quotes[0].text for one in leaves(report.sections) if isinstance(one, Quotes)]
    assert under == long.strip()
    assert len(first) <= LONGEST_AT_FIRST + 2
    assert under.startswith(first.removesuffix(" …"))
    act(talk, "summary make")
    (summary,) = shown(talk, Sentences)
    assert summary.sentences[0].text == first


def test_tags_of_one_person_each_are_named_in_a_line(talk: Session) -> None:
    tags = " ".join(f"#los{n:02}" for n in range(20))
    act(talk, f'note "duur" #prijs {tags} @1', 'note "ook duur" #prijs @2')
    (about,) = shown(talk, Mentions)[:1]
    assert [one.label for one in about.mentions] == ["prijs"]
    assert about.rest.endswith("los14 1, 5 more.")


def test_before_the_start_nobody_came_yet(session: Session) -> None:
    told = [getattr(block, "text", "") for block in leaves(report_of(material_of(session.state)).sections)]
    assert "8 invited." in told
    assert not [line for line in told if "came" in line]


def test_a_correction_of_the_whole_stands_below_all_lines(talk: Session) -> None:
    act(talk, "note *~ vindt het gedoe @2", "summary make", "summary read", "correct 4 te kort door de bocht")
    (summary,) = shown(talk, Sentences)
    assert [one.corrections for one in summary.sentences] == [()]
    assert summary.corrections[0].startswith("P4 corrected the summary when it was read back: te kort door de bocht")


def test_noted_summaries_stand_where_the_group_had_none(talk: Session) -> None:
    act(talk, "note = eerst dit", "note *= dan dat")
    (summary,) = shown(talk, Sentences)
    assert [one.text for one in summary.sentences] == ["dan dat", "eerst dit"]
    assert summary.source.endswith("It was not read back.")


def test_what_is_kept_for_later_was_not_said(talk: Session) -> None:
    act(talk, "note ~ duur #prijs @1", "note ? wat kost het #prijs @2")
    (about,) = shown(talk, Mentions)
    assert [(one.label, one.figures) for one in about.mentions] == [("prijs", ("1", "1 time"))]
    assert sum(person.is_marked for person in about.mentions[0].people) == 1
    assert len(about.mentions[0].people) == 8
    listed = [item for block in shown(talk, Listing) for item in block.items]
    assert any(item.startswith("Kept for later and not asked: wat kost het") for item in listed)


def test_long_words_under_a_tag_end_at_a_clause(talk: Session) -> None:
    said = "toen ben ik naar de balie gelopen met mijn volle kar en alles, en daar zeiden ze dat het niet kon, nooit"
    act(talk, f'note "{said}" #kassa @1')
    (about,) = shown(talk, Mentions)
    assert about.mentions[0].words == "toen ben ik naar de balie gelopen met mijn volle kar en alles …"
    assert shortened("x" * 200, LONGEST_WORDS) == "x" * LONGEST_WORDS + " …"


def test_before_the_start_nothing_is_claimed(session: Session) -> None:
    (block,) = page(session).blocks
    assert not isinstance(block, Beside)
