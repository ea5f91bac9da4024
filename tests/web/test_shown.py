"""What stands on the pages, of what observers may see."""

import msgspec
import pytest
from msgspec.structs import replace

from kring.observing.view import Floor, Item
from kring.system import i18n
from kring.web.shown import clock_for_room, shown
from web.staged import VIEW


def test_the_page_shows_question_time_floor_shares_notes_and_polls():
    found = shown(VIEW)
    assert (found["section"], found["question"]) == ("3 Saving", "3.1 What do you save for?")
    assert found["clock"] == {
        "left": 95_000,
        "what": "left for this question",
        "over": "over the time of this question",
    }
    assert found["floor"] == "P2 has the floor."
    assert [(each["who"], each["told"]) for each in found["shares"]] == [
        ("P1", "60 %"), ("P2", "40 %, speaks now"), ("P3", "has not spoken yet"),
    ]  # fmt: skip
    assert [note["text"] for note in found["notes"]] == ["it must be simple", "towels <b>again</b>"]
    assert found["notes"][1]["time"] == "15:00"
    assert found["polls"][0]["bars"][1] == {"who": "8", "part": 0.5, "told": "1"}


def test_the_time_of_the_section_stands_where_the_question_has_none():
    found = shown(replace(VIEW, item=Item("question", "3.1", "What?", None)))
    assert found["clock"]["what"] == "left for this section"
    assert shown(replace(VIEW, item=None, section=Item("section", "3", "Saving", None)))["clock"] is None


@pytest.mark.parametrize(
    ("floor", "told"),
    [
        (Floor("moderator"), "De gespreksleider heeft het woord."),
        (Floor("crosstalk"), "Er wordt door elkaar gepraat."),
        (Floor("somebody"), "Iemand heeft het woord."),
        (None, "Niemand heeft het woord."),
    ],
)
def test_who_has_the_floor_is_said_in_the_language_of_the_session(floor, told):
    i18n.use("nl")
    assert shown(replace(VIEW, floor=floor))["floor"] == told


def test_participants_see_an_assignment_or_a_break_with_its_time_and_nothing_else():
    assert clock_for_room(VIEW)["instruction"] == ""
    assert clock_for_room(VIEW)["clock"] is None
    work = replace(VIEW, item=Item("activity", "3.2", "Draw your shop", 120_000))
    found = clock_for_room(work)
    assert found == {"runs": True, "instruction": "Draw your shop", "clock": {"left": 120_000, "what": "", "over": ""}}
    pause = clock_for_room(replace(VIEW, item=None, section=Item("break", "4", "Break", -5_000)))
    assert (pause["instruction"], pause["clock"]["left"]) == ("Break", -5_000)


@pytest.mark.parametrize("standing", ["before", "doors_open", "ended"])
def test_before_and_after_the_session_the_room_sees_no_assignment(standing):
    work = replace(VIEW, standing=standing, item=Item("activity", "3.2", "Draw", 1))
    assert clock_for_room(work)["instruction"] == ""


def test_nothing_of_people_is_on_the_page_of_the_room():
    work = replace(VIEW, item=Item("activity", "3.2", "Draw", 1))
    told = msgspec.json.encode(clock_for_room(work)).decode()
    assert not [word for word in ("P1", "P2", "towels", "Saving", "Loyalty", "simple", "Concept") if word in told]
