"""Whatever a session file tells, a report and every format can be made of it."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.any_facts import events
from exports.full_session import material_of, written
from kring.domain.history import fold
from kring.domain.state import EMPTY
from kring.exports.formats import FORMATS
from kring.report import html, markdown
from kring.report.content import report_of

OF_EVENTS = ("json", "zip")
"""What is made of the events themselves; their tests stand with the formats."""
WRITERS = {name: kind.load() for name, kind in FORMATS.items() if name not in OF_EVENTS}


@settings(max_examples=settings().max_examples // 3)  # each writes every format
@given(happened=events(), with_names=st.booleans())
def test_any_session_has_a_report_and_every_format(happened, with_names):
    state = fold(EMPTY, happened)
    snapshot = material_of(state, with_names=with_names)
    report = report_of(snapshot)
    assert html.written(report).rstrip().endswith(b"</html>")
    assert markdown.written(report)
    assume(state.session.id)
    for name, writer in WRITERS.items():
        assert isinstance(written(writer, snapshot), bytes), name
