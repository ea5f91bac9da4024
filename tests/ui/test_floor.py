"""The list of who speaks: everybody in the same place, at any size, with figures that can be told apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.plan import Plan, PlannedParticipant
from kring.system import i18n
from kring.ui.views import floor
from kring.ui.views.live_moment import LiveMoment
from kring.ui.views.names import shown_names
from kring.ui.widgets.line import cells, plain, width


def seen(desk: Desk, room: int, height: int, role: str = "assistant") -> list[str]:
    lines = floor.floor(LiveMoment(desk.state, desk.now), room, height, role)
    assert all(width(line) <= room for line in lines)
    assert len(lines) <= height
    return [plain(line) for line in lines]


@pytest.fixture
def talk() -> Desk:
    """Ten minutes of talk among eight: Piet most, Kees not at all; Els away, Noor never came."""
    desk = Desk()
    for line in ("attend 1,2,3,4,5,6,7 present", "attend 8 no-show", "go 2.1"):
        desk.type(line)
    for who, seconds in ((1, 90), (2, 60), (4, 240), (3, 100), (5, 30), (7, 20), (4, 60)):
        desk.type(f"floor {who}")
        desk.wait(seconds)
    desk.type("go 2.2")
    desk.type("floor 1")
    desk.wait(20)
    desk.type("hand 6")
    desk.type("hand 2")
    desk.type("attend 7 away")
    desk.type("floor 3")
    desk.wait(41)
    return desk


def test_a_row_says_all_at_once(talk: Desk) -> None:
    i18n.use("nl")
    talk.type("consent 2 yes, except quoting")
    rows = seen(talk, 60, 8)
    assert re.match(r"  1 Joost  trouw +● █+.? +17 % ", rows[0])
    assert re.match(r"  2 Anna   trouw +○ █+.? *┊? +9 % –C hand 2e", rows[1])
    assert re.match(r"▶ 3 Fatima trouw +● █+.? +21 %    0:41", rows[2])
    assert re.match(r"  4 Piet   trouw +○ █+.? +45 %    veel", rows[3])
    assert re.match(r"  6 Kees   trouw +○ +┊ +–   +hand 1e", rows[5])
    assert re.match(r"  7 Els    trouw +– .+ 3 % +weg 0:41", rows[6])
    assert "weggebleven" in rows[7]


def test_who_never_came_shifts_nobody(talk: Desk) -> None:
    before = [row[:10] for row in seen(talk, 60, 8)]
    talk.type("attend 1 no-show")
    assert [row[:10] for row in seen(talk, 60, 8)] == before


def test_who_withdrew_keeps_the_seat_and_nothing_else(talk: Desk) -> None:
    talk.type("consent 4 no")
    assert seen(talk, 60, 8)[3].rstrip() == "  4 –"


def test_a_share_stays_in_sight_while_somebody_speaks(talk: Desk) -> None:
    assert "21 % 0:41" in seen(talk, 60, 8)[2]
    row = floor.floor(LiveMoment(talk.state, talk.now), 60, 8)[2]
    assert all("mine" in look for _text, look in row), "their row is tinted to its end"


def test_how_many_were_heard_and_what_the_marks_mean_stand_below(talk: Desk) -> None:
    i18n.use("nl")
    talk.type("consent 2 yes, except quoting, video")
    rows = seen(talk, 60, 12, "moderator")
    assert "gehoord aandeel, 0–50 %" in rows[0]
    assert any("gehoord 2 van 6" in row and "┊ gelijk deel 16,7 %" in row for row in rows)
    assert any("–C niet citeren" in row and "–V geen beeld" in row and "u spreekt 0 %" in row for row in rows)
    assert not any("u spreekt" in row for row in seen(talk, 60, 12, "assistant")), "her own share is hers alone"


@pytest.mark.parametrize(("lang", "words"), [("en", ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st"]),
                                             ("nl", ["1e", "2e", "3e", "4e", "11e", "12e", "21e"])])  # fmt: skip
def test_a_place_in_the_queue_is_a_word(lang: str, words: list[str]) -> None:
    i18n.use(lang)
    assert [floor.nth(number) for number in (1, 2, 3, 4, 11, 12, 21)] == words


@pytest.mark.parametrize("room", [9, 14, 24])
def test_bars_tell_34_from_44_per_cent_and_say_when_they_are_full(room: int) -> None:
    lengths = [len(floor.bar(share, room).rstrip()) for share in (0.0, 0.34, 0.44, 0.5)]
    assert lengths == sorted(set(lengths))
    assert floor.bar(0.5, room) == "█" * room
    assert floor.bar(0.51, room) == floor.bar(1.0, room) == "█" * (room - 1) + "▸"


def test_who_wrote_in_the_chat_was_heard_without_talk_time(talk: Desk) -> None:
    talk.type("note > alleen met Kerst @6")
    rows = seen(talk, 60, 12)
    assert re.match(r"  6 Kees   trouw +c +┊ +–", rows[6])
    assert any("heard 3 of 6" in row for row in rows)
    assert any("c chat" in row for row in rows)


def test_nobody_spoke_much_in_the_first_two_minutes() -> None:
    desk = Desk()
    desk.type("attend all present")
    desk.type("floor 4")
    desk.wait(119)
    assert "much" not in seen(desk, 60, 8)[3]


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Mn", "Me")), max_size=24
)


@given(
    names=st.lists(NAMES, min_size=1, max_size=15),
    room=st.integers(20, 150),
    height=st.integers(1, 20),
    seed=st.integers(0, 9),
)
def test_everybody_is_in_sight_at_any_size_with_any_name(names: list[str], room: int, height: int, seed: int) -> None:
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    people = [PlannedParticipant(code=f"P{seat}", name=name, seat=seat) for seat, name in enumerate(names, 1)]
    desk.read(Plan(participants=tuple(people)))
    desk.type("start anyway")
    desk.try_to_type(f"floor {seed}")
    desk.wait(30)
    desk.try_to_type(f"hand {seed + 1}")
    rows = seen(desk, room, height)
    moment = LiveMoment(desk.state, desk.now)
    found = {
        person.seat
        for y in range(height)
        for x in range(room)
        if (person := floor.seat_at(moment, room, height, x, y)) is not None
    }
    if len(rows) >= (len(names) + 1) // 2 and room >= 40:
        assert found == set(range(1, len(names) + 1)), "a click reaches everybody"
        for y, row in enumerate(rows):
            person = floor.seat_at(moment, room, height, 0, y)
            if person is not None:
                assert row[1:4].strip().startswith(floor.seat_key(person))


@given(st.lists(st.text(st.sampled_from("abXé日"), min_size=1, max_size=14), max_size=12), st.integers(2, 14))
def test_names_that_are_cut_are_never_alike(names: list[str], room: int) -> None:
    shown = shown_names(names, room)
    for name, one in zip(names, shown, strict=True):
        assert one == name if cells(name) <= room else cells(one) <= cells(name)
        for other, another in zip(names, shown, strict=True):
            assert one != another or name == other or (cells(name) <= room and cells(other) <= room)


def test_two_people_who_begin_alike_get_a_letter_more() -> None:
    assert shown_names(["Maximiliaan", "Maximiliane", "Jo"], 7) == ["Maximiliaan", "Maximiliane", "Jo"]
    assert shown_names(["Annemarie", "Annemieke", "Jo"], 6) == ["Annema…", "Annemi…", "Jo"]
    assert shown_names(["Maximiliaan"], 7) == ["Maximi…"]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("room", [58, 60, 77, 53, 100])
@pytest.mark.parametrize("who", ["nobody", "crosstalk", "unknown"])
def test_who_speaks_is_whole_in_the_opening_round_too(lang: str, room: int, who: str) -> None:
    i18n.use(lang)
    desk = Desk()
    for one in ("attend all present", "go 1.1", "floor 3", f"floor {who}"):
        desk.type(one)
    desk.wait(7)
    told = next(row for row in seen(desk, room, 14) if "0:07" in row)
    assert (" van 8" if lang == "nl" else " of 8") in told
    assert "…" not in told


@pytest.mark.parametrize("height", [20, 11])
def test_what_the_letters_mean_is_told_in_whole_words(talk: Desk, height: int) -> None:
    i18n.use("nl")
    talk.type("consent 2 yes, except audio, video, quoting, observers, clips")
    meanings = ("–G geen geluid", "–V geen beeld", "–C niet citeren", "–M geen meekijkers", "–F geen fragmenten")
    for room in range(60, 110):
        told = [row.strip() for row in seen(talk, room, height)[-2:] if row.lstrip().startswith("–")]
        parts = [part for row in told for part in re.split(r" {3}", row)]
        assert 1 <= len(told) <= 2
        assert tuple(parts) in {meanings, (*meanings[: len(parts) - 1], "…")}
