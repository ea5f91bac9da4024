"""Any plan can be rehearsed: without people, without polls, without anything; and the group talks of what it asks."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kring.cli import main
from kring.domain import note_line
from kring.domain.measures.presence import took_part
from kring.domain.plan import Plan
from kring.domain.text import clean
from kring.plans.plan_reader import read_plan
from kring.rehearsal.companion import Companion
from kring.rehearsal.playing import begin, start_of, write_session
from kring.rehearsal.words import FOLDER, read_words, words_for
from kring.store.verify import verify
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3


def people(count: int, name: str = "Naam{n}", consent: str = "ja") -> str:
    rows = "".join(f"| P{n} | {name.format(n=n)} | {consent} |\n" for n in range(1, count + 1))
    return f"\n# Deelnemers\n| code | naam | toestemming |\n{rows}"


CARE = """---
titel: Thuiszorg - groep 2
doel: Begrijpen wat mensen van de nieuwe planning vinden
taal: nl
---
# Begin (10 min)
1. Kunt u zich voorstellen?
# Zorg (20 min)
2. Vertel eens over de laatste keer dat de planning veranderde. !
3. Wat kan er beter?
"""
PLANS = {
    "nothing": "",
    "a title": "---\ntitel: Leeg\n---\n",
    "one question": "1. Hoe gaat het?\n",
    "no people and no times": "# Begin\n1. Wie bent u?\n2. Wat vindt u?\n# Eind\n3. Nog iets?\n",
    "sections without questions": "# A (5 min)\n# B (10 min)\n",
    "only breaks": "# Pauze (10 min)\n# Pauze (5 min)\n",
    "a break first and last": "# Pauze (5 min)\n# A (5 min)\n1. x?\n# Pauze (5 min)\n",
    "one person": CARE + people(1),
    "two who refuse": CARE + people(2, consent="nee"),
    "a full table": CARE + people(15),
    "more than seats": CARE + people(30),
    "one name for all": CARE + people(4, "Jan"),
    "names that are words": CARE + people(1, "niemand") + "| P2 | all |\n| 4 | 3 |\n| P5 | moderator |\n",
    "every name that the newcomers have": CARE
    + people(0)
    + "".join(f"| P{n} | {name} | ja |\n" for n, name in enumerate(read_words("nl").lists["names"], 1)),
    "all must be asked in two minutes": "# A (2 min)\n1. a? !\n2. b? !\n3. c? !\n@peiling P: ja; nee\n"
    "@stimulus A: x.png\n",
    "clock times that are past": "---\nstart: 2026-12-03 19:30\n---\n# A tot 18:45\n1. a?\n# Pauze tot 18:50\n2. b?\n",
    "subgroups, an activity, two polls": "# A (20 min)\n1. a?\n   @subgroepen 2 (5 min)\n"
    "   @opdracht kaartjes (5 min)\n2. b?\n@peiling C: 0-10\n@peiling D: a; b; c\n" + people(6),
    "gates": CARE + people(3) + "\n# Controlelijst\n## Bij de start !\n- [ ] opname loopt {opname}\n- [ ] deur dicht\n"
    "- [ ] per deelnemer: camera, chat\n",
    "another language": "---\ntaal: de\n---\n# A\n1. Wie geht es?\n",
    "signs": '# [b]A[/b]\n1. {x} %s "quote" @P1 #tag -5m ?\n' + people(2, "O'Brien @{n} #x"),
}  # fmt: skip


@pytest.fixture(params=PLANS.values(), ids=PLANS)
def plan(request: pytest.FixtureRequest) -> Plan:
    return read_plan(request.param, "mijn-plan.md")


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_any_plan_is_played_to_its_end(plan: Plan, seed: int, tmp_path: Path) -> None:
    state, now = write_session(tmp_path / "s.db", plan, seed)
    assert state.session.phase == "ended"
    assert took_part(state, now)
    assert state.notes
    assert verify(tmp_path / "s.db").is_whole


def test_any_plan_is_followed_on_the_screens_to_its_end(plan: Plan, tmp_path: Path) -> None:
    clock = SimulatedClock(start_of(plan) - 3_600_000)
    session = begin(tmp_path / "s.db", plan, clock, 1)
    companion = Companion(plan, 1)
    while (due := companion.next_due()) is not None:
        clock.advance(max(0, due - session.now()))
        companion.act(session)
    assert session.state.session.phase == "ended"
    session.close()


def events(file: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(str(file))) as connection:
        return connection.execute("select * from events order by seq").fetchall()


def test_the_same_seed_gives_the_same_evening_of_ones_own_plan(tmp_path: Path) -> None:
    plan = read_plan(CARE + people(5), "zorg.md")
    for name in ("one.db", "other.db"):
        write_session(tmp_path / name, plan, 7)
    one, other = (events(tmp_path / name) for name in ("one.db", "other.db"))
    assert one == other != []


def test_the_group_does_not_speak_of_points_where_the_plan_is_about_care(tmp_path: Path) -> None:
    state, _now = write_session(tmp_path / "s.db", read_plan(CARE + people(6), "zorg.md"), 1)
    said = " ".join(note.text for note in state.notes.values()).casefold()
    assert not any(word in said for word in ("punten", "sparen", "kassa", "zegel"))
    answers = " ".join(row.answer for row in state.debrief.values()).casefold()
    assert "punten" not in answers


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_said_in_general_is_as_the_rest(language: str) -> None:
    general, own = read_words(language, is_general=True), read_words(language)
    assert general.lists.keys() == own.lists.keys()
    assert not general.lists["subject"]
    signs = {'"': "quote", "~": "paraphrase", "(": "remark", "/": "nonverbal", "=": "summary"}
    notes = [note for topic in general.topics for note in topic.notes]
    notes += [note for name in ("everywhere", "remarks", "nonverbal", "so far") for note in general.lists[name]]
    for line in notes:
        draft = note_line.read(line)
        assert (line, draft.kind, draft.unknown) == (line, signs[line[0]], ())
    text = (FOLDER / f"any-{language}.txt").read_text("utf-8")
    assert clean(text) == text


def test_the_plans_of_kring_keep_their_own_words(dutch: object, english_plan: object) -> None:
    for file, language in ((dutch, "nl"), (english_plan, "en")):
        assert words_for(file.plan) == read_words(language)  # type: ignore[attr-defined]


def test_kring_demo_takes_a_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("CONFIG", "STATE", "LOG"):
        monkeypatch.setenv(f"KRING_{name}_DIR", str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "zorg.md").write_text(CARE + people(4), "utf-8")
    assert main.main(["demo", "zorg.md", "--headless", "--out", "zorg.db"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Thuiszorg - groep 2"
    assert any("spreekbeurten" in line for line in told)  # in the language of the plan
    i18n.use("en")
    assert main.main(["demo", "nergens.md", "--headless", "--lang", "en"]) == 1
    assert "nergens.md" in capsys.readouterr().err
