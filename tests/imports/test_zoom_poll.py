"""Poll reports of Zoom: who answered what, in every layout that such a report has."""

from datetime import UTC, date, datetime

import pytest

from imports.poll_cases import PAIRS
from kring.imports.formats.zoom_poll import ZOOM_POLL
from kring.imports.parsed import Answer, Clock, Parsed
from kring.imports.recognise import recognised
from kring.imports.source import Source
from kring.system.text_files import Unreadable


def read(text: str) -> Parsed:
    source = Source("poll.csv", text.encode())
    assert recognised(source) is ZOOM_POLL
    return ZOOM_POLL.read(source)


def told(answer: Answer) -> tuple[str, str, tuple[str, ...], str]:
    at = "-" if answer.at_ms is None else datetime.fromtimestamp(answer.at_ms / 1000, UTC).strftime("%d-%m %H:%M:%S")
    return answer.person, answer.question, answer.answers, at


def test_questions_stand_beside_their_answers() -> None:
    parsed = read(PAIRS)
    assert [told(answer) for answer in parsed.answers] == [
        ("P3 - Joke", "Hoe waarschijnlijk? (0-10)", ("7",), "16-03 19:21:04"),
        ("P3 - Joke", "Wat weegt het zwaarst?", ("Wachttijd", "Kennis"), "16-03 19:21:04"),
        ("Ahmed", "Hoe waarschijnlijk? (0-10)", ("4",), "16-03 19:21:09"),
        ("", "Hoe waarschijnlijk? (0-10)", ("9",), "16-03 19:21:15"),
        ("", "Wat weegt het zwaarst?", ("Te duur; te laat",), "16-03 19:21:15"),
    ]
    assert [answer.line for answer in parsed.answers] == [8, 8, 10, 12, 12]
    assert parsed.clock is Clock.WALL
    assert parsed.begins_utc_ms is None
    assert parsed.dropped == ("User Email",)


@pytest.mark.parametrize("start", ["Poll Details\n", ""])
def test_a_report_without_its_head(start: str) -> None:
    text = start + PAIRS[PAIRS.index("#,") :]
    assert len(read(text).answers) == 5


def test_several_polls_and_empty_columns_at_the_end() -> None:
    parsed = read(
        "Poll Report,,,,,\n#,User Name,User Email,Submitted Date/Time,,\n1,An,,1/1/2026 10:10,Eens?,Ja\n"
        "2,Bo,,1/1/2026 10:11,Eens?,Nee\nPoll 2,,,,,\n#,User Name,User Email,Submitted Date/Time,,\n"
        "1,An,,1/1/2026 10:20,Hoe vaak?,Nooit\n"
    )
    assert [(answer.person, answer.question, answer.answers) for answer in parsed.answers] == [
        ("An", "Eens?", ("Ja",)),
        ("Bo", "Eens?", ("Nee",)),
        ("An", "Hoe vaak?", ("Nooit",)),
    ]


def test_questions_may_stand_in_the_header() -> None:
    parsed = read(
        "Peilingen\n#,Gebruikersnaam,E-mail,Ingediend,Eens?,Hoe vaak?\n1,An,,16-03-2026 10:10:11,Ja,Nooit\n"
        "2,Bo,,16-03-2026 10:10:12,Nee,\n"
    )
    assert [told(answer)[:3] for answer in parsed.answers] == [
        ("An", "Eens?", ("Ja",)),
        ("An", "Hoe vaak?", ("Nooit",)),
        ("Bo", "Eens?", ("Nee",)),
    ]


def test_a_header_that_names_questions_and_answers_only() -> None:
    rows = "".join(f"{n},N{n},,16-03-2026 10:10:1{n},Eens met de prijs?,{'Ja' if n else 'Nee'}\n" for n in range(3))
    parsed = read("Polls\n#,Name,Email,Submitted,Question,Answer\n" + rows)
    assert {answer.question for answer in parsed.answers} == {"Eens met de prijs?"}


def test_an_answer_with_an_impossible_time_keeps_what_was_said() -> None:
    parsed = read(PAIRS.replace("19:21:09", "19:21:77"))
    assert told(parsed.answers[2])[2:] == (("4",), "-")
    assert [str(one) for one in parsed.warnings] == [
        "Line 10: the time “Mar 16, 2026 19:21:77” cannot be read; the answer comes in without it."
    ]


def test_answers_of_another_day_stay_out() -> None:
    text = PAIRS.replace("Mar 16, 2026 19:21:09", "Mar 9, 2026 19:21:09")
    parsed = ZOOM_POLL.read(Source("poll.csv", text.encode(), date(2026, 3, 16)))
    assert {answer.person for answer in parsed.answers} == {"P3 - Joke", ""}
    assert [(one.line, str(one.why)) for one in parsed.skipped] == [
        (10, "“Mar 9, 2026 19:21:09” is of another day than the session.")
    ]


def test_one_name_for_all_is_nobody_s_name() -> None:
    rows = "".join(f"{n},Osallistuja,,16-03-2026 10:10:1{n},Eens?,{'ABC'[n]}\n" for n in range(3))
    assert {answer.person for answer in read("#,Nimi,,Aika\n" + rows).answers} == {""}


def test_a_poll_that_was_held_again_keeps_its_names() -> None:
    rows = "".join(f"{n},{'An' if n % 2 else 'Bo'},,16-03-2026 10:10:1{n},Eens?,Ja\n" for n in range(6))
    assert {answer.person for answer in read("#,Naam,,Tijd\n" + rows).answers} == {"An", "Bo"}


def test_rows_that_are_no_answers_are_said() -> None:
    parsed = read(
        PAIRS
        + 'x,Bo,,"Mar 16, 2026 19:22:00",Q?,7\n4,Cas,,"Mar 16, 2026 19:22:00"\n5,Dee,,"Mar 16, 2026 19:22:00",,7\n'
    )
    assert [(one.line, str(one.why)) for one in parsed.skipped] == [
        (14, "It does not begin with a number, as the rows of a poll do."),
        (15, "There is no answer in it."),
        (16, "There is an answer in it without a question."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "#,Hoe?,Start Date (UTC)\n0a1b2c3d4e5f60718293a4b5,7,2026-03-16 10:10:11\n",
        "#,Naam,Ingevuld,NPS\n1,An,16-03-2026 10:10:11,7\n",
        "a,b\n1,2\n",
        "#",
    ],
)
def test_what_is_no_poll_is_not_taken_for_one(text: str) -> None:
    source = Source("x.csv", text.encode())
    assert not ZOOM_POLL.recognises(source)


def test_a_file_without_a_poll_is_refused_in_a_sentence() -> None:
    with pytest.raises(Unreadable, match="no row of a poll"):
        ZOOM_POLL.read(Source("x.csv", b"a,b\n1,2\n"))
