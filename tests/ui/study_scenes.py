"""A small study of two groups that were held and one that is recruited for, in Dutch or in English, and its screens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

from conftest import START_MS
from kring.domain.decide import coding, decision
from kring.plans.study.file import read_study_file
from kring.session import session as sessions
from kring.session.session import Me
from kring.study.finding.finding import asked_of
from kring.study.recruiting.recruitment import recruitment
from kring.study.standing import standing
from kring.system.clock import SimulatedClock
from kring.system.settings import Settings
from kring.ui.desk.app import DeskApp
from kring.ui.study.codes_screen import CodesApp
from kring.ui.study.finding_model import FindingModel
from kring.ui.study.finding_screen import FindingApp
from kring.ui.study.recruiting_screen import RecruitingApp
from kring.ui.study.saturation_screen import SaturationApp
from kring.ui.study.saturation_words import Measure
from kring.ui.study.screen import StudyApp
from study.held import WEEK_MS, hold

TODAY = date(2027, 1, 20)
CODER = Me("Kim", "researcher", "device")
TEXTS = {
    "nl": """---
titel: Trouw 2027
opdrachtgever: Kruidhof
onderzoeksvraag: Waarom laten leden hun punten verlopen?
taal: nl
---
# Klantgroepen
| klantgroep | definitie | deelnemers |
| trouw | spaart elke week | 2-3 |
| nieuw | lid sinds een jaar | 2-3 |
# Persona's
## Ans
- klantgroep: trouw
- doelen: rust aan de kassa
# Groepen
| groep | wanneer | plan |
| 1 | 2026-12-10 19:30 | |
| 2 | 2026-12-17 19:30 | |
| 3 | 2027-01-28 19:30 | groep-3.md |
# Bevindingen
| nr | bevinding | citaten | tegen |
| B1 | Wie niet weet hoeveel punten er zijn, laat ze verlopen | groep 1 #1; groep 2 #1 | groep 2 #2 |
# Hypothesen
- H1: vertrouwen houdt punten vast, niet geld
  - oordeel: verdeeld, één groep
# Acties
| nr | actie | wie | wanneer | stand |
| A1 | stand op de bon | Bo | 2027-01-18 | gestart |
| A2 | mail die wel aankomt | Els | 2027-02-01 | open |
""",
    "en": """---
title: Loyalty 2027
client: Kruidhof
research question: Why do members let their points expire?
language: en
---
# Segments
| segment | definition | participants |
| trouw | saves every week | 2-3 |
| nieuw | a member for a year | 2-3 |
# Personas
## Ans
- segment: trouw
- goals: no fuss at the till
# Groups
| group | when | plan |
| 1 | 2026-12-10 19:30 | |
| 2 | 2026-12-17 19:30 | |
| 3 | 2027-01-28 19:30 | group-3.md |
# Findings
| no | finding | quotes | against |
| F1 | Who does not know how many points there are lets them expire | group 1 #1; group 2 #1 | group 2 #2 |
# Hypotheses
- H1: trust keeps points, not money
  - verdict: mixed, one group
# Actions
| no | action | who | by when | state |
| A1 | the balance on the receipt | Bo | 2027-01-18 | started |
| A2 | a mail that does arrive | Els | 2027-02-01 | open |
""",
}
PLANS = {
    "nl": "---\nonderzoek: Trouw 2027\ngroep: 3\nstart: 2027-01-28 19:30\n---\n# Kern (20 min)\n1. Wat gebeurde er?\n",
    "en": "---\nstudy: Loyalty 2027\ngroup: 3\nstart: 2027-01-28 19:30\n---\n# Core (20 min)\n1. What happened?\n",
}
LISTS = {
    "nl": "nr;naam;telefoon;klantgroep;groep;stand;reden;sinds\n",
    "en": "no;name;phone;segment;group;state;reason;since\n",
}
PEOPLE = """1;Fatima;06-1;trouw;3;confirmed;;2027-01-11
2;Kees;06-2;trouw;3;fits;;2027-01-12
3;Noor;06-3;nieuw;3;fits;;2027-01-12
4;Bram;06-4;nieuw;;refused;no time;2027-01-13
5;Els;06-5;trouw;;reserve;;2027-01-13
6;Jan;06-6;nieuw;;;;
"""
SAID = (
    ("attend all present", "start anyway", 'note "ik weet nooit hoeveel ik heb" @1 #stand',
     'note "het is me te veel gedoe" @5 #gedoe', "note ~ belde en kreeg ze terug @2 #vertrouwen",
     "note ?waar staat de stand", "end now"),
    ("attend all present", "start anyway", 'note "op de bon zou ik het zien" @3 #stand #bon',
     'note "ik kijk er nooit naar" @6 #bon', "note ~ spaart voor de kleinkinderen @4 #gezin", "end now"),
)  # fmt: skip


def lay_out(folder: Path, lang: str) -> None:
    """Write the study into a folder."""
    title = read_title(lang)
    (folder / "study.md").write_text(TEXTS[lang], "utf-8")
    (folder / ("groep-3.md" if lang == "nl" else "group-3.md")).write_text(PLANS[lang], "utf-8")
    (folder / ("werving.csv" if lang == "nl" else "recruitment.csv")).write_text(LISTS[lang] + PEOPLE, "utf-8")
    for week, lines in enumerate(SAID, 1):
        session = hold(folder / f"{week}.db", week, *lines, study=title)
        session.close()
    _code(folder)


def _code(folder: Path) -> None:
    """Give both groups one code, and one of them a second."""
    for week, names in enumerate((("app", "stand"), ("app",)), 1):
        clock = SimulatedClock(START_MS + (week + 4) * WEEK_MS)
        with closing(sessions.resume(folder / f"{week}.db", clock, CODER, Random(week).randbytes)) as session:
            for name in names:
                session.do(decision(coding.add_code, name, f"over {name}", "#F0E442"))
                session.do(decision(coding.put_on, name, CODER.name, next(iter(session.state.notes))))


def read_title(lang: str) -> str:
    """Return what the study is called."""
    return TEXTS[lang].partition("\n")[2].partition(": ")[2].partition("\n")[0]


def home(folder: Path) -> DeskApp:
    """Return the screen of the study."""
    return StudyApp(standing(folder, TODAY), partial(standing, folder, TODAY), Settings())


def recruiting(folder: Path) -> DeskApp:
    """Return the screen of its recruitment."""
    return RecruitingApp(lambda: recruitment(standing(folder, TODAY)), Settings())


def searching(folder: Path) -> DeskApp:
    """Return the screen on which it is searched."""
    text = folder / "study.md"
    study = read_study_file(text)
    return FindingApp(FindingModel(asked_of(folder, study), study.title, text), Settings())


def coding_all(folder: Path) -> DeskApp:
    """Return the screen of its codes."""
    return CodesApp(asked_of(folder, read_study_file(folder / "study.md")), "Trouw 2027", CODER, Settings())


def saturating(folder: Path) -> DeskApp:
    """Return the screen of its saturation."""
    finding = asked_of(folder, read_study_file(folder / "study.md"))
    return SaturationApp(finding, "Trouw 2027", Settings(), Measure(1, 1))


SCENES: dict[str, tuple[Callable[[Path], DeskApp], tuple[str, ...]]] = {
    "study": (home, ()),
    "study-finding": (home, ("f", "enter")),
    "study-left": (home, ("c",)),
    "study-recruitment": (recruiting, ("down",)),
    "study-search": (searching, (*"bon",)),
    "study-themes": (searching, ("tab", "down")),
    "study-codes": (coding_all, ()),
    "study-codes-merge": (coding_all, ("m", "enter")),
    "study-codes-history": (coding_all, ("h",)),
    "study-saturation": (saturating, ("down",)),
}
"""The screens of a study, and which keys were pressed there."""
