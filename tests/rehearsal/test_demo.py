"""`kring demo`: where its plan and its file lie, what it says, that it ends well without a terminal."""

import os
from datetime import date
from pathlib import Path

import pytest

from kring.cli import main
from kring.domain import note_line
from kring.domain.study.surveys.figures import changes
from kring.domain.text import KringError
from kring.plans.file import read_plan_file
from kring.rehearsal import demo, demo_study, tones
from kring.rehearsal.concluding import RESTS_ON
from kring.rehearsal.words import FOLDER, read_words, words_of_group
from kring.store.verify import verify
from kring.study.finding.asking import Wanted
from kring.study.finding.evidence import evidence, figures, unresolved
from kring.study.finding.finding import asked_of
from kring.study.folder import read_folder
from kring.study.recruiting.recruitment import recruitment
from kring.study.standing import standing
from kring.system import i18n
from kring.system.clock import SimulatedClock


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("KRING_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("KRING_LOG_DIR", str(tmp_path / "logs"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tones, "RATE", 800)  # less to write: here nobody listens
    tones.voice.cache_clear()
    yield tmp_path
    tones.voice.cache_clear()
    i18n.use("en")


def test_unseen_it_writes_a_session_and_says_what_happened(place, capsys):
    assert main.main(["demo", "--headless", "--seed", "4", "--out", "s.db"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Loyaliteitsprogramma - groep 1"
    assert any("spreekbeurten" in line for line in told)
    assert any(line.startswith("Niet verschenen: ") for line in told)
    assert told[-1].startswith("De sessie staat in ")
    assert told[-1].endswith("s.db")
    assert verify(place / "s.db").is_whole


def test_without_a_terminal_it_plays_unseen(place, monkeypatch, capsys):
    (place / "sessions").mkdir()
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        assert main.main(["demo", "--lang", "nl"]) == 0
    names = sorted(path.name for path in (place / "sessions").iterdir())
    assert names == ["demo-loyaliteit-groep-1.audio", "demo-loyaliteit-groep-1.db"]
    assert "demo-loyaliteit-groep-1.db" in capsys.readouterr().out


def test_a_file_that_is_there_is_left_alone(place, capsys):
    for _ in range(2):
        assert main.main(["demo", "--headless", "--lang", "en"]) == 0
    files = sorted(path.name for path in (place / "state" / "demo").glob("*.db"))
    assert files == ["demo-library-visits-group-1-2.db", "demo-library-visits-group-1.db"]
    told = capsys.readouterr().out
    assert all(words in told for words in ("Visiting the library", "turns", "The session is in "))
    assert main.main(["demo", "--headless", "--lang", "en", "--out", "state/demo/" + files[1]]) == 1
    assert "exists already" in capsys.readouterr().err


def test_sound_that_is_there_is_left_alone(place, capsys):
    (place / "s.audio").mkdir()
    assert main.main(["demo", "--headless", "--lang", "en", "--out", "s.db"]) == 1
    assert "s.audio exists already" in capsys.readouterr().err
    assert [path.name for path in place.iterdir()] == ["s.audio"]


@pytest.mark.parametrize("speed", ["0", "-3", "1e9", "nan"])
def test_a_speed_that_makes_no_sense_is_refused(place, speed, capsys):
    assert main.main(["demo", "--lang", "en", "--speed", speed]) == 1
    assert "speed" in capsys.readouterr().err
    assert not (place / "state" / "demo").exists() or not list((place / "state" / "demo").iterdir())


def test_a_plan_that_is_missing_is_a_sentence(monkeypatch):
    monkeypatch.setitem(demo.PLANS, "nl", "gone.md")
    with pytest.raises(KringError, match="gone"):
        demo.example_plan("nl")


def test_everything_that_the_plans_need_goes_into_the_wheel():
    root = Path(__file__).parents[2]
    packed = (root / "hatch_build.py").read_text("utf-8")
    needed = [*demo.PLANS.values(), *(path.name for path in (root / "sessions").glob("*.svg"))]
    needed += [f"{demo_study.NAME}/{name}" for name in demo_study.FILES]
    assert [name for name in needed if f'"{name}"' not in packed] == []


@pytest.mark.parametrize(("locale", "title"), [("en_US.UTF-8", "Visiting the library"), ("nl_NL", "Loyaliteit")])
def test_it_speaks_the_language_of_the_locale(place, monkeypatch, capsys, locale, title):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert main.main(["demo", "--headless", "--out", "s.db"]) == 0
    assert capsys.readouterr().out.startswith(title)


@pytest.mark.parametrize("speed", [1.0, 10.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_watches_waits_four_seconds_for_the_start(place, dutch, speed, seed):
    clock = SimulatedClock(0)
    rehearsal = demo.prepare(place / "s.db", dutch, clock, seed, speed)
    clock.advance(3900)
    rehearsal.companion.act(rehearsal.session)
    assert rehearsal.session.state.session.phase == "lobby"
    clock.advance(200)
    rehearsal.companion.act(rehearsal.session)
    assert rehearsal.session.state.session.phase == "live"
    rehearsal.session.close()


def test_on_screen_it_begins_in_the_waiting_room(place, dutch):
    rehearsal = demo.prepare(place / "s.db", dutch, SimulatedClock(0), 1, 10.0)
    session = rehearsal.session
    assert session.state.session.phase == "lobby"
    assert sum(person.status in ("waiting", "present") for person in session.state.participants.values()) > 3
    assert session.me.role == "moderator"
    due = rehearsal.companion.next_due()
    assert due is not None
    assert session.now() < due < session.now() + 120_000
    session.close()


def test_the_study_that_comes_with_kring_is_copied_and_its_groups_are_played(place, monkeypatch, capsys):
    played = []
    monkeypatch.setattr(
        demo_study, "write_session", lambda path, plan, *_, **__: played.append((path.name, plan.group, plan.starts_at))
    )
    assert main.main(["demo", "--study"]) == 0
    copy = place / "state" / "demo" / "demo-loyaliteit-2026"
    changed = set((copy / demo_study.TEXT).read_text("utf-8").splitlines()) - set(
        (demo_study.example_study() / demo_study.TEXT).read_text("utf-8").splitlines()
    )
    assert (
        sorted(line[:22] for line in changed)
        == [  # nothing was said, so no finding points to it
            f"| {group} | {day} |"[:22] for group, day in enumerate(demo_study.DAYS.values(), 1)
        ]
    )
    assert played == [
        ("groep-1.db", "1", "2026-03-03T19:30"),
        ("groep-2.db", "2", "2026-03-05T19:30"),
        ("groep-3.db", "3", "2026-03-10T19:30"),
    ]
    assert capsys.readouterr().out.endswith(f"Bekijk het met: kring study {copy}\n")
    assert {file.name for file in copy.iterdir()} == set(demo_study.FILES)
    assert main.main(["demo", "--study", "--out", str(copy)]) == 1
    assert "bestaat al" in capsys.readouterr().err
    assert main.main(["demo", "plan.md", "--study"]) == 1
    assert main.main(["study", "check", str(copy)]) == 0
    assert capsys.readouterr().out.endswith("Geen waarschuwingen.\n")
    assert demo_study.free_folder().name == "demo-loyaliteit-2026-2"


def test_where_no_group_of_the_study_was_played_none_is_late():
    found = standing(demo_study.example_study(), date(2030, 1, 1))
    assert [group.state for group in found.groups] == ["planned"] * 4
    assert [one for one in found.todo if one.about in ("group", "people")] == []
    assert recruitment(found).warnings == ()


@pytest.mark.slow
def test_the_study_that_comes_with_kring_shows_groups_held_and_one_to_come(place):
    list(demo_study.play_study(place / "study", 1))
    found = standing(place / "study", date(2026, 12, 1))
    assert [(group.number, group.state) for group in found.groups] == [
        ("1", "held"), ("2", "held"), ("3", "held"), ("4", "planned"),
    ]  # fmt: skip
    assert found.differing["trouw"]
    assert not found.folder.remarks
    assert not unresolved(place / "study", found.folder.study)
    with asked_of(place / "study", found.folder.study) as finding:
        for one in found.folder.study.findings:
            told = evidence(finding, one)
            assert figures(told.quotes).groups > 1
            assert figures(told.against).people
        said = [hit.passage.text for hit in finding.find(Wanted(kinds=("quote",)), 999).hits]
    assert [one for one in said if said.count(one) > 1 and one in OWN_WORDS] == []


OWN_WORDS = {line[2:].partition(" #")[0] for topic in read_words("nl").topics for line in topic.notes}


def test_groups_of_the_study_say_what_no_other_group_says():
    plan = read_plan_file(demo_study.example_study() / "groep-1.md").plan
    said = [words_of_group(plan, place, 3, demo_study.SAID).topics for place in range(3)]
    every = [note for topics in said for topic in topics for note in topic.notes]
    assert len(set(every)) == len(every)
    more = (FOLDER / demo_study.SAID).read_text("utf-8")
    assert {line for line in more.splitlines() if line[:1] in ('"', "~")} < set(every)
    assert {note_line.read(line).unknown for line in every} == {()}
    for words in RESTS_ON.values():
        assert [one for one in (*words.quotes, *words.against) if not any(one in line for line in every)] == []


def test_the_figures_in_the_text_of_the_study_are_those_of_its_surveys():
    folder = read_folder(demo_study.example_study())
    assert [len(one.respondents) for one in folder.surveys] == [120, 131]
    told = {(one.segment, one.question.kind, one.question.heading[:4]): one for one in changes(folder.surveys)}
    nps, ease = told["slapend", "nps", "Hoe "], told["trouw", "mark", "Hoe "]
    assert (round(nps.first.value), round(nps.second.value), nps.difference.is_beyond, nps.first.n) == (
        -61,
        -22,
        True,
        41,
    )
    assert (round(ease.first.value, 1), round(ease.second.value, 1), ease.difference.is_beyond) == (3.4, 3.2, False)
    text = (demo_study.example_study() / demo_study.TEXT).read_text("utf-8")
    assert "van −61 naar −22, een verschil groter dan de marge" in text
    assert "3,4 in januari en 3,2 in oktober, geen verschil groter dan de marge" in text
