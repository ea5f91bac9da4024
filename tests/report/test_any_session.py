"""Whatever a session file tells, a report and every format can be made of it."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
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
any_session = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(any_session, max_examples=50)
@given(happened=events(), with_names=st.booleans())
def test_any_session_has_a_report(happened, with_names):
    state = fold(EMPTY, happened)
    report = report_of(material_of(state, with_names=with_names))
    assert html.written(report).rstrip().endswith(b"</html>")
    assert markdown.written(report)


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - set(OF_EVENTS)))
@any_session
@given(happened=events(), with_names=st.booleans())
def test_any_session_has_every_format(name, happened, with_names):
    state = fold(EMPTY, happened)
    assume(state.session.id)
    assert isinstance(written(FORMATS[name].load(), material_of(state, with_names=with_names)), bytes)
