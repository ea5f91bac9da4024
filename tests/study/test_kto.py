"""The surveys that a study names: what is read of their files, what never is, and the quotes beside a figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.study.model import FigureAndQuotes, Segment, Study, SurveyFile
from kring.domain.study.surveys.figures import Change, Figure
from kring.domain.study.surveys.model import StudySurvey, SurveyQuestion
from kring.study.finding.finding import Finding
from kring.study.kto.joint import Joint, joint
from kring.study.kto.open_answers import frequent
from kring.study.kto.reading import survey_of
from kring.study.kto.told import change_told
from kring.system.i18n import say
from study import held

HEAD = "Naam;E-mailadres;Telefoon;IP-adres;Klantgroep;Beveelt u ons aan (0-10)?;Leeftijd?;Wat kan er beter?\n"
ROW = "Joke de Vries;joke@x.example;06-12345678;192.0.2.{n};{segment};{mark};44;{words}\n"
WORDS = ("de kassa's zijn traag", "Anja aan de kassa", "Anja was laat, kassa dicht", "vraag het Anja")


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))


def written(folder: Path, n: int = 4, name: str = "kto.csv", head: str = HEAD) -> Path:
    rows = [ROW.format(n=n, segment=("Trouw", "nieuw")[n % 2], mark=n % 11, words=WORDS[n % 4]) for n in range(n)]
    (folder / name).write_text(head + "".join(rows))
    return folder / name


def read(folder: Path, file: str = "kto.csv", segment: str = "", sent: int | None = None, *names: str) -> StudySurvey:
    study = Study(segments=tuple(Segment(name=name) for name in names))
    return survey_of(folder, SurveyFile(period="okt", file=file, sent=sent, segment=segment, line=9), study)


def told(survey: StudySurvey) -> list[str]:
    return [say(one) for one in survey.remarks]


def test_only_answers_are_read_and_nothing_that_tells_who_gave_them(tmp_path: Path) -> None:
    written(tmp_path)
    found = read(tmp_path, "kto.csv", "klantgroep", None, "trouw", "nieuw")
    assert [(one.heading, one.kind) for one in found.questions] == [
        ("Beveelt u ons aan (0-10)?", "nps"), ("Leeftijd?", "amount"), ("Wat kan er beter?", "open"),
    ]  # fmt: skip
    assert [one.segment for one in found.respondents] == ["trouw", "nieuw"] * 2
    assert not any(secret in repr(found) for secret in ("Joke", "example", "06-1", "192.0"))
    assert told(found) == []


@pytest.mark.parametrize(
    ("file", "segment", "sent", "said"),
    [
        ("weg.csv", "", None, "weg.csv is not there; look at the name and the folder."),
        ("../kto.csv", "", None, "../kto.csv lies outside the folder of the study, and is not read."),
        ("/etc/passwd", "", None, "/etc/passwd lies outside the folder of the study, and is not read."),
        ("leeg.csv", "", None, "leeg.csv is empty."),
        ("chat.txt", "", None, "chat.txt has no row with headings above answers, as this format has it."),
        ("", "", None, "This survey names no file."),
        ("kto.csv", "Segment", None, "There is no column Segment, so nothing is told by segment."),
        ("kto.csv", "naam", None, "The column naam may tell who answered and does not come in."),
        ("kto.csv", "", 3, "More people answered than it was sent to: 4 of 3."),
        ("kto.csv", "Klantgroep", 9, "The study does not have these segments of the survey: nieuw."),
    ],
)
def test_what_cannot_be_read_or_told_is_said(
    file: str, segment: str, sent: int | None, said: str, tmp_path: Path
) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    written(tmp_path)
    written(folder)
    (folder / "leeg.csv").write_text("")
    (folder / "chat.txt").write_text(
        "10:00:01\t From  Joke to  Everyone: hallo\n10:00:09\t From  Kees to  Everyone: ja\n"
    )
    assert told(read(folder, file, segment, sent, "trouw")) == [said]


@pytest.mark.parametrize(
    ("head", "marks", "kind", "kept", "said"),
    [
        (
            "Beveelt u ons aan (0-10)?",
            ["7", "11", "-1", *"098765432109876543210"],
            "nps",
            22,
            ["not counted: 1 (11)", "-1 (1)"],
        ),
        ("Hoe tevreden bent u? (1 t/m 10)", ["99", *"987654321"], "mark", 9, ["99 (1)"]),
        ("Hoe tevreden bent u? (1-5)", ["0", *"123454321"], "mark", 9, ["not counted: 1 (0)"]),
        ("Hoe tevreden bent u? (1-5)", ["9", "9", "9", *"12345"], "mark", 5, ["not counted: 3 (9)"]),
        ("Hoe tevreden bent u? (1-5)", ["8", "9", *"1234567"], "mark", 9, []),
        ("Hoe tevreden bent u?", ["99", *"12345"], "mark", 5, ["99 (1)"]),
        ("Hoe tevreden bent u (%)?", ["99", "100", "80", "70", "20"], "mark", 5, []),
        ("Hoe tevreden bent u over de laatste 1 tot 6 weken?", ["60", "52", *"1234567"], "mark", 9, []),
    ],
)
def test_a_mark_outside_the_scale_that_its_question_names_is_said_and_not_counted(
    head: str, marks: list[str], kind: str, kept: int, said: list[str], tmp_path: Path
) -> None:
    rows = "".join(f"{mark};kassa {n} was traag\n" for n, mark in enumerate(marks))
    (tmp_path / "kto.csv").write_text(f"{head};Wat kan er beter?\n{rows}")
    found = read(tmp_path)
    assert (found.questions[0].kind, len(found.numbers(0))) == (kind, kept)
    assert len(told(found)) == len(said)
    assert all(any(one in sentence for sentence in told(found)) for one in said)


def test_what_is_no_number_among_marks_is_said_and_makes_no_words_of_them(tmp_path: Path) -> None:
    marks = [*"987654", "acht", "8-", "7½", "8/10", "8,5", "'7", "3-apr", "n.v.t."]
    rows = "".join(f"{n + 1};{mark};{mark}\n" for n, mark in enumerate(marks))
    (tmp_path / "kto.csv").write_text(f"nr;Beveelt u ons aan (0-10)?;Rapportcijfer\n{rows}")
    found = read(tmp_path)
    assert [one.kind for one in found.questions] == ["mark", "mark"]  # 8,5 is no answer of 0 to 10
    assert sorted(found.numbers(1)) == [4, 5, 6, 7, 7, 7.5, 8, 8, 8.5, 9]
    assert "below “Rapportcijfer” that are no number, and in no figure: 3; the first is of line 8" in told(found)[-1]


@pytest.mark.parametrize("others", [["5 of meer"] * 3, ["5+"], ["meer dan 5"], ["18-25"], ["geen cijfer"] * 9])
def test_classes_of_numbers_make_no_mark_of_the_others_and_that_is_said(others: list[str], tmp_path: Path) -> None:
    rows = "".join(f"{n + 1};{mark}\n" for n, mark in enumerate([*"12345", *others]))
    (tmp_path / "kto.csv").write_text(f"nr;Rapportcijfer\n{rows}")
    found = read(tmp_path)
    assert found.questions[0].kind in ("choice", "open")
    assert told(found) == [
        "There is no figure of “Rapportcijfer”: too few of its answers are numbers, or they are classes of them."
    ]


def test_a_file_with_the_same_respondents_twice_counts_them_once(tmp_path: Path) -> None:
    head, rows = "nr;Cijfer\n", "".join(f"{n};{n % 5 + 4}\n" for n in range(1, 9))
    (tmp_path / "kto.csv").write_text(head + rows + head + rows)
    found = read(tmp_path)
    assert len(found.respondents) == 8
    assert [one.heading for one in found.questions] == ["Cijfer"]
    assert told(found)[1] == (
        "Rows that are there twice, also in who answered: 8; they count once. The first is line 11."
    )


def test_people_who_answer_the_same_all_count(tmp_path: Path) -> None:
    (tmp_path / "kto.csv").write_text("Cijfer;Waarom?\n" + "8;prima\n" * 6 + "7;duur\n5;traag\n6;x\n4;y\n3;z\n")
    assert len(read(tmp_path).respondents) == 11


def test_a_heading_that_is_merged_over_several_stands_before_each(tmp_path: Path) -> None:
    rows = "".join(f"{n};{n % 5 + 4};{n % 4 + 3};{n % 10}\n" for n in range(1, 9))
    (tmp_path / "kto.csv").write_text(f"nr;Tevredenheid;;NPS\n;app;prijs;\n{rows}")
    assert [one.heading for one in read(tmp_path).questions] == ["Tevredenheid: app", "Tevredenheid: prijs", "NPS"]


def test_a_column_that_tells_people_apart_is_no_segment(tmp_path: Path) -> None:
    head = "Beveelt u ons aan (0-10)?;Filiaal?\n"
    (tmp_path / "kto.csv").write_text(head + "".join(f"{n % 11};winkel {n}\n" for n in range(13)))
    found = read(tmp_path, "kto.csv", "filiaal?")
    assert told(found) == ["The column filiaal? has more than 12 different answers, so nothing is told by segment."]
    assert found.segments == []


def test_whoever_gave_no_answer_but_has_a_segment_did_not_answer(tmp_path: Path) -> None:
    head = "segment;Beveelt u ons aan (0-10)?;Wat kan er beter?\n"
    (tmp_path / "kto.csv").write_text(head + "nieuw;9;\n" * 4 + "nieuw;;\ntrouw;8;test\n")
    found = read(tmp_path, "kto.csv", "segment", 5, "nieuw", "trouw")
    assert (len(found.respondents), found.tests, found.response) == (4, 1, 0.8)


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    written(tmp_path)
    assert len(read(tmp_path).respondents) == len(read(tmp_path).respondents) == 4
    written(tmp_path, 7)
    assert len(read(tmp_path).respondents) == 7


def test_words_of_three_people_are_told_and_no_names(tmp_path: Path) -> None:
    written(tmp_path, 4)
    assert [(one.n, one.words) for one in frequent(read(tmp_path), "nl")] == [(4, [("kassa", 3)])]
    written(tmp_path, 2)
    assert frequent(read(tmp_path), "nl") == []


def beside(folder: Path, quotes: str, themes: str = "") -> Joint:
    study = Study(title="Trouw", figures=(FigureAndQuotes(figure="aan", quotes=quotes, themes=themes),))
    written(folder, 33)
    with Finding(folder, "Trouw") as finding:
        return joint(study, [read(folder)], finding)[0]


def shown(found: Joint) -> list[str]:
    return [
        one.hit.passage.text if one.hit else say(one.problem) for one in found.evidence.quotes if one.problem or one.hit
    ]


def test_notes_stand_beside_a_figure_and_quotes_with_its_tag(tmp_path: Path) -> None:
    held.hold(
        tmp_path / "a.db", 1, "admit all", "start anyway", 'note "te druk" @1 #kassa', "note ~ te laat @2 #kassa",
        'note *"en duur" @2 #kassa', 'note "bij de kassa" @3 #kassa', 'note "kassa weg" @4 #kassa',
        'note "ik denk" @3 #kassa ...',
    ).close()  # fmt: skip
    found = beside(tmp_path, "groep 1 #1, #2; 7 #1", "kassa, #parkeren")
    assert shown(found) == ["te druk", "te laat", "There is no group 7; there are: group 1."]
    assert [(hit.passage.text, hit.passage.person) for hit in found.with_themes] == [
        ("en duur", "P2"), ("te druk", "P1"), ("bij de kassa", "P3"),
    ]  # fmt: skip
    assert found.more == 1
    assert [figure.question.heading for _survey, figure in found.figures] == ["Beveelt u ons aan (0-10)?"]


def test_who_may_not_be_quoted_stands_beside_no_figure(tmp_path: Path) -> None:
    held.hold(
        tmp_path / "a.db", 1, "admit all", "start anyway", 'note "te druk" @1 #kassa', "consent 1 no quoting"
    ).close()
    found = beside(tmp_path, "1 #1", "#kassa")
    assert shown(found) == ["1 #1 may not be quoted: there is no consent to that."]
    assert found.with_themes == []


def figure_of(value: float, error: float) -> Figure:
    return Figure(40, value, 1.96 * error, 2.0, error)


def changed(kind: str, first: float, second: float, errors: tuple[float, float]) -> Change:
    before, after = figure_of(first, errors[0]), figure_of(second, errors[1])
    return Change("mei", "okt", SurveyQuestion("Cijfer?", "nps" if kind == "nps" else "mark"), before, after)


@pytest.mark.parametrize(
    ("kind", "first", "second", "error", "told"),
    [
        ("mark", 6.54, 6.94, 0.13, "mei: mean 6.54; okt: mean 6.94; a difference beyond the margin of 0.36"),
        ("mark", 7.06, 6.73, 0.15, "mei: mean 7.1; okt: mean 6.7; no difference beyond the margin of 0.4"),
        ("mark", 5.76, 7.27, 0.2, "mei: mean 5.8; okt: mean 7.3; a difference beyond the margin of 0.6"),
        ("nps", -36.2, -14.0, 9.8, "mei: NPS −36; okt: NPS −14; no difference beyond the margin of 27"),
        ("nps", 0.3, 17.4, 6.0, "mei: NPS +0.3; okt: NPS +17.4; a difference beyond the margin of 16.6"),
        ("nps", -0.4, 40.0, 6.2, "mei: NPS 0; okt: NPS +40; a difference beyond the margin of 17"),
    ],
)
def test_a_change_is_told_with_as_many_decimals_as_it_takes(
    kind: str, first: float, second: float, error: float, told: str
) -> None:
    assert change_told(changed(kind, first, second, (error, error))) == told


MARKS = st.integers(100, 1000).map(lambda hundredths: hundredths / 100)


@given(st.sampled_from(["nps", "mark"]), MARKS, MARKS, st.integers(5, 90).map(lambda hundredths: hundredths / 100))
def test_whoever_does_the_sum_finds_what_is_said(kind: str, first: float, second: float, error: float) -> None:
    one = changed(kind, first, second, (error, error))
    shown = change_told(one)
    before, after, margin = (float(number) for number in re.findall(r"[+]?\d+(?:\.\d+)?", shown))
    assert one.difference is not None
    assert (round(abs(after - before), 4) > margin) is one.difference.is_beyond
