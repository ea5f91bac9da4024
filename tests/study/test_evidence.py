"""What findings and hypotheses point to: shown as it may be told, counted by people, and said where it can't be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from acting import act
from kring.domain.study.model import FigureAndQuotes, Hypothesis, Study
from kring.domain.study.model import Finding as Found
from kring.plans.study.file import read_study_file
from kring.privacy import snapshot
from kring.study.finding.evidence import evidence, figures, unresolved, with_theirs
from kring.study.finding.finding import Finding
from kring.study.pointing import point, targets
from study.held import go_on, hold

LINES = {
    1: (
        "admit all",
        "start anyway",
        'note "wist Fatima het saldo niet" @1',
        'note "nooit op de bon gezien" @1',
        'note "ik weet het altijd" @2',
        "note ~ kent haar saldo niet @3",
        "note ( zelf bedacht",
        'note "iemand riep dit" @?',
    ),
    2: ("admit all", "start anyway", 'note "staat nergens" @1', 'note "ik kijk in de app" @5', 'note "weg ermee" @4'),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    for week, lines in LINES.items():
        session = hold(tmp_path / f"g{week}.db", week, *lines)
        act(session, "end")
        session.close()
    return tmp_path


@pytest.fixture
def finding(folder: Path) -> Iterator[Finding]:
    with Finding(folder, "Trouw") as opened:
        yield opened


def number(folder: Path, week: int, words: str) -> str:
    """Return the reference to the note that has some words."""
    notes = snapshot.read(folder / f"g{week}.db", with_names=True).state.notes.values()
    return f"groep {week} #{next(note.number for note in notes if words in note.text)}"


def test_somebody_who_says_it_three_times_is_one_person(folder: Path, finding: Finding) -> None:
    said = [
        (1, "het saldo niet"),
        (1, "op de bon"),
        (1, "altijd"),
        (1, "zelf bedacht"),
        (1, "iemand riep"),
        (2, "nergens"),
    ]
    told = evidence(finding, Found(code="B1", text="x", quotes="; ".join(number(folder, *one) for one in said)))
    assert told.problems == []
    texts = [one.hit.passage.text for one in told.quotes if one.hit]
    assert texts[0] == "wist P3 het saldo niet"
    assert figures(told.quotes) == oracle(folder, said)


def oracle(folder: Path, said: list[tuple[int, str]]) -> tuple[int, int, int, int]:
    """Count from the session files what participants said: groups, people, mentions, people by the log only."""
    notes = []
    for week, words in said:
        rows = snapshot.read(folder / f"g{week}.db", with_names=True).state.notes.values()
        notes.append((week, next(row for row in rows if words in row.text)))
    told = [(week, note) for week, note in notes if note.kind in ("quote", "paraphrase")]
    people = {(week, note.participant) for week, note in told if note.participant}
    sure = {(week, note.participant) for week, note in told if note.participant and not note.speaker_by_itself}
    return len({week for week, _note in told}), len(people), len(told), len(people - sure)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("groep 1 #999", "groep 1 #999: there is no such note."),
        ("groep 9 #1", "There is no group groep 9; there are: group 1, group 2."),
        ("#1", "#1 does not say of which group; write it as group 1 #12."),
        ("zie verslag", "zie verslag points to no note; write it as group 1 #12."),
        ("trouw #1", "There is no group trouw; there are: group 1, group 2."),
    ],
)
def test_what_points_nowhere_is_said_with_its_line(folder: Path, words: str, why: str) -> None:
    study = Study(title="Trouw", hypotheses=(Hypothesis(code="H1", text="x", against=words, line=7),))
    assert [(one.line, str(one.sentence)) for one in unresolved(folder, study)] == [(7, why)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("consent 4 quoting no", "may not be quoted: there is no consent to that."),
        ("remove last", "that note was taken out."),
        ("consent 4 no", "that note was taken out."),
    ],
)
def test_what_may_no_longer_be_quoted_is_not_shown_and_said(folder: Path, line: str, why: str) -> None:
    words = number(folder, 2, "weg ermee")
    study = Study(title="Trouw", findings=(Found(code="B1", text="x", quotes=f"{words}, #1", line=3),))
    before = [str(one.sentence) for one in unresolved(folder, study)]
    assert not any(words in sentence for sentence in before)
    go_on(folder / "g2.db", line)
    after = [str(one.sentence) for one in unresolved(folder, study)]
    assert next(sentence for sentence in after if sentence.startswith(words)).endswith(why)
    with Finding(folder, "Trouw") as opened:
        told = evidence(opened, study.findings[0])
    assert not any("weg ermee" in str(one) for one in told.quotes)


@pytest.mark.parametrize("words", ["1", "g1", "groep 1", "Group 1", "g1.db", "groep-1", "2026-12-10"])
def test_a_group_is_named_by_its_number_its_file_or_its_day(folder: Path, finding: Finding, words: str) -> None:
    note = number(folder, 1, "het saldo niet").partition("#")[2]
    (one,) = evidence(finding, Found(code="B1", text="x", quotes=f"{words} #{note}")).quotes
    assert one.hit is not None
    assert one.hit.passage.text == "wist P3 het saldo niet"


def test_a_code_beside_a_figure_brings_its_notes_and_its_counter_examples_to_the_other_side(folder: Path) -> None:
    study = Study(
        title="Trouw",
        findings=(Found(code="B1", text="x", quotes="1 #2", against="1 #3; 1 #999", line=4),),
        hypotheses=(Hypothesis(code="H1", text="x", quotes="2 #1", against="2 #2", line=5),),
        figures=(FigureAndQuotes(figure="NPS", quotes="b1, 1 #1", against="H1", line=6),),
    )
    told = with_theirs(study, study.figures[0])
    with Finding(folder, "Trouw") as finding:
        shown = evidence(finding, told)
    assert [one.told for one in shown.quotes] == ["1 #1", "1 #2", "2 #2"]
    assert [one.told for one in shown.against] == ["2 #1", "1 #3", "1 #999"]
    assert [one.line for one in unresolved(folder, study)] == [4]
    wrong = Study(title="Trouw", figures=(FigureAndQuotes(figure="NPS", quotes="B1", line=6),))
    assert [str(one.sentence) for one in unresolved(folder, wrong)] == [
        "B1 points to no note; write it as group 1 #12."
    ]


@pytest.mark.parametrize(
    ("there", "then"),
    [
        ("", "group 1 #2"),
        ("group 1 #1", "group 1 #1, #2"),
        ("group 1 #1 (mooi)", "group 1 #1 (mooi), #2"),
        ("group 2 #1, #2", "group 2 #1, #2; group 1 #2"),
        ("groep 1 #1", "groep 1 #1; group 1 #2"),
        ("zie verslag", "zie verslag; group 1 #2"),
    ],
)
def test_a_note_is_written_behind_those_of_its_group(folder: Path, finding: Finding, there: str, then: str) -> None:
    text = folder / "study.md"
    text.write_text(f"---\nlanguage: en\n---\n# Findings\n- F1: gedoe\n  - quotes: {there}\n")
    hit = evidence(finding, Found(code="F1", text="x", quotes="group 1 #2")).quotes[0].hit
    assert hit is not None
    point(finding, text, targets(read_study_file(text))[0], "quotes", hit)
    assert text.read_text().splitlines()[-1] == f"  - quotes: {then}"
