"""The chat of Zoom in all its forms and languages; a private message is never taken for one to all."""

from datetime import date

import pytest

from imports.chat_cases import DATED
from kring.imports.formats.chat.zoom import FORMATS
from kring.imports.parsed import Clock, Parsed
from kring.imports.source import Source
from kring.system.text_files import Unreadable

CHAT = FORMATS[0]


def chat(text: str, name: str = "meeting_saved_chat.txt") -> Parsed:
    source = Source(name, text.encode())
    assert CHAT.recognises(source)
    return CHAT.read(source)


def written(text: str) -> list[tuple]:
    return [(one.author, one.recipient, one.is_private, one.text) for one in chat(text).messages]


def of_day(hours: int, minutes: int, seconds: int = 0) -> int:
    return ((hours * 60 + minutes) * 60 + seconds) * 1000


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (  # beside a recording in the cloud
            "00:03:10\tRia: mod:\thallo: allemaal\r\nnog iets\r\n00:03:12\tTom:\tja\r\n",
            [("Ria: mod", "", False, "hallo: allemaal\nnog iets"), ("Tom", "", False, "ja")],
        ),
        (  # on one line
            (
                "19:02:11\t From  Ria de Wit : Welkom\n\nhier\n"
                "19:02:20\t From  Tom  to  Ria de Wit(Privately) : hoi : jij\n"
            ),
            [("Ria de Wit", "", False, "Welkom\n\nhier"), ("Tom", "Ria de Wit", True, "hoi : jij")],
        ),
        (
            "19:02:11 From Ria de Wit to Everyone : Welkom\n19:02:20 From Tom To All Panelists : hoi\n",
            [("Ria de Wit", "Everyone", False, "Welkom"), ("Tom", "All Panelists", False, "hoi")],
        ),
        (
            "19:02:11\t De  María : hola\n19:02:13\t De  Luis  a  María (mensaje directo) : ¿qué?\n",
            [("María", "", False, "hola"), ("Luis", "María", True, "¿qué?")],
        ),
        (
            (
                "09:00:01 開始 佐藤\uff08司会\uff09 終了 皆様 : こんにちは\n"
                "09:00:05 開始 田中 終了 佐藤\uff08司会\uff09\uff08ダイレクトメッセージ\uff09 : はい\n"
            ),
            [
                ("佐藤\uff08司会\uff09", "皆様", False, "こんにちは"),
                ("田中", "佐藤\uff08司会\uff09", True, "はい"),
            ],
        ),
        (  # in blocks, wide blanks
            (
                "19:02:11 Von  Ria  an  Alle:\n\tGuten Abend\n"
                "19:02:15 Von  Tom  an  Ria(Direktnachricht):\n\tleise\n\n\tdoch\n"
            ),
            [("Ria", "Alle", False, "Guten Abend"), ("Tom", "Ria", True, "leise\n\ndoch")],
        ),
        (  # in blocks, narrow blanks, a language with a known pair of words
            (
                "19:02:11 Van Ria van Dijk Aan Iedereen:\n\tDag\n"
                "19:02:15 Van Tom Aan Ria van Dijk (direct bericht):\n\tpst\n"
            ),
            [("Ria van Dijk", "Iedereen", False, "Dag"), ("Tom", "Ria van Dijk", True, "pst")],
        ),
        (  # a language that nobody taught it: who knows whether that is everybody
            "19:02:11 Qb Ria Wit zu Svi Ljudi:\n\tDag\n19:02:15 Qb Tom B zu Ria Wit:\n\tpst\n",
            [("Ria Wit", "Svi Ljudi", True, "Dag"), ("Tom B", "Ria Wit", True, "pst")],
        ),
        (  # names with the word between, colons and brackets
            (
                "19:02:11 From Go to Girl [NL] (zij) to Everyone:\n\ta\n"
                "19:02:15 From P2: Kees to Go to Girl [NL] (zij) (direct message):\n\tb\n"
            ),
            [
                ("Go to Girl [NL] (zij)", "Everyone", False, "a"),
                ("P2: Kees", "Go to Girl [NL] (zij)", True, "b"),
            ],
        ),
        (  # groups with brackets are no persons
            "19:02:11 From  Ria  to  Everyone(in Waiting Room):\n\ta\n19:02:15 From  Ria  to  Everyone:\n\tb\n",
            [("Ria", "Everyone(in Waiting Room)", False, "a"), ("Ria", "Everyone", False, "b")],
        ),
        (  # brackets in a language that nobody taught it, behind somebody who writes
            (
                "19:02:11 From  Ria  to  Everyone:\n\ta\n19:02:15 From  Tom  to  Ria(xyz):\n\tb\n"
                "19:02:16 From  Tom  to  Bo(xyz):\n\tc\n"
            ),
            [("Ria", "Everyone", False, "a"), ("Tom", "Ria", True, "b"), ("Tom", "Bo", True, "c")],
        ),
        (  # three line ends in one file, and the separators of Unicode
            "19:02:11 From Ria To Everyone:\r\n\teen\rtwee\u2028drie\n\tvier\r\n\t\r\n",
            [("Ria", "Everyone", False, "een\ntwee\ndrie\nvier")],
        ),
    ],
)
def test_every_form_of_the_chat_is_read(text, messages):
    assert written(text) == messages


@pytest.mark.parametrize(
    ("dates", "day", "expected"),
    [
        (("03-02-2026", "03-02-2026"), date(2026, 2, 3), 1_770_147_060_000),
        (("02/03/2026", "02/03/2026"), date(2026, 2, 3), 1_770_147_060_000),
        (("13.02.2026", "20.02.2026"), date(2026, 2, 20), 1_771_011_060_000),  # two evenings in one file
    ],
)
def test_the_day_of_the_session_tells_a_day_from_a_month(dates, day, expected):
    text = "".join(f"{one} 19:31:00 From Ria to Everyone:\n\tx\n" for one in dates)
    assert CHAT.read(Source("chat.txt", text.encode(), day)).messages[0].at_ms == expected


def test_a_day_that_may_be_a_month_is_not_guessed():
    with pytest.raises(Unreadable, match="2026-02-03 and as 2026-03-02"):
        CHAT.read(Source("chat.txt", b"02/03/2026 19:31:00 From Ria to Everyone:\n\tx\n"))


def test_answers_and_signs_are_found():
    parsed = chat(DATED)
    first, second, third, fourth = parsed.messages
    assert parsed.clock is Clock.WALL
    assert [(one.sign, one.people) for one in first.reactions] == [("👍🏽", ("Bo", "Wit, Tom de")), ("❤️", ("Tom",))]
    assert (second.text, second.replies_to) == ("ik wel\n\nlater :)", first.line)
    assert second.reactions == ()
    assert third.text.startswith('Replying to "iets')  # what it quotes is not here, so nothing is taken away
    assert third.replies_to is None
    assert [(one.sign, one.people) for one in third.reactions] == [("1️⃣", ("Ria de Wit",))]
    assert fourth.text == "Tijd: 👍"
    assert second.at_ms == third.at_ms  # its clock is slow; the order is that of arrival
    assert fourth.at_ms - first.at_ms == of_day(4, 29, 2)
    assert [str(one) for one in parsed.warnings] == [
        "Times earlier than the one above: 1. Clocks of senders differ; all stay in the order of the file."
    ]


def test_older_signs_are_signals_or_belong_to_what_they_quote():
    head = "10:00:0{} From  {}  to  Everyone: \n  {}\n"
    lines = [
        ("Ria", "Goedemorgen allemaal hier"),
        ("Tom", "add 👍"),
        ("Bo", "add 🍪"),
        ("Bo", "remove 🍪"),
        ("Bo", 'Reacted to "Goedemorgen allemaal..." with 👋'),
        ("Tom", 'Replying to "Goedemorgen allemaal..." Dag Ria!'),
        ("Tom", 'Removed a 👋 reaction from "Dag Ria!"'),
        ("Tom", 'Ik zei "Dag Ria!" tegen haar'),
        ("Bo", 'Reacted to "van voor ik er was" with 🎉'),
    ]
    parsed = chat("".join(head.format(n, *line) for n, line in enumerate(lines)))
    assert [(one.person, one.what) for one in parsed.signals] == [("Tom", "👍"), ("Bo", "🎉")]
    assert [(one.text, one.replies_to) for one in parsed.messages] == [
        ("Goedemorgen allemaal hier", None),
        ("Dag Ria!", 1),
        ('Ik zei "Dag Ria!" tegen haar', None),
    ]
    assert [(one.sign, one.people) for one in parsed.messages[0].reactions] == [("👋", ("Bo",))]


def test_a_quote_in_another_language_is_known_by_its_place():
    text = (
        "10:00:01 Od  Ria  do  Wszyscy:\n\tdzień dobry\n10:00:02 Od  Bo  do  Wszyscy:\n"
        "\tOdpowiedź na „dzień dobry”:\n\thej\n"
    )
    assert [(one.text, one.replies_to) for one in chat(text).messages] == [("dzień dobry", None), ("hej", 1)]


def times(*stamps: str) -> tuple[list[int], list[str]]:
    parsed = chat("".join(f"{stamp} From  {'RTB'[n % 3]}  to  Everyone:\n\tx{n}\n" for n, stamp in enumerate(stamps)))
    return [one.at_ms for one in parsed.messages], [str(one) for one in parsed.warnings]


def test_midnight_is_passed_and_a_slow_clock_is_still_before_it():
    at_ms, warnings = times("23:59:50", "00:00:04", "23:59:58", "00:00:10")
    assert at_ms == [of_day(23, 59, 50), of_day(24, 0, 4), of_day(24, 0, 4), of_day(24, 0, 10)]
    assert len(warnings) == 1


def test_another_evening_in_the_same_file_is_kept_apart():
    at_ms, warnings = times("17:40:00", "17:45:00", "15:05:00", "15:06:00", "15:07:00", "18:00:00")
    assert at_ms[2:] == [of_day(39, 5), of_day(39, 6), of_day(39, 7), of_day(42, 0)]
    assert warnings == ["From line 5 on the file holds another evening, later than what is above it."]


def test_one_who_has_a_wrong_clock_is_no_other_evening():
    at_ms, warnings = times("19:00:00", "17:00:00", "19:01:00", "19:02:00")
    assert at_ms == [of_day(19, 0), of_day(19, 0), of_day(19, 1), of_day(19, 2)]
    assert len(warnings) == 1


def test_the_name_of_a_chat_in_the_cloud_says_when_its_recording_began():
    parsed = chat("00:03:10\tRia:\thallo\n", "GMT20260203-183000_RecordingnewChat.txt")
    assert (parsed.clock, parsed.begins_utc_ms) == (Clock.RECORDING, 1_770_143_400_000)


def test_what_is_not_clear_is_skipped_with_its_line():
    parsed = chat(
        "kop\n19:00:00 From  Ria  to  Everyone:\n\ta\n"
        "19:00:05 Ria heeft een bestand gedeeld\n19:00:09 From  Bo  to  Everyone:\n\tb\n"
    )
    assert [one.text for one in parsed.messages] == ["a", "b"]
    assert [one.line for one in parsed.skipped] == [1, 4]


@pytest.mark.parametrize(
    "text",
    [
        "19:00:00 dit is een ondertitel\n19:00:04 en nog een\n",
        "[Ria] 19:00:00\nhallo\n",
        "19:00:00 Od Jan Kowalski xx Ktos:\n\tx\n",  # who of these words is between the names?
        "\n",
        "Beste Ria,\n\nhierbij.\n",
    ],
)
def test_what_is_no_chat_is_not_recognised(text):
    assert not CHAT.recognises(Source("x.txt", text.encode()))


def test_what_is_no_chat_is_refused_when_it_is_named_one():
    with pytest.raises(Unreadable):
        CHAT.read(Source("x.txt", b"Beste Ria,\n"))
    assert CHAT.read(Source("chat.txt", b"\n")).messages == ()


def test_signs_stand_below_messages_without_a_blank_before_them():
    heads = "".join(
        f"2026-12-03 19:40:{n:02} From {who} to Everyone:\n\tzin {n}\n\t\nKees, Noor:👍\nRia de Wit:❤️\n"
        for n, who in enumerate(("Kees", "Noor", "Ria de Wit"))
    )
    parsed = chat(heads)
    assert parsed.skipped == ()
    for message in parsed.messages:
        assert [(one.sign, one.people) for one in message.reactions] == [
            ("👍", ("Kees", "Noor")),
            ("❤️", ("Ria de Wit",)),
        ]
