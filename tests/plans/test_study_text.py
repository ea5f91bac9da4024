"""The text of a study: read however it is written, and written so that it reads back the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.plan import Persona
from kring.domain.study.model import (
    Action,
    Audience,
    Condition,
    Definition,
    FigureAndQuotes,
    Finding,
    Hypothesis,
    PlannedGroup,
    Range,
    ScreenerQuestion,
    Segment,
    Study,
    SurveyFile,
)
from kring.domain.text import one_line
from kring.plans.study.reader import read_study
from kring.plans.study.rules import read_rule
from kring.plans.study.writer import study_text

WHOLE = """---
titel: Loyaliteit 2026          opdrachtgever: Kruidhof         onderzoeksvraag: Waarom verlopen punten?
budget: 20.000
---
Dit staat voor de eerste kop.
# Doelgroep
Leden die sparen.
- kenmerken: 25 tot 70
- herzien op: 1 oktober 2026
## Klantgroepen
| **klantgroep** | definitie | vanaf | groepen | deelnemers | kleur |
|---|---|---|---|---|---|
| trouw | ≥ 6 inwisselingen per jaar | 2026-01-01 | 2 | 6-8 | groen |

| trouw | ≥ 4 inwisselingen per jaar | 2026-11-01 |   |     | |
| slapend | al een jaar niets | | 1 | 2 t/m 3 | |
# Persona's
## Ans, 61
- klantgroep: trouw
- doelen:
  - punten niet verliezen
  - korting
- hobby: tuin
## Bram
Gedrag: koopt online
### Frustraties
kassabon kwijt
# Groepen
| groep | wanneer | plan | trouw | slapend |
| Groep 1 | do 3 dec 2026 19:30 | groep-1.md | 2-3 | 2 |
| 2 | 2026-12-10 | | 2-3 | |
# Screener
1. Hoe vaak?
   - antwoorden: nooit; soms
   - valt af: nooit
# Hypothesen
- H1: vertrouwen, niet geld
  - oordeel: steun, 5 citaten
2. slapende leden kennen hun stand niet
# Acties
- [x] A1 stand op de bon
  - wie: opdrachtgever
  - voor: 14 dec 2026
- A2: mail
# Planning
wat dan ook
"""


def test_a_text_is_understood_in_whatever_shape() -> None:
    study = read_study(WHOLE, "loyaliteit/study.md")
    assert (study.title, study.client, study.question) == ("Loyaliteit 2026", "Kruidhof", "Waarom verlopen punten?")
    assert study.audience is not None
    assert (study.audience.text, study.audience.revised) == ("Leden die sparen.", date(2026, 10, 1))
    loyal, asleep = study.segments
    assert [(one.since, one.rule) for one in loyal.definitions] == [
        (date(2026, 1, 1), (Condition("inwisselingen per jaar", ">=", "6"),)),
        (date(2026, 11, 1), (Condition("inwisselingen per jaar", ">=", "4"),)),
    ]
    assert (loyal.wanted, loyal.groups, loyal.extra) == (Range(6, 8), 2, (("kleur", "groen"),))
    assert (asleep.wanted, asleep.definitions[0].rule) == (Range(2, 3), ())
    ans, bram = study.personas
    assert (ans.name, ans.goals, ans.extra) == ("Ans, 61", "punten niet verliezen; korting", (("hobby", "tuin"),))
    assert (bram.behaviour, bram.frustrations) == ("koopt online", "kassabon kwijt")
    assert [(one.number, one.starts_at, one.plan, one.wanted) for one in study.groups] == [
        ("1", "2026-12-03T19:30", "groep-1.md", (("trouw", Range(2, 3)), ("slapend", Range(2, 2)))),
        ("2", "2026-12-10", "", (("trouw", Range(2, 3)),)),
    ]
    assert [(one.text, one.answers, one.excludes) for one in study.screener] == [("Hoe vaak?", "nooit; soms", "nooit")]
    assert [(one.code, one.verdict, one.because) for one in study.hypotheses] == [
        ("H1", "supported", "5 citaten"), ("H2", "open", ""),
    ]  # fmt: skip
    assert [(one.code, one.text, one.state, one.due) for one in study.actions] == [
        ("A1", "stand op de bon", "done", date(2026, 12, 14)), ("A2", "mail", "open", None),
    ]  # fmt: skip
    assert study.extra == (("budget", "20.000"),)
    assert [title for _line, title in study.kept] == ["Planning"]
    assert [warning.line for warning in study.warnings] == [18]


@pytest.mark.parametrize(
    "text",
    [
        "# Acties\n| nr | actie | wie |\n|---|---|---|\n| A1 | bellen | Bo |",
        "Acties\n\n- A1: bellen\n  - wie: Bo",
        "1. Acties\nA1 bellen\n  wie: Bo",
        "**Actiepunten:**\nnr\tactie\twie\nA1\tbellen\tBo",
        "## 7) ACTIES\n* [ ] A1. bellen\n    * door: Bo",
        "# Action list\n\nno | action | who |\n--- | --- | ---|\nA1 | bellen | Bo |",
    ],
)
def test_a_list_of_actions_may_have_any_of_these_shapes(text: str) -> None:
    study = read_study(f"---\ntitel: x\n---\n\n{text}\n")
    assert [(one.code, one.text, one.owner, one.state) for one in study.actions] == [("A1", "bellen", "Bo", "open")]


@pytest.mark.parametrize(
    "text",
    [
        "# KTO\n| periode | bestand | verstuurd | kolom klantgroep |\n| okt 2026 | a.csv | 1.800 leden | groep |",
        "# Survey\n- okt 2026: a.csv\n  - sent: 1800\n  - segment: groep",
        "## Klanttevredenheidsonderzoek\n\n- okt 2026\n   - file: a.csv\n   - verstuurd aan: 1 800\n   - kolom: groep",
        "# KTO\n- periode: okt 2026\n- bestand: a.csv\n- verstuurd: 1800\n- kolom: groep",
        "KTO\n\nokt 2026: a.csv\nsent out: 1,800\nsegment column: groep",
    ],
)
def test_a_survey_may_be_named_in_any_of_these_shapes(text: str) -> None:
    study = read_study(f"---\ntitel: x\n---\n\n{text}\n")
    assert [(one.period, one.file, one.sent, one.segment) for one in study.surveys] == [
        ("okt 2026", "a.csv", 1800, "groep")
    ]


def test_a_survey_may_be_a_file_alone_and_a_figure_has_quotes() -> None:
    study = read_study("# KTO\n- kto.xlsx\n# Figures and quotes\n| figure | explains | contradicts |\n"
                       "| NPS | group 1 #12 | 2 #3 |\n| App | | |\n")  # fmt: skip
    assert [(one.period, one.file) for one in study.surveys] == [("", "kto.xlsx")]
    assert [(one.figure, one.quotes, one.against) for one in study.figures] == [
        ("NPS", "group 1 #12", "2 #3"), ("App", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# Klantgroepen\n| klantgroep | definitie | deelnemers |\n| a | b | veel |", 3, "veel"),
        ("# Segments\n| segment | definition | from |\n| a | b | soon |", 3, "soon"),
        ("# Klantgroepen\n| klantgroep | regel |\n| a | wie vaak komt |", 3, "wie vaak komt"),
        ("# Klantgroepen\n| klantgroep | definitie |\n| a | x |\n| a | y |", 4, "same day"),
        ("# Persona's\n## A\n- klantgroep: weg\n## B\n## C\n# Klantgroepen\n- a: x", 2, "weg"),
        ("# Acties\n| actie | stand |\n| bellen | blauw |", 3, "blauw"),
        ("# Hypothesen\n- H1: a\n  - oordeel: paars", 2, "paars"),
        ("# Groepen\n| groep |\n| 1 |\n| Groep 1 |", 4, "twice"),
        ("# Acties\n| dit | dat |\n| a | b |", 2, "dit"),
        ("# Acties\n- A1: a\n- A1: b", 3, "A1"),
        ("# Klantgroepen\n| klantgroep | definitie | deelnemers |\n| a | b | -2 |", 3, "-2 is no number of people"),
        ("# Klantgroepen\n| klantgroep | definitie | deelnemers |\n| a | b | 8-6 |", 3, "8-6 goes down"),
        ("# Klantgroepen\n| klantgroep | definitie | groepen |\n| a | b | -2 |", 3, "-2 is no number of groups"),
        ("# Klantgroepen\n| klantgroep | definitie | groepen |\n| a | b | 2,5 |", 3, "2,5 is no number of groups"),
        ("# Klantgroepen\n| klantgroep | definitie | vanaf |\n| a | b | 1026-01-01 |", 3, "1026-01-01"),
        ("# Groepen\n| groep |\n| -1 |", 3, "-1 is no number of a group"),
        ("# Groepen\n| groep | wanneer |\n| 1 | 2206-12-03 19:30 |", 3, "2206-12-03"),
        ("# Screener\n| vraag | antwoorden | quotum |\n| Vaak? | 1; 2 | 1: -6 |", 3, "1: -6"),
        ("# KTO\n| periode | bestand | verstuurd |\n| mei | kto.csv | -450 |", 3, "-450"),
        ("# Doelgroep\nleden\n- omvang: -310\n- herzien: 2026-10-01", 3, "-310"),
        ("---\ntitel: a\nextra werven: -20 %\n---\n", 3, "-20 %"),
        ("---\ntitel: a\nextra werven: 20 %\nopkomst: 180 %\n---\n", 4, "180 %"),
    ],
)
def test_what_is_uncertain_is_told_with_its_line(text: str, line: int, said: str) -> None:
    found = [warning for warning in read_study(text).warnings if warning.line]
    assert [(warning.line, said in str(warning.sentence)) for warning in found] == [(line, True)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("inwisselingen >= 6", [("inwisselingen", ">=", "6")]),
        ("≥ 6 inwisselingen per jaar", [("inwisselingen per jaar", ">=", "6")]),
        ("minstens 6 inwisselingen", [("inwisselingen", ">=", "6")]),
        ("more than 1.200 points and city = Delft", [("points", ">", "1.200"), ("city", "=", "Delft")]),
        ("NPS tussen 9 en 10", [("NPS", ">=", "9"), ("NPS", "<=", "10")]),
        ("abonnement is niet proef", [("abonnement", "!=", "proef")]),
        ("leeftijd < 30, NPS <= 6", [("leeftijd", "<", "30"), ("NPS", "<=", "6")]),
        ("leeftijd < 30 of NPS <= 6", []),
        ("huurt sinds 2021 of later", [("huurt sinds", ">=", "2021")]),
        ("4 of meer bezoeken per jaar", [("bezoeken per jaar", ">=", "4")]),
        (
            "leeftijd 65 jaar of ouder en lid sinds 2015 of eerder",
            [("leeftijd", ">=", "65"), ("lid sinds", "<=", "2015")],
        ),
        ("3 or fewer visits", [("visits", "<=", "3")]),
        ("komt 2 of meer keer per jaar", []),
        ("minstens 4 of meer bezoeken", []),
        ("wie vaak komt", []),
        ("lid sinds < 1 jaar", []),
        ("inwisselingen >= veel", []),
        ("a >= 1 >= 2", []),
        ("", []),
    ],
)
def test_a_rule_is_read_whole_or_not_at_all(text: str, rule: list[tuple[str, str, str]]) -> None:
    assert [(one.column, one.operator, one.value) for one in read_rule(text)] == rule


SIGNS = st.text("ab Z1.|\\*_#>-:`<!\"'[]()@;é–", max_size=12)
TEXTS = SIGNS.map(one_line)
NAMES = SIGNS.map(lambda text: one_line(f"n{text}n"))
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2200, 1, 1))
RANGES = st.none() | st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda two: Range(min(two), max(two)))


def named(kind: Any, *names: str, **others: Any) -> st.SearchStrategy[Any]:
    return st.builds(kind, **dict.fromkeys(names, TEXTS), **others)


def coded(letter: str, kind: Any, *names: str, **others: Any) -> st.SearchStrategy[Any]:
    """A list of things that have a code each."""
    several = st.lists(named(kind, *names, code=st.just(""), text=NAMES, **others), max_size=2)
    return several.map(
        lambda those: tuple(
            msgspec.structs.replace(one, code=f"{letter}{number}") for number, one in enumerate(those, 1)
        )
    )


DEFINITIONS = st.builds(
    Definition,
    text=st.text("abc|\\*_é", min_size=1, max_size=8),
    rule=st.sampled_from([(), (Condition("NPS", ">=", "9"), Condition("stad", "=", "Delft"))]),
    since=DAYS,
)
SEGMENTS = st.lists(
    named(Segment, "priority", "needs", name=NAMES, definitions=st.lists(DEFINITIONS, max_size=2).map(tuple),
          wanted=RANGES, groups=st.none() | st.integers(0, 9)),
    max_size=2, unique_by=lambda one: one_line(one.name).casefold(),
).map(tuple)  # fmt: skip
STUDIES = named(
    Study, "client", "question", title=NAMES, language=st.sampled_from(["nl", "en"]),
    audience=st.none() | named(Audience, "text", "characteristics", "size", "source", revised=DAYS),
    segments=SEGMENTS,
    personas=st.lists(
        named(Persona, "segment", "demographics", "behaviour", "goals", "matters", "message", name=NAMES), max_size=2
    ).map(tuple),
    groups=st.lists(
        st.builds(PlannedGroup, number=st.integers(1, 99).map(str), plan=TEXTS,
                  starts_at=st.sampled_from(["", "2026-12-03", "2026-12-03T19:30"])),
        max_size=2,
    ).map(tuple),
    screener=st.lists(named(ScreenerQuestion, "answers", "excludes", "quota", text=NAMES), max_size=2).map(tuple),
    surveys=st.lists(
        named(SurveyFile, "segment", period=TEXTS, file=NAMES, sent=st.none() | st.integers(0, 9_999_999)), max_size=2
    ).map(tuple),
    figures=st.lists(
        named(FigureAndQuotes, "quotes", "against", "themes", figure=NAMES), max_size=2
    ).map(tuple),
    findings=coded("B", Finding, "quotes", "against", "figures"),
    hypotheses=coded("H", Hypothesis, "confirms", "refutes", "quotes",
                     verdict=st.sampled_from(["open", "mixed", "refuted"])),
    actions=coded("A", Action, "owner", "finding", "measure", "measured", due=DAYS,
                  state=st.sampled_from(["open", "measured"])),
)  # fmt: skip


@given(STUDIES, st.sampled_from(["nl", "en"]))
def test_what_is_written_reads_back_the_same(study: Study, language: str) -> None:
    again = read_study(study_text(study, language))
    assert told(again) == told(study)
    assert study_text(again, language) == study_text(study, language)


def told(study: Study) -> Any:
    """Return a study without its lines and warnings."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(one) for key, one in value.items() if key not in ("line", "warnings", "kept", "source")}
        return [bare(one) for one in value] if isinstance(value, list | tuple) else value

    return bare(msgspec.to_builtins(study))


@given(st.text(max_size=60) | st.lists(st.sampled_from(WHOLE.splitlines()), max_size=12).map("\n".join))
def test_no_text_is_refused(text: str) -> None:
    assert read_study(text).source == ""
