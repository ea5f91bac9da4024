"""Until when a link works, as it is typed and told."""

from datetime import datetime

import pytest

from kring.domain.text import Refused
from kring.system import i18n
from kring.web import until

AT = datetime(2026, 12, 3, 19, 30).astimezone()
NOW = int(AT.timestamp() * 1000)
END = int(datetime(2026, 12, 3, 21, 0).astimezone().timestamp() * 1000)


def at(ms):
    return datetime.fromtimestamp(ms / 1000).astimezone().strftime("%d %H:%M")


@pytest.mark.parametrize(
    ("word", "moment"),
    [
        ("2h", "03 23:00"), ("+30m", "03 21:30"), ("1,5u", "03 22:30"), ("90min", "03 22:30"), ("2d", "05 21:00"),
        ("22:15", "03 22:15"), ("22.15", "03 22:15"), ("7:05", "04 07:05"), ("19:30", "04 19:30"),
        ("2026-12-05", "05 23:59"), ("2026-12-05T12:30", "05 12:30"),
    ],
)  # fmt: skip
def test_a_moment_is_read_and_a_length_goes_on_from_where_it_was(word, moment):
    assert at(until.read(word, NOW, END)) == moment


@pytest.mark.parametrize("word", ["", "soon", "25:00", "22:60", "2x", "2026-13-40", "2026-12-02", "99d", "0m", "-2h"])
def test_what_is_no_moment_to_come_is_refused(word):
    with pytest.raises(Refused):
        until.read(word, NOW, NOW)


@pytest.mark.parametrize(
    ("text", "name", "moment"),
    [
        ("Petra de Vries", "Petra de Vries", ""), ("Petra 22:30", "Petra", "22:30"), ("Petra 2h", "Petra", "2h"),
        ("Petra 25:99", "Petra", "25:99"), ("22:30", "", "22:30"), ("Petra -2h", "Petra", "-2h"),
        ("Petra until 22:30", "Petra", "22:30"), ("Petra tot 22.30", "Petra", "22.30"), ("tot 22:30", "", "22:30"),
        ("Otto 22:30", "Otto", "22:30"), ("Petra tot", "Petra tot", ""),
        ("Observer 3", "Observer 3", ""), ("Room 3B", "Room 3B", ""), ("Petra 2 d", "Petra 2 d", ""),
    ],
)  # fmt: skip
def test_what_looks_like_a_moment_behind_a_name_is_taken_for_one(text, name, moment):
    assert until.split(text) == (name, moment)


@pytest.mark.parametrize(
    ("hour", "day", "moment"),
    [(19, "", "03 23:59"), (19, "2026-12-04", "04 23:59"), (19, "2026-12-01", "03 23:59"), (22, "", "04 01:30"),
     (19, "next week", "03 23:59")],
)  # fmt: skip
def test_a_link_works_to_the_end_of_the_day_of_the_session_and_never_ends_in_the_middle(hour, day, moment):
    now = int(AT.replace(hour=hour).timestamp() * 1000)
    assert at(until.usual(now, day)) == moment


def test_it_is_told_in_the_language_in_use():
    i18n.use("nl")
    assert until.told(END, NOW) == "tot 21:00"
    assert until.told(END + 86_400_000, NOW) == "tot 2026-12-04 21:00"
    assert until.told(NOW, NOW) == "verlopen"
