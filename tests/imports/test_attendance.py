"""Lists of who was there, of every platform and country: the people, their times, and what is said of the rest."""

import io
from datetime import UTC, date, datetime

import pytest
import xlsxwriter

from imports.attendance_cases import CASES
from kring.imports.formats.attendance import ATTENDANCE, MEET_ATTENDANCE
from kring.imports.formats.teams_attendance import TEAMS_ATTENDANCE
from kring.imports.formats.zoom_participants import ZOOM_PARTICIPANTS
from kring.imports.parsed import Clock, Parsed
from kring.imports.recognise import recognised
from kring.imports.source import Format, Source
from kring.system.text_files import Unreadable

FORMATS = (TEAMS_ATTENDANCE, ZOOM_PARTICIPANTS, MEET_ATTENDANCE, ATTENDANCE)


def read(content: str | bytes, day: date | None = None) -> Parsed:
    source = Source("list.csv", content.encode() if isinstance(content, str) else content, day)
    return recognised(source).read(source)


def at(ms: int | None) -> str:
    if ms is None:
        return "-"
    if ms < 3 * 86_400_000:
        minutes = ms // 60_000
        return f"{minutes // 60}:{minutes % 60:02}"
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%d-%m %H:%M:%S")


def told(parsed: Parsed) -> list[str]:
    return [
        f"{stay.person} {at(stay.joined_ms)} {at(stay.left_ms)}" + (" waiting" if stay.in_waiting_room else "")
        for stay in parsed.stays
    ]


@pytest.mark.parametrize("name", CASES)
def test_lists_of_who_was_there(name: str) -> None:
    case = CASES[name]
    parsed = read(case.text, case.day)
    assert parsed.format == case.format
    assert told(parsed) == case.stays
    assert [one.line for one in parsed.skipped] == case.skipped
    if case.dropped is not None:
        assert parsed.dropped == case.dropped


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_encoding_of_teams_makes_no_difference(encoding: str, line_end: str) -> None:
    text = CASES["teams with three sections, tabs at the end of each row"].text.replace("\n", line_end)
    assert told(read(text.encode(encoding))) == CASES["teams with three sections, tabs at the end of each row"].stays


def test_engagement_in_teams_becomes_signals_and_people_of_the_summary_stay() -> None:
    text = (
        '1. Summary\r\nMeeting title\t"Groep helpdesk \r\n(22 september 2026)"\r\n'
        "Start time\t9/22/26, 2:48:05 PM\r\n\r\n"
        "2. Participants\r\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\t"
        "Engagement: Reaction-Like\tEngagement: Unmute\r\n"
        "An\t9/22/26, 2:48:09 PM\t9/22/26, 6:11:26 PM\t3h 23m 17s\ta@x.example\ta@x.example\tOrganizer\t1\t2\r\n"
        '" 15550100 (Unverified)"\t9/22/26, 3:07:20 PM\t9/22/26, 5:41:02 PM\t2h 33m 42s\t\t\tAttendee\r\n'
        "Noor\t\t9/22/26, 6:00:00\u202fPM\t30m\tn@x.example\tn@x.example\tPresenter\t\t\r\n\r\n"
        "3. In-Meeting Activities\r\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\r\n"
        "An\t9/22/26, 2:48:09 PM\t9/22/26, 6:11:26 PM\t3h 23m 17s\ta@x.example\tOrganizer\r\n\r\n"
        "4. Meeting Engagement\r\nName\tEngagement Type\tTime\r\n"
        "An\tUnmute\t9/22/26, 3:09:11 PM\r\nAn\tRaise Hands\t9/22/26, 3:20:00 PM\r\nBo\tReaction-Applause\tlater\r\n"
    )
    parsed = read(text.encode("utf-16"))
    assert told(parsed) == [
        "15550100 (Unverified) 22-09 15:07:20 22-09 17:41:02",
        "Noor - 22-09 18:00:00",
        "An 22-09 14:48:09 22-09 18:11:26",
    ]
    assert [stay.role for stay in parsed.stays] == ["Attendee", "Presenter", "Organizer"]
    assert parsed.stays[1].duration_s == 1800
    assert [(one.person, one.what, at(one.at_ms)) for one in parsed.signals] == [
        ("An", "Unmute", "22-09 15:09:11"),
        ("An", "Raise Hands", "22-09 15:20:00"),
    ]
    assert [one.line for one in parsed.skipped] == [20]
    assert "Email" in parsed.dropped
    assert "Participant ID (UPN)" in parsed.dropped


def test_clocks() -> None:
    clocks = {name: read(case.text, case.day).clock for name, case in CASES.items()}
    assert clocks["a live event, in UTC"] is Clock.UTC
    assert clocks["google meet"] is Clock.TIME_OF_DAY
    assert clocks["zoom, each person once"] is Clock.NONE
    assert clocks["teams in French, a word between day and time"] is Clock.WALL


@pytest.mark.parametrize(
    ("rows", "clock", "joined"),
    [
        ("Joined,Left\nAn,2026-03-16T18:58:00+01:00,2026-03-16T19:58:00Z", Clock.UTC, "16-03 17:58:00"),
        ("Joined,Left\nAn,2026-03-16 18:58:00,2026-03-16 19:58:00", Clock.WALL, "16-03 18:58:00"),
        ("Joined (UTC),Left (UTC)\nAn,2026-03-16 18:58:00,2026-03-16 19:58:00", Clock.UTC, "16-03 18:58:00"),
    ],
)
def test_a_list_that_says_its_zone_counts_in_utc(rows: str, clock: Clock, joined: str) -> None:
    parsed = read(f"Name,{rows}\n")
    assert (parsed.clock, at(parsed.stays[0].joined_ms)) == (clock, joined)


def test_minutes_count_where_there_are_no_times() -> None:
    assert [stay.duration_s for stay in read(CASES["zoom, each person once"].text).stays] == [4500, 3420]


def test_who_registered_and_did_not_come_has_no_time() -> None:
    assert [str(one.why) for one in read(CASES["a webinar"].text).skipped] == ["There is no time in it."]


def test_the_head_of_a_report_is_nobody_s_stay_where_the_people_have_no_times() -> None:
    with pytest.raises(Unreadable, match="no table that kring can read of who came and went"):
        ZOOM_PARTICIPANTS.read(
            Source(
                "list.csv",
                b"Topic,Host,Start time,End time\nGroep,Els,16/03/2026 18:55:02,16/03/2026 20:34:10\n\n"
                b"Name,Email,Leave time\nAn,a@x.example,16/03/2026 20:30:00\n",
            )
        )


def test_times_that_a_duration_does_not_fit_are_none_of_coming_and_going() -> None:
    text = "Group,Start,End,Name,Joined,Duration\n" + "".join(  # nobody's end is said
        f"G,16/03/2026 18:55:00,16/03/2026 19:05:00,{name},16/03/2026 18:56:00,95 mins\n" for name in ("An", "Bo")
    )
    assert not any(one.recognises(Source("list.csv", text.encode())) for one in FORMATS)


def test_the_tables_of_a_webinar_say_who_is_who() -> None:
    assert [stay.role for stay in read(CASES["a webinar"].text).stays] == [
        "Host Details",
        "Panelist Details",
        "Attendee Details",
        "Attendee Details",
    ]


def test_dates_that_can_be_two_days_are_asked_about() -> None:
    with pytest.raises(Unreadable, match="needs the day of the session"):
        read(CASES["teams' list of 2020"].text)


def test_a_list_of_which_no_row_can_be_read_says_why() -> None:
    with pytest.raises(Unreadable, match=r"^No row of list.csv can be read; line 2: It ends before it begins\.$"):
        read("Name,Join time,Leave time\nAn,03/16/2026 08:05:00 PM,03/16/2026 07:34:00 PM\n")


@pytest.mark.parametrize("heading", ["Spreektijd (min)", "Talk time (minutes)", "Leeftijd", "Reistijd"])
def test_numbers_beside_names_are_no_list_of_who_was_there(heading: str) -> None:
    with pytest.raises(Unreadable, match="a form that kring doesn't know"):
        read(f"Naam;{heading}\nAn;12\nBo;23\n")


def test_a_question_about_minutes_is_one_of_a_survey() -> None:
    assert read("Naam;Hoeveel minuten reist u hierheen?\nAn;12\nBo;23\n").format == "survey"


def test_a_list_of_another_day_is_refused() -> None:
    with pytest.raises(Unreadable, match="the session of 2026-03-20"):
        read(CASES["zoom with a head that no blank line parts"].text, date(2026, 3, 20))


NOTES = (
    "Wie,Soort,Tekst,Tijd\nAn,noot,te duur,16/03/2026 18:58:00\nAn,citaat,ja,16/03/2026 18:59:00\n"
    "Bo,noot,nee,16/03/2026 19:58:00\n"
)


@pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)
@pytest.mark.parametrize(
    "content",
    ["a", "Name,Email\nAn,a@x.example\n", "a;b\n", "Naam;Rol;Tijd\nAn;Els;Bo\n", "12:30:01\tAn:\thello\n" * 30, NOTES],
)
def test_what_holds_no_list_is_taken_for_none(format_: Format, content: str) -> None:
    assert not format_.recognises(Source("x.csv", content.encode()))


@pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)
@pytest.mark.parametrize("content", ["a", "Name,Email\nAn,a@x.example\n", "a;b\n", "Naam;Rol;Tijd\nAn;Els;Bo\n"])
def test_a_file_without_people_and_times_is_refused_in_a_sentence(format_: Format, content: str) -> None:
    with pytest.raises(Unreadable, match=r"x\.csv"):
        format_.read(Source("x.csv", content.encode()))


def workbook(*sheets: list[list[str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def test_a_list_that_was_saved_as_a_workbook_reads_the_same() -> None:
    case = CASES["teams with three sections, tabs at the end of each row"]
    rows = [line.split("\t") for line in case.text.split("\n")]
    parsed = read(workbook([["leeg", "blad"]], rows))
    assert told(parsed) == case.stays
    assert parsed.stays[0].line == 10
    assert [str(one) for one in parsed.warnings] == [
        "The sheet Sheet2 is read, where the data seem to be; not: Sheet1."
    ]


def test_a_file_that_is_no_text_is_refused_by_name() -> None:
    with pytest.raises(Unreadable, match=r"list\.docx"):
        recognised(Source("list.docx", b"PK\x03\x04 word/document.xml"))


def test_halves_of_the_day_in_a_list_of_who_was_there_are_nothing_that_was_said() -> None:
    rows = "Name,Joined,Left\nAnna,7:28 PM,9:01 PM\nPiet,7:30 PM,8:15 PM\n"
    source = Source("att.csv", rows.encode())
    parsed = recognised(source).read(source)
    assert [(one.person, one.joined_ms, one.left_ms) for one in parsed.stays] == [
        ("Anna", 70_080_000, 75_660_000),
        ("Piet", 70_200_000, 72_900_000),
    ]
