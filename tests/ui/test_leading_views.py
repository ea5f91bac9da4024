"""How the talk is led, as the card and the floor show it."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.plans.plan_reader import read_plan
from kring.system import i18n
from kring.ui.views import leading
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import plain


def looked(desk: Desk) -> LiveMoment:
    return LiveMoment(desk.state, desk.now)


def rows(desk: Desk, room: int = 60) -> list[str]:
    return [plain(row).rstrip() for row in leading.turns(looked(desk), room)]


@pytest.fixture
def desk() -> Desk:
    """A question is open, and all eight are there."""
    desk = Desk()
    desk.type("attend all present")
    desk.type("go 2.1")
    return desk


def test_a_silence_after_the_moderator_is_counted_in_squares(desk: Desk) -> None:
    assert plain(leading.silence(looked(desk))) == ""
    desk.type("floor moderator")
    desk.wait(4)
    desk.type("floor nobody")
    desk.wait(3.2)
    assert plain(leading.silence(looked(desk))) == "silence 3 of 5 counts ▪▪▪▫▫"
    desk.wait(2)
    assert plain(leading.silence(looked(desk))) == "silence 5 of 5 counts ▪▪▪▪▪"
    desk.wait(1)
    assert plain(leading.silence(looked(desk))) == "silence, 6 counts"
    i18n.use("nl")
    assert plain(leading.silence(looked(desk))) == "stilte, 6 tellen"


def test_who_is_next_and_how_many_were_heard(desk: Desk) -> None:
    desk.type("floor 1")
    desk.wait(5)
    [row] = rows(desk)
    assert row.startswith("U invite Anna   then Fatima, Piet  ")
    assert row.endswith("  heard 1 of 8")
    assert rows(desk, 30)[0] == "heard 1 of 8"
    assert rows(desk, 30)[1].startswith("U invite Anna   then Fatima")
    desk.type("pause")
    assert rows(desk) == []


def test_an_opening_round_says_how_many_are_left(desk: Desk) -> None:
    desk.type("go 1.1")
    desk.type("floor 1")
    desk.wait(60)
    assert rows(desk)[0].endswith("7 of 8 not yet heard, 1:00 each")


def test_a_sentence_stands_before_a_reminder_and_goes_at_the_next_question() -> None:
    desk = Desk()
    desk.read(
        read_plan(
            "---\ntitel: t\nvorm: online\nherinneringen: ja\n---\n# A (9 min)\n1. Wie? {opening}\n2. Wat? {key}\n"
        )
    )
    desk.type("go 1.1")
    assert leading.to_say(looked(desk)) == "Keep the introductions short: half a minute each."
    desk.type("say conflict")
    assert leading.to_say(looked(desk)).startswith("“I hear two views")
    desk.wait(1)
    desk.type("next")
    assert leading.to_say(looked(desk)) == ""
