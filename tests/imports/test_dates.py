"""Dates and durations of other programs."""

from datetime import UTC, date, datetime

import pytest

from kring.imports.dates import Order, dates_of, time_of_day_ms
from kring.imports.durations import duration_s


def ms(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp()) * 1000


@pytest.mark.parametrize(
    ("values", "day", "order"),
    [
        (["14/11/22, 09:30:46", "14/11/22, 09:50:12"], None, Order.DMY),
        (["12/29/2020 11:13:49 AM", "12/29/2020 01:13:49 PM"], None, Order.MDY),
        (["2/1/25, 9:04:01\u202fpm"], date(2025, 1, 2), Order.DMY),
        (["2/1/25, 9:04:01 pm"], date(2025, 2, 1), Order.MDY),
        (["20/12/08 08:35"], None, Order.YMD),
        (["20/12/08 08:35"], date(2020, 12, 8), Order.YMD),
        (["16-03-2026 19:02", "17-03-2026 00:10"], None, Order.DMY),
        (["11/12/2020, 09:00:00", "11/13/2020, 00:10:00"], None, Order.MDY),
        (["03/03/2026 19:02"], None, Order.DMY),
        (["2020/12/8 8:35"], None, Order.YMD),
    ],
)
def test_one_order_fits_all_dates_of_a_file(values, day, order):
    dates = dates_of(values, day)
    assert (dates.problem, dates.order) == (None, order)
    assert all(dates.wall_ms(value) is not None for value in values)


@pytest.mark.parametrize(
    ("values", "day"),
    [
        (["11/12/2020 09:30:00"], None),  # as well in November as in December
        (["11/12/2020 09:30:00"], date(2026, 3, 16)),
        (["2026-03-16 09:30:00", "16/17/2026 10:00"], None),
        (["01/02/2026 09:30", "28/02/2026 10:00"], None),  # no evening lasts a month
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_not_read(values, day):
    dates = dates_of(values, day)
    assert dates.problem is not None
    assert dates.wall_ms(values[0]) is None


def test_the_dates_of_a_survey_are_weeks_apart():
    dates = dates_of(["01/02/2026 09:30", "28/02/2026 10:00"], date(2026, 3, 16), within=None)
    assert dates.order is Order.DMY
    assert dates.wall_ms("28/02/2026 10:00") == ms(2026, 2, 28, 10)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("13/04/2021 à 09:01:31", ms(2021, 4, 13, 9, 1, 31)),
        ("30/03/2021 21:15:48", ms(2021, 3, 30, 21, 15, 48)),
        ("Dec 29, 2020 11:13:49", ms(2020, 12, 29, 11, 13, 49)),
        ("May 26, 2024 12:14:57 AM", ms(2024, 5, 26, 0, 14, 57)),
        ("16 maart 2026, 06:55 p.m.", ms(2026, 3, 16, 18, 55)),
        ("maandag 16 maart 2026 om 19.05", ms(2026, 3, 16, 19, 5)),
        ("15 June 2026, 03:35am", ms(2026, 6, 15, 3, 35)),
        ("3. März 2026, 19:05 Uhr", ms(2026, 3, 3, 19, 5)),
        ("12 août 2026 à 19:05", ms(2026, 8, 12, 19, 5)),
        ("5 de mayo de 2026, 7:05 p. m.", ms(2026, 5, 5, 19, 5)),
        ("2023/02/15 06:55:16 PM", ms(2023, 2, 15, 18, 55, 16)),
        ("2023. 2. 15. 오후 6:55:16", ms(2023, 2, 15, 18, 55, 16)),
        ("2026年3月16日 午後7:05", ms(2026, 3, 16, 19, 5)),
        ("19:05:07 31-12-2026", ms(2026, 12, 31, 19, 5, 7)),
        ("16.3.2026 klo 19.05", ms(2026, 3, 16, 19, 5)),
        ("16/03/2026 19:05:07 CET", ms(2026, 3, 16, 19, 5, 7)),
    ],
)
def test_a_date_is_read_in_every_country(text, moment):
    dates = dates_of([text])
    assert dates.problem is None
    assert dates.wall_ms(text) == moment


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-16T18:08:47.5130000+00:00", ms(2026, 3, 16, 18, 8, 47) + 513),
        ("2026-03-16T19:08:47Z", ms(2026, 3, 16, 19, 8, 47)),
        ("2026-03-16 19:02:00 GMT+1", ms(2026, 3, 16, 18, 2)),
        ("2026-03-16 19:02:00 -0530", ms(2026, 3, 17, 0, 32)),
        ("2026-03-16 19:02:00", None),
    ],
)
def test_a_zone_that_is_written_is_kept(text, utc):
    assert dates_of([text]).moment(text).utc_ms == utc


@pytest.mark.parametrize(
    "text",
    [
        "",
        "vijf uur",
        "18:23:77",
        "29-02-2026 10:00",
        "16/03/2026 18:23:77",
        "16/03/2026 19:02 xx",
        "16/03/2026 14:00 AM",
    ],
)
def test_what_is_no_moment_is_none(text):
    assert dates_of(["16/03/2026 10:00", text]).wall_ms(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19:02:11", 68_531_000),
        ("7:02 PM", 68_520_000),
        ("09:02 a.m.", 32_520_000),
        ("19.02 uur", 68_520_000),
        ("오후 7:02", 68_520_000),
        ("25:02", None),
        ("1:02:03:04", None),
    ],
)
def test_a_time_of_day_counts_from_midnight(text, expected):
    assert time_of_day_ms(text) == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1h 27m 51s", 5271),
        ("3h", 10_800),
        ("1u 39m 8s", 5948),
        ("1 godz. 5 min 7 sek.", 3907),
        ("00:47:03", 2823),
        ("2\u00a0h\u00a044\u00a0m", 9840),
        ("22s", 22),
        ("0s", 0),
        ("1時間27分51秒", 5271),
        ("1시간 27분", 5220),
        ("PT1H2M3S", 3723),
        ("1,5 uur", 5400),
        ("11.5 minutes", 690),
    ],
)
def test_a_duration_is_read_in_every_country(text, seconds):
    assert duration_s(text) == seconds


@pytest.mark.parametrize("text", ["", "-", "47", "47:03", "1x 2y", "5m 1h", "1h h", "h", "1h 2h", "1h, soms", "12 foo"])
def test_an_unreadable_duration_is_none_and_never_zero(text):
    assert duration_s(text) is None


def test_of_another_day_the_likelier_reading_is_told():
    problem = dates_of(["11/14/22, 10:30:46", "11/14/22, 10:50:14"], date(2026, 3, 16)).problem
    assert str(problem) == "This file is of 2022-11-14, the session of 2026-03-16."
    problem = dates_of(["14/11/22, 10:30:46", "14/11/22, 10:50:14"], date(2026, 3, 16)).problem
    assert str(problem) == "This file is of 2022-11-14, the session of 2026-03-16."
