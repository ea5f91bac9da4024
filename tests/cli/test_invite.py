"""`kring invite`: what participants and team receive, of any plan."""

from datetime import datetime
from pathlib import Path

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.cli.main import main
from kring.domain.plan import Plan
from kring.invite import facts as told_by
from kring.invite.run_sheet import page
from kring.plans.file import read_plan_file
from kring.plans.plan_reader import read_plan

SAMPLES = Path(__file__).parents[2] / "sessions"
PLAN = """---
titel: Sparen - groep 1
taal: nl
vorm: online
start: 2026-03-28 19:30
duur: 90 min
platform: Zoom
link: https://zoom.example.org/j/1
telefoon assistent: 06-1
gespreksleider: Els
assistent: Bo
onderwerp: sparen
handleiding: https://zoom.example.org/uitleg
vergoeding: 40 euro
---
# Kern (20 min)
1. Wat? ! {sleutel}
# Pauze (10 min)
# Slot (5,5 min)
# Deelnemers
| code | naam |
| P1 | Fatima |
# Controlelijst
## Een half uur van tevoren
- [ ] wachtruimte open
"""
YEARS = (datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2100-01-01"))
NAMES = ["1-uitnodiging.txt", "2-instructie.txt", "3-herinnering.txt", "afspraak.ics", "draaiboek.html"]


@pytest.fixture
def plan_path(tmp_path: Path) -> Path:
    path = tmp_path / "sparen.md"
    path.write_text(PLAN, "utf-8")
    return path


def invite(path: Path, *options: str) -> int:
    return main(["invite", str(path), "--zone", "Europe/Amsterdam", *options])


def test_a_full_plan_leaves_no_blank_but_the_name(plan_path, capsys):
    assert invite(plan_path) == 0
    folder = plan_path.with_name("sparen-uitnodiging")
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    assert all("[" not in text.replace("[naam]", "") for text in texts)
    assert "zaterdag 28 maart 2026, van 19:30 tot 21:00 uur" in texts[0]
    assert "Kom om 19:00 uur binnen" in texts[1]
    assert "Nog in te vullen" not in capsys.readouterr().out


def test_the_appointment_is_in_the_zone_of_the_session(plan_path):
    assert invite(plan_path) == 0
    text = (plan_path.with_name("sparen-uitnodiging") / "afspraak.ics").read_bytes()
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2026-03-28T19:00:00+01:00"  # winter time ends that night
    assert event.decoded("dtend").isoformat() == "2026-03-28T21:00:00+01:00"
    assert str(event["location"]) == "https://zoom.example.org/j/1"
    assert b"Fatima" not in text


def test_an_appointment_sent_again_takes_the_place_of_the_first(plan_path):
    file = plan_path.with_name("sparen-uitnodiging") / "afspraak.ics"
    uids = set()
    for start in ("2026-03-28 19:30", "2026-04-02 20:00"):
        plan_path.write_text(PLAN.replace("2026-03-28 19:30", start), "utf-8")
        assert invite(plan_path) == 0
        (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        uids.add(str(event["uid"]))
    assert len(uids) == 1


@pytest.mark.parametrize(
    ("line", "blank"),
    [
        ("link: https://zoom.example.org/j/1\n", "[link naar de sessie]"),
        ("telefoon assistent: 06-1\n", "[telefoonnummer van de assistent]"),
        ("onderwerp: sparen\n", "[het onderwerp, in gewone woorden]"),
        ("vergoeding: 40 euro\n", "[wat deelnemers krijgen, en wanneer]"),
        ("duur: 90 min\n", "[eindtijd]"),
    ],
)
def test_what_a_plan_does_not_tell_is_a_blank_that_is_named(line, blank, plan_path, capsys):
    plan_path.write_text(PLAN.replace(line, ""), "utf-8")
    assert invite(plan_path) == 0
    folder = plan_path.with_name("sparen-uitnodiging")
    assert any(blank in path.read_text("utf-8") for path in folder.glob("*.txt"))
    assert blank.strip("[]") in capsys.readouterr().out


def test_without_a_start_there_is_no_appointment_and_that_is_said(plan_path, capsys):
    plan_path.write_text(PLAN.replace("start: 2026-03-28 19:30\n", ""), "utf-8")
    assert invite(plan_path) == 0
    assert not (plan_path.with_name("sparen-uitnodiging") / "afspraak.ics").exists()
    assert "Er is geen afspraak geschreven" in capsys.readouterr().out


def test_without_a_length_the_appointment_claims_no_end(plan_path, capsys):
    plan_path.write_text(PLAN.replace("duur: 90 min\n", ""), "utf-8")
    assert invite(plan_path) == 0
    text = (plan_path.with_name("sparen-uitnodiging") / "afspraak.ics").read_bytes()
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert "dtend" not in event
    assert "geen eindtijd" in capsys.readouterr().out


def test_a_letter_that_was_changed_by_hand_stays(plan_path, capsys):
    assert invite(plan_path) == 0
    letter = plan_path.with_name("sparen-uitnodiging") / NAMES[0]
    letter.write_text("van mij", "utf-8")
    assert invite(plan_path) == 1
    assert "--force" in capsys.readouterr().err
    assert letter.read_text("utf-8") == "van mij"
    assert invite(plan_path, "--force") == 0


def test_templates_are_written_once_and_then_used(plan_path, tmp_path, capsys):
    own = tmp_path / "sjablonen"
    assert invite(plan_path, "--templates", str(own)) == 0
    assert len(list(own.iterdir())) == 3
    (own / "reminder.nl.txt").write_text("Tot {{ day }}!", "utf-8")
    assert invite(plan_path, "--templates", str(own)) == 0
    assert (plan_path.with_name("sparen-uitnodiging") / NAMES[2]).read_text("utf-8") == "Tot zaterdag 28 maart 2026!"


@pytest.mark.parametrize(
    "template",
    [
        "{{ weg }}",
        "{% if %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 1 / 0 }}",
        "{{ day.nope() }}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_template_that_cannot_be_used_is_one_sentence_and_writes_nothing(template, plan_path, tmp_path, capsys):
    own = tmp_path / "sjablonen"
    own.mkdir()
    (own / "reminder.nl.txt").write_text(template, "utf-8")
    assert invite(plan_path, "--templates", str(own)) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "reminder.nl.txt" in told
    assert not plan_path.with_name("sparen-uitnodiging").exists()


def test_a_zone_that_is_none_is_one_sentence(plan_path, capsys):
    assert main(["invite", str(plan_path), "--zone", "Amsterdam"]) == 1
    assert "Europe/Amsterdam" in capsys.readouterr().err


def test_the_run_sheet_has_codes_in_the_texts_of_the_guide_too(plan_path, capsys):
    plan_path.write_text(PLAN.replace("1. Wat?", "> Fatima eerst\n1. Wat vindt Fatima?"), "utf-8")
    assert invite(plan_path) == 0
    sheet = (plan_path.parent / "sparen-uitnodiging" / "draaiboek.html").read_text("utf-8")
    assert "Fatima" not in sheet
    assert "P1 1×" in capsys.readouterr().out


def test_the_run_sheet_has_codes_unless_names_are_asked_for(plan_path):
    sheet = plan_path.with_name("sparen-uitnodiging") / "draaiboek.html"
    assert invite(plan_path) == 0
    text = sheet.read_text("utf-8")
    assert "P1" in text
    assert "Fatima" not in text
    assert all(f">{at}<" in text for at in ("19:30", "19:50", "20:00"))
    assert ">5,5<" in text
    assert invite(plan_path, "--names") == 0
    assert "Fatima" in sheet.read_text("utf-8")


def test_a_section_without_a_length_leaves_later_times_open():
    plan = read_plan(PLAN.replace("# Kern (20 min)", "# Kern"))
    sheet = page(plan, told_by.times(plan), told_by.facts(plan), with_names=False)
    assert ">19:30<" in sheet
    assert sheet.count('<td class="n"></td>') > 2
    assert ">20:00<" not in sheet


@pytest.mark.parametrize("name", ["loyaliteit-groep-1.md", "library-visits-group-1.md"])
def test_the_sample_plans_need_no_more_than_a_name(name, tmp_path, capsys):
    path = tmp_path / name
    path.write_bytes((SAMPLES / name).read_bytes())
    assert main(["invite", str(path), "--zone", "Europe/London", "-o", str(tmp_path / "kit")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


moments = st.datetimes(min_value=YEARS[0], max_value=YEARS[1]).map(lambda at: at.isoformat(timespec="minutes"))
plans = st.builds(
    Plan,
    title=st.text(),
    platform=st.text(),
    link=st.text(),
    starts_at=st.none() | moments,
    planned_min=st.none() | st.integers(1, 10_000),
    form=st.sampled_from([None, "online", "in_person", "hybrid"]),
)


@settings(max_examples=30)
@given(plans)
def test_any_plan_gives_a_run_sheet_and_letters(plan: Plan):
    told = told_by.facts(plan)
    assert all(value for name, value in told.items() if name not in ("online", "in_person"))
    sheet = page(plan, told_by.times(plan), told, with_names=True)
    assert sheet.startswith("<!doctype html>")
    assert "<script" not in sheet


def test_a_plan_file_is_needed(tmp_path, capsys):
    assert main(["invite", str(tmp_path / "weg.md"), "--lang", "en"]) == 1
    assert capsys.readouterr().err == "kring: weg.md is not there; look at the name and the folder.\n"
    assert read_plan_file(SAMPLES / "loyaliteit-groep-1.md").plan.title
