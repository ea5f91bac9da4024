"""Chats that are copied out of a window or exported as JSON: whoever made them, by the structure of their heads."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kring.imports import recognise
from kring.imports.parsed import Clock, Parsed
from kring.imports.source import Evening, Source
from kring.system.text_files import Unreadable

DAY = date(2026, 12, 3)
HOUR = 3_600_000
EVENING = Evening({("anna", "de", "wit"), ("piet",)}, {"p1"}, (19 * HOUR + 1_800_000, 21 * HOUR))
MINUTE = 60_000
AT = 19 * HOUR + 35 * MINUTE


def read(text: str, name: str = "chat.txt", format_name: str = "") -> Parsed:
    return recognise.read(Source(name, text.encode(), DAY, EVENING), format_name)


def said(parsed: Parsed) -> list[tuple[str, str, int]]:
    return [(one.author, one.text, (one.at_ms or 0) % (24 * HOUR) // MINUTE) for one in parsed.messages]


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("[3-12 19:35] Anna de Wit: hoi\n[3-12 19:36] Piet: dag\nen meer\n", Clock.WALL),
        ("[12/3 7:35 PM] Anna de Wit: hoi\n[12/3 7:36 PM] Piet: dag\nen meer\n", Clock.WALL),
        ("[3-12-2026 19:35] Anna de Wit\nhoi\n\n[3-12-2026 19:36] Piet\ndag\nen meer\n", Clock.WALL),
        ("[3-12 19:35] Anna de Wit: hoi\n[3-12 19:36] Piet\ndag\nen meer\n", Clock.WALL),
        ("**[2026-12-03 19:35:10] Anna de Wit:** hoi\n\n**[2026-12-03 19:36:11] Piet:** dag\nen meer\n", Clock.WALL),
        ("Anna de Wit\n3-12-2026 19:35\nhoi\n\nPiet\n3-12-2026 19:36\ndag\nen meer\n", Clock.WALL),
        ("Anna de Wit, [3 Dec 2026 19:35:10]:\nhoi\n\nPiet, [3 Dec 2026 19:36:10]:\ndag\nen meer\n", Clock.WALL),
        ("3 dec 2026 19:35 - Anna de Wit: hoi\n3 dec 2026 19:36 - Piet: dag\nen meer\n", Clock.WALL),
        ("03/12/2026 à 19:35 - Anna de Wit: hoi\n03/12/2026 à 19:36 - Piet: dag\nen meer\n", Clock.WALL),
        ("Anna de Wit — 03-12-2026 19:35\nhoi\nPiet — 03-12-2026 19:36\ndag\nen meer\n", Clock.WALL),
        ("Anna de Wit — 19:35\nhoi\nPiet — 19:36\ndag\nen meer\n", Clock.TIME_OF_DAY),
        ("Anna de Wit — Vandaag om 19:35\nhoi\nPiet — Today at 7:36 PM\ndag\nen meer\n", Clock.TIME_OF_DAY),
        ("Anna de Wit, do 19:35\nhoi\nPiet, do 19:36\ndag\nen meer\n", Clock.TIME_OF_DAY),
        ("Anna de Wit om 19:35:\nhoi\nPiet om 19:36:\ndag\nen meer\n", Clock.TIME_OF_DAY),
        ("[gisteren 19:35] Anna de Wit: hoi\n[gisteren 19:36] Piet: dag\nen meer\n", Clock.TIME_OF_DAY),
        ("[19:35]Anna de Wit: hoi\n[19:36]Piet: dag\nen meer\n", Clock.TIME_OF_DAY),
        ("19:35 <Anna de Wit> hoi\n19:36 <Piet> dag\nen meer\n", Clock.TIME_OF_DAY),
        ("19:35 | Anna de Wit | hoi\n19:36 | Piet | dag\nen meer\n", Clock.TIME_OF_DAY),
    ],
)
def test_a_copied_chat_is_read_by_its_structure(text: str, clock: Clock) -> None:
    parsed = read(text)
    assert said(parsed) == [("Anna de Wit", "hoi", 1175), ("Piet", "dag\nen meer", 1176)]
    assert (parsed.clock, parsed.format, parsed.utterances) == (clock, "chat-lines", ())


def test_a_chat_may_end_with_a_head() -> None:
    assert said(read("Anna de Wit — 19:35\nhoi\nPiet — 19:36")) == [("Anna de Wit", "hoi", 1175), ("Piet", "", 1176)]


def test_a_time_alone_may_be_what_somebody_wrote() -> None:
    found = said(read("Anna de Wit — 19:35\n19:44\nPiet — 19:36\nja\n"))
    assert found == [("Anna de Wit", "19:44", 1175), ("Piet", "ja", 1176)]


def test_a_time_in_the_words_is_no_head() -> None:
    text = (
        "Anna de Wit — 19:35\nhoi\nik kom om 19:45\nPiet — 19:36\n19:50 weg\nAnna de Wit — Gisteren om 19:40\ntot zo\n"
    )
    assert said(read(text)) == [
        ("Anna de Wit", "hoi\nik kom om 19:45", 1175),
        ("Piet", "19:50 weg", 1176),
        ("Anna de Wit", "tot zo", 1180),
    ]


def test_names_and_minutes_alone_are_a_chat_where_somebody_says_so() -> None:
    text = "Anna de Wit  19:35\nhoi\nPiet  19:36\ndag\n"
    assert read(text).utterances
    assert said(read(text, format_name="chat-lines")) == [("Anna de Wit", "hoi", 1175), ("Piet", "dag", 1176)]


TYPED = ["hoi 👋", "dag", "ik kom later, rond 20:00", "tot 20:00"]
SPOKEN = [
    "Ik vind het eigenlijk goed, want je weet waar je aan toe bent, en dat had ik vroeger nooit zo.",
    "Ja, dat is zo. Maar voor mij is het anders, want ik woon verder weg en ik kom er maar een keer in de maand.",
    "Dat klopt, dat heb ik ook wel eens gehad, toen ik daar stond te wachten en er gewoon niemand kwam.",
    "Precies.",
]
NOTED = ["vindt de prijs te hoog", "is het eens met Anna", "mist de app", "vindt dat ook"]
WHO = ["Anna de Wit", "Piet", "Anna de Wit", "Piet"]
FORMS = ["{who} {at}\n{said}\n", "{who}  {at}\n{said}\n\n", "{at} {who}: {said}\n", "{who}\n{at}\n{said}\n\n"]


def written(form: str, who: list[str], said: list[str], step: int) -> str:
    times = (f"19:{35 + step * place}" for place in range(len(said)))
    return "".join(form.format(who=one, at=at, said=text) for one, at, text in zip(who, times, said, strict=True))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("words", "step", "is_chat"), [(TYPED, 3, True), (SPOKEN, 1, False), (NOTED, 5, False)])
def test_names_and_minutes_alone_are_a_chat_where_the_words_were_typed(
    form: str, words: list[str], step: int, is_chat: bool
) -> None:
    parsed = read(written(form, WHO, words, step))
    assert bool(parsed.messages) is is_chat
    assert len(parsed.messages or parsed.utterances) == len(words)


@pytest.mark.parametrize("form", FORMS)
def test_a_guest_who_writes_once_is_in_the_chat(form: str) -> None:
    parsed = read(written(form, [*WHO, "Gast"], [*TYPED, "mag ik erin"], 3))
    assert [one.author for one in parsed.messages] == [*WHO, "Gast"]


@pytest.mark.parametrize("head", ["{} 7:35 PM", "{} 19.35 uur", "{} 19u35", "{} 19h35", "(19:35) {}:"])
def test_a_time_of_day_may_be_written_otherwise(head: str) -> None:
    text = "".join(f"{head.format(who)}\n{words}\n" for who, words in zip(WHO, TYPED, strict=True))
    assert said(read(text))[1] == ("Piet", "dag", 1175)


@pytest.mark.parametrize(
    "text",
    [
        "Welkom 19:30\nuitleg doel en opname\nKennismaking 19:35\nwie bent u\nErvaringen 19:50\nwat ging goed\n",
        "Opening 19:30\nvastgesteld\nPrijs 19:35\nte duur\nRondvraag 20:50\ngeen\n",
        "19:30 Opening en welkom\n19:35 Kennismaking\n19:50 Prijs van de app\n",
        "19:30 - 19:40 Welkom\n19:40 - 20:00 Kern\n",
    ],
)
def test_a_guide_and_an_agenda_are_neither_chat_nor_transcript(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


@pytest.mark.parametrize(
    "notice",
    [
        "Ria de Wit heeft de vergadering verlaten",
        "Ria has joined the meeting",
        "1 Vind ik leuk-reactie.\n1",
        "2 Like reactions.",
        "like 1",
        "Dit bericht is verwijderd.",
        "Berichten en oproepen zijn end-to-end versleuteld. Alleen deelnemers kunnen meelezen.",
    ],
)
def test_what_a_program_writes_in_a_chat_is_said_by_nobody(notice: str) -> None:
    parsed = read(f"Anna de Wit — 19:35\nhoi\n{notice}\nPiet — 19:36\ndag\nPiet — 19:37\n{notice}\n")
    assert said(parsed) == [("Anna de Wit", "hoi", 1175), ("Piet", "dag", 1176)]
    assert len(parsed.skipped) == 2 * len(notice.split("\n"))


@pytest.mark.parametrize(
    "words", ["Zij heeft de groep verlaten, jammer", "I left", "1", "ik vind het leuk 1", "Anna left"]
)
def test_what_somebody_types_stays(words: str) -> None:
    assert said(read(f"Anna de Wit — 19:35\nhoi\nPiet — 19:36\n{words}\n"))[1][1] == words


def test_seconds_of_a_recording_are_no_chat() -> None:
    assert read("Anna de Wit  0:35\nhoi\nPiet  0:56\ndag\n").clock is Clock.RECORDING


def test_what_is_marked_private_stays_apart() -> None:
    parsed = read("Anna de Wit — 19:35\nhoi\nPiet (privé) — 19:36\npsst\n")
    assert [(one.author, one.is_private) for one in parsed.messages] == [("Anna de Wit", False), ("Piet", True)]


TELEGRAM = {
    "name": "groep",
    "type": "private_group",
    "messages": [
        {"id": 1, "type": "service", "date": "2026-12-03T19:30:00", "actor": "Els", "action": "create_group"},
        {"id": 2, "type": "message", "date": "2026-12-03T19:35:10", "from": "Anna de Wit", "text": "hoi",
         "reactions": [{"type": "emoji", "count": 1, "emoji": "👍", "recent": [{"name": "Piet"}]}]},
        {"id": 3, "date": "2026-12-03T19:36:10", "from": "Piet", "reply_to_message_id": 2,
         "text": ["dag ", {"type": "link", "text": "x.nl"}]},
        {"id": 4, "date": "2026-12-10T19:36:10", "from": "Piet", "text": "een week later"},
    ],
}  # fmt: skip
SLACK = [
    {"type": "message", "user_profile": {"real_name": "Anna de Wit"}, "text": "hoi", "ts": "1796322910.000100"},
    {"type": "message", "user_profile": {"real_name": "Piet"}, "text": "dag x.nl", "ts": "1796322970.000100",
     "thread_ts": "1796322910.000100"},
]  # fmt: skip
DISCORD = {
    "channel": {"type": "GuildTextChat", "name": "groep"},
    "messages": [
        {"id": "7", "timestamp": "2026-12-03T19:35:10+01:00", "content": "hoi", "author": {"nickname": "Anna de Wit"}},
        {"id": "8", "timestamp": "2026-12-03T19:36:10+01:00", "content": "dag x.nl", "author": {"name": "Piet"},
         "reference": {"messageId": "7"}},
    ],
}  # fmt: skip
FACEBOOK = {
    "participants": [{"name": "Anna de Wit"}, {"name": "Piet"}],
    "messages": [
        {"sender_name": "Piet", "timestamp_ms": 1796322970000, "content": "dag x.nl"},
        {"sender_name": "Anna de Wit", "timestamp_ms": 1796322910000, "content": "hoi"},
    ],
}


@pytest.mark.parametrize("chat", [TELEGRAM, SLACK, DISCORD, FACEBOOK])
def test_a_chat_as_json_is_read_by_what_its_messages_hold(chat: object) -> None:
    parsed = read(json.dumps(chat), "result.json")
    assert [(one.author, one.text, one.is_private) for one in parsed.messages] == [
        ("Anna de Wit", "hoi", False),
        ("Piet", "dag x.nl", False),
    ]
    first, second = parsed.messages
    assert (second.at_ms or 0) - (first.at_ms or 0) == MINUTE
    assert second.replies_to == (None if chat is FACEBOOK else first.line)
    if chat is TELEGRAM:
        assert [(one.sign, one.people) for one in first.reactions] == [("👍", ("Piet",))]
        assert [one.line for one in parsed.skipped] == [1, 4]


@pytest.mark.parametrize("kind", ["personal_chat", "saved_messages", "DirectTextChat", "im"])
def test_a_chat_between_people_is_private(kind: str) -> None:
    parsed = read(json.dumps(TELEGRAM | {"type": kind}), "result.json")
    assert {one.is_private for one in parsed.messages} == {True}


@pytest.mark.parametrize(
    ("heading", "to", "is_private"),
    [
        ("to", "#groep", False),
        ("kanaal", "algemeen", False),
        ("channel", "#general", False),
        ("kanaal", "@anna", True),
        ("kanaal", "Piet", True),
        ("kanaal", "DM Piet", True),
        ("kanaal", "mpdm-anna--piet-1", True),
        ("aan", "algemeen", True),
    ],
)
@pytest.mark.parametrize("moments", [("2026-12-03 19:35:10", "2026-12-03 19:36:10"), ("19:35:10", "19:36:10")])
def test_a_channel_is_everybody(heading: str, to: str, is_private: bool, moments: tuple[str, str]) -> None:
    rows = [("tijd", "van", heading, "bericht"), *((at, "Anna de Wit", to, "hallo daar") for at in moments)]
    parsed = read("\n".join(map(";".join, rows)) + "\n", "chat.csv")
    assert {one.is_private for one in parsed.messages} == {is_private}


@pytest.mark.parametrize(
    ("times", "heading", "private"),
    [
        (("19:35", "19:36"), ";aan", [False, True]),
        (("7:35 PM", "7:36 pm"), ";to", [False, True]),
        (("19:35", "19:36"), "", [False, False]),
    ],
)
def test_hours_and_minutes_in_a_table_are_those_of_the_session(
    times: tuple[str, str], heading: str, private: list[bool]
) -> None:
    tos = ("iedereen", "Piet") if heading else ("", "")
    people = zip(times, ("Anna de Wit", "Piet"), tos, ("hoi", "dag"), strict=True)
    rows = ["tijd;van" + heading + ";bericht", *(";".join(filter(None, row)) for row in people)]
    parsed = read("\n".join(rows) + "\n", "chat.csv")
    assert said(parsed) == [("Anna de Wit", "hoi", 1175), ("Piet", "dag", 1176)]
    assert [one.is_private for one in parsed.messages] == private
    assert parsed.clock is Clock.TIME_OF_DAY


def test_a_table_of_speech_may_say_both_ends_in_hours_and_minutes() -> None:
    rows = "Start;Einde;Wie;Wat\n19:31;19:32;Anna;Ik vind het goed\n19:33;19:33;Piet;Nee hoor\n"
    first, second = read(rows, "x.csv").utterances
    assert (first.start_ms, first.end_ms) == (AT - 4 * MINUTE, AT - 3 * MINUTE)
    assert (second.start_ms, second.end_ms) == (AT - 2 * MINUTE, AT - 2 * MINUTE + 1_000)


def test_what_skype_says_of_a_change_stands_in_the_head() -> None:
    text = "[3-12-2026 19:35:02] Anna de Wit: hoi\n[3-12-2026 19:36:40 | Bewerkt 19:37:00] Piet: dag\n"
    assert said(read(text)) == [("Anna de Wit", "hoi", 1175), ("Piet", "dag", 1176)]


@pytest.mark.parametrize(
    "text",
    [
        "From: Piet (+31612345678)\nSent: Thu, 03 Dec 2026 19:35:00 +0100\n\nhoi\n\n\n" * 2,
        "Conversation: groep\n\n" + "From: Anna de Wit\nSent: 2026-12-03 19:35\n\nhoi\n\n" * 2,
        "Afzender: Piet\nTijdstip: 3-12-2026 19:35\nBericht: hoi\n\n" * 3,
        "Anna de Wit\nhoi\n3 dec 2026, 19:35\nPiet\ndag\n3 dec 2026, 19:36\n",
    ],
)
def test_fields_and_dates_are_nobody_who_speaks(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna de Wit\n  7:35 PM\nHoi allemaal\n7:36\nnog iets\nPiet\n  7:37 PM\nDag\n7:38\nTot zo\n",
        "Anna de Wit\n  19:35\nHoi allemaal\n19:36\nnog iets\nPiet\n  19:37\nDag\n19:38\nTot zo\n",
        "Anna de Wit\n  7:35 p.m.\nHoi allemaal\n7:36\nnog iets\n\nPiet\n  7:37 p.m.\nDag\n7:38\nTot zo\n",
        "Anna de Wit  [7:35 PM]\nHoi allemaal\n[7:36 PM] nog iets\nPiet  [7:37 PM]\nDag\n[7:38 PM] Tot zo\n",
    ],
)
def test_a_time_alone_in_a_copied_slack_is_more_of_who_wrote_above(text: str) -> None:
    assert said(read(text)) == [
        ("Anna de Wit", "Hoi allemaal", 1175),
        ("Anna de Wit", "nog iets", 1176),
        ("Piet", "Dag", 1177),
        ("Piet", "Tot zo", 1178),
    ]


def test_a_time_below_noon_in_a_copied_slack_is_of_the_other_half_of_the_day() -> None:
    text = "Anna\n  11:58 AM\nhoi\n12:01\nnog\nPiet\n  12:02 PM\ndag\n"
    evening = Evening({("anna",), ("piet",)}, set(), (11 * HOUR, 13 * HOUR))
    parsed = recognise.read(Source("chat.txt", text.encode(), DAY, evening))
    assert said(parsed) == [("Anna", "hoi", 718), ("Anna", "nog", 721), ("Piet", "dag", 722)]


def test_a_copied_slack_of_which_a_part_was_written_before_the_session_is_one() -> None:
    text = "Anna\n  2:05 PM\nTot vanavond\n2:06\nnog iets\nPiet\n  7:37 PM\nDag\n"
    assert [author for author, *_ in said(read(text))] == ["Anna", "Anna", "Piet"]


def test_a_direct_message_between_what_goes_on_is_nobodys() -> None:
    text = "Anna de Wit  [7:35 PM]\nhoi\n[7:36 PM] To Piet (privately): stil\nPiet  [7:37 PM]\ndag\n"
    assert all("stil" not in one.text or one.is_private for one in read(text).messages)


@pytest.mark.parametrize(
    ("kind", "is_private"),
    [({}, False), ({"chatType": "oneOnOne"}, True), ({"chatType": "meeting"}, False)],
)
def test_a_chat_of_microsoft_graph(kind: dict[str, str], is_private: bool) -> None:
    def message(number: int, name: str | None, content: str, **more: object) -> dict[str, object]:
        who = None if name is None else {"user": {"displayName": name}}
        at = f"2026-12-03T18:3{number}:00.1Z"
        body = {"contentType": "html", "content": content}
        return {"id": str(number), "createdDateTime": at, "from": who, "body": body, **more}

    liked = [{"reactionType": "like", "user": {"user": {"displayName": "Piet"}}}]
    told = [
        message(5, "Anna de Wit", "<p>hoi &amp; <b>dag</b></p><p>meer</p>", reactions=liked),
        message(6, None, "<systemEventMessage/>"),
        message(7, "Piet", "<p>ja</p>"),
    ]
    parsed = read(json.dumps({**kind, "value": told}))
    assert [(one.author, one.text, one.is_private) for one in parsed.messages] == [
        ("Anna de Wit", "hoi & dag\nmeer", is_private), ("Piet", "ja", is_private),
    ]  # fmt: skip
    assert [(one.sign, one.people) for one in parsed.messages[0].reactions] == [("like", ("Piet",))]
    assert [one.line for one in parsed.skipped] == [2]


def test_a_chat_of_two_in_teams_is_known_by_its_name() -> None:
    told = [
        {"createdDateTime": f"2026-12-03T18:3{n}:00Z", "chatId": "19:a_b@unq.gbl.spaces", "body": {"content": "x"},
         "from": {"user": {"displayName": "Anna"}}} for n in range(3)
    ]  # fmt: skip
    assert all(one.is_private for one in read(json.dumps(told)).messages)
