"""However a table of a platform is damaged, it is read in part or refused in a sentence, and never in a traceback."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from imports.attendance_cases import CASES
from imports.poll_cases import PAIRS
from imports.survey_cases import CASES as SURVEYS
from kring.domain.text import KringError
from kring.imports.formats.attendance import ATTENDANCE, MEET_ATTENDANCE
from kring.imports.formats.surveys.files import SURVEY, TOOLS
from kring.imports.formats.teams_attendance import TEAMS_ATTENDANCE
from kring.imports.formats.zoom_participants import ZOOM_PARTICIPANTS
from kring.imports.formats.zoom_poll import ZOOM_POLL
from kring.imports.recognise import recognised
from kring.imports.source import Format, Source

FORMATS = (*TOOLS, ZOOM_POLL, TEAMS_ATTENDANCE, ZOOM_PARTICIPANTS, MEET_ATTENDANCE, ATTENDANCE, SURVEY)
TABLES = [*(case.text for case in (*CASES.values(), *SURVEYS.values())), PAIRS]
DAYS = st.sampled_from([None, *(case.day for case in CASES.values())])
SIGNS = st.sampled_from(
    ['"', ";", ",", "\t", "\n", "\r", "\x00", "#", "-", "0", "9", "99", "é", "\ufeff", "  ", "12:61", '="a"']
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Draw a table with lines taken out, twice or moved, and signs put in or taken out."""
    lines = draw(st.sampled_from(TABLES)).split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        place = draw(st.integers(0, len(line)))
        match draw(st.integers(0, 4)):
            case 0:
                lines[at] = line[:place] + draw(SIGNS) + line[place:]
            case 1:
                lines[at] = line[:place] + line[place + draw(st.integers(1, 12)) :]
            case 2:
                lines[at], lines[other] = lines[other], line
            case 3:
                lines.insert(other, line)
            case _:
                lines[at] = ""
    return "\n".join(lines)


@given(damaged(), DAYS, st.sampled_from(FORMATS))
def test_a_damaged_table_never_ends_in_a_traceback(text: str, day: date | None, named: Format) -> None:
    source = Source("list.csv", text.encode(), day)
    for reading in (lambda: recognised(source).read(source), lambda: named.read(source)):
        try:
            parsed = reading()
        except KringError:
            continue
        last = text.count("\n") + text.count("\r") + 1
        for one in (*parsed.stays, *parsed.responses, *parsed.answers, *parsed.signals, *parsed.skipped):
            assert 1 <= one.line <= last
        for stay in parsed.stays:
            assert stay.joined_ms is None or stay.left_ms is None or stay.joined_ms <= stay.left_ms
            assert stay.person
        for answer in parsed.answers:
            assert answer.question
            assert answer.answers
        for response in parsed.responses:
            assert len(response.values) == len(parsed.questions)
            assert any(response.values)
        for question in parsed.questions:
            assert question.kind in {"nps", "mark", "choice", "open"}
