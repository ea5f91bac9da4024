"""The topline: people are counted, not mentions; who may not be quoted is not; and it's one page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acting import act
from browser import Browser
from exports.full_session import material_of
from kring.cli.main import main
from kring.domain.measures.topline import gists
from kring.domain.plan import GuideItem, Plan, PlannedParticipant
from kring.report import html
from kring.report.content import report_of
from kring.report.markdown import text
from kring.report.parts import Listing, Mentions, Report, Table, leaves
from kring.report.topline import MOST_QUESTIONS, topline
from kring.report.word import document as word
from kring.session.session import Session
from kring.system.clock import SimulatedClock


def page(session: Session) -> Report:
    return topline(material_of(session.state))


def rows(session: Session) -> dict[str, tuple[str, ...]]:
    found = [block for section in page(session).sections for block in section.blocks if isinstance(block, Table)]
    return {row[0].split(" ")[0]: row for table in found for row in table.rows}


def listed(session: Session, section: str) -> list[str]:
    blocks = [block for one in page(session).sections if one.id == section for block in one.blocks]
    return [item for block in blocks if isinstance(block, Listing) for item in block.items]


@pytest.fixture
def talk(session: Session, clock: SimulatedClock) -> Session:
    act(session, "consent all yes except 3", "attend all present", "start anyway", "go 2.1")
    clock.advance(30_000)
    return session


def test_a_tag_counts_people_and_not_how_often_they_said_it(talk: Session) -> None:
    act(talk, *['note "te duur" #prijs @1'] * 6, "note ~ ook duur #Prijs @2", "note ~ gedoe #gedoe @4")
    act(talk, "note ~ gedoe met de app #gedoe @5", "note ~ gedoe #gedoe @6", "note ( duur, dunkt mij #prijs")
    assert rows(talk)["2.1"][2] == "#gedoe 3, #prijs 2"


def test_who_agrees_is_a_head_count_and_says_of_whom_it_is_not_known(talk: Session) -> None:
    act(talk, "statement te duur", "consensus 2.1a 1 agrees", "consensus 2.1a 2 nods", "consensus 2.1a 4 dissents")
    told = next(line for line in listed(talk, "counts") if line.startswith("2.1a"))
    assert told == "2.1a te duur: 2 of 8 agree, 1 does not, 1 nods, not looked at: 5"
    found = leaves(report_of(material_of(talk.state)).sections)
    row = next(one for block in found if isinstance(block, Mentions) for one in block.mentions if one.label == "2.1a")
    assert [person.name for person in row.people if person.is_marked] == ["P1", "P2"]
    assert (row.figures, row.words) == (("2 of 8", "agree"), "te duur")
    assert row.by == "disagree: P4; not looked at: P3, P5, P6, P7 and P8"


def test_tags_of_the_team_are_no_opinion_of_anybody(talk: Session) -> None:
    act(talk, "note ~ spaart niet meer #hypothese @1", "note ~ bellen #actie @2")
    assert rows(talk)["2.1"][2] == "–"


def test_a_quote_is_of_who_may_be_quoted_and_a_starred_one_goes_first(talk: Session) -> None:
    act(talk, 'note * "van wie weigert" @3', 'note "van wie mag" @1', 'note "half …" @2', 'note * "mooi" @2')
    assert rows(talk)["2.1"][3] == "“mooi” P2"
    assert "weigert" not in text(page(talk))
    act(talk, "consent 2 no quoting")
    assert rows(talk)["2.1"][3] == "“van wie mag” P1"


def test_what_was_not_asked_or_is_kept_for_later_is_told(session: Session, clock: SimulatedClock) -> None:
    act(session, "consent all yes", "start anyway", "go 1.1", "floor 1")
    clock.advance(30_000)
    act(session, "note ? wat kost het", 'note "half …"')
    assert listed(session, "open") == [
        "had to be asked: 2.1 Vertel eens over de laatste keer",
        *(line for line in listed(session, "open") if line.startswith("not asked")),
        "kept for later: wat kost het",
        "1 quote to complete from the recording",
    ]


def test_where_nobody_was_invited_those_who_walked_in_are_counted(session: Session) -> None:
    session.read_plan(Plan(title="Open avond"), anyway=True)
    act(session, "add Noor", "add Ria", "start anyway")
    assert listed(session, "counts")[0] == "2 came who were not on the list."


def test_before_anything_was_noted_it_claims_nothing(session: Session) -> None:
    assert gists(session.state, session.now()) == []
    assert [one.id for one in page(session).sections] == ["counts", "open"]


def long_guide() -> Plan:
    ask = "Wat gaat er door u heen als u denkt aan het programma waar u al jaren lid van bent, " * 3
    items = [GuideItem(id="s", kind="section", text="Alles", number="1")]
    items += [
        GuideItem(id=f"q{n}", parent="s", position=n, kind="question", number=f"1.{n}", text=ask, must_ask=n > 14)
        for n in range(1, 25)
    ]
    people = tuple(
        PlannedParticipant(code=f"P{seat}", name=f"Naam{seat}", seat=seat, consents=(("all", True),))
        for seat in range(1, 9)
    )
    title = "Een heel lange titel van een groep " * 3
    return Plan(title=title, guide=tuple(items), participants=people, language="nl")


def full(session: Session, clock: SimulatedClock) -> Session:
    act(session, "attend all present", "start anyway")
    said = "dat is zo'n lang verhaal dat niemand het ooit op een regel krijgt, " * 6
    for n in range(1, 15):
        act(session, f"go q{n}")
        clock.advance(60_000)
        for seat in range(1, 9):
            act(session, f'note "{said}" @{seat} #eenlanglabel{n} #nogeenlabel{n} #derde{n} #vierde{n}')
    act(session, *[f"note ? {said}"] * 4, "end", *(f"debrief {n} {said}" for n in range(1, 8)))
    return session


@pytest.mark.slow
def test_an_evening_full_of_long_texts_is_one_printed_page(
    session: Session, clock: SimulatedClock, browser: Browser, tmp_path: Path
) -> None:
    session.read_plan(long_guide(), anyway=True)
    report = page(full(session, clock))
    assert all(len(block.rows) <= MOST_QUESTIONS for one in report.sections for block in one.blocks
               if isinstance(block, Table))  # fmt: skip
    file = tmp_path / "topline.html"
    file.write_bytes(html.written(report))
    printed = browser.page(file).printed()
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
    assert word.written(report)


def test_it_is_written_beside_the_session(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    act(session, "start anyway", "end")
    path = session.store.path
    session.close()
    assert main(["topline", str(path), "--lang", "en"]) == 0
    assert path.with_name(f"{path.stem}-topline.html").read_text("utf-8").startswith("<!doctype")
    assert main(["topline", str(path), "-o", str(path), "--lang", "en"]) == 1
    assert ".docx or .md" in capsys.readouterr().err
