"""Whatever a file tells, the review can draw it; and what people wrote stays text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acting import act
from domain.any_facts import events
from kring.domain import facts as f
from kring.domain.decide import bringing_in, coding, correcting, decision
from kring.domain.events import Event
from kring.domain.history import History
from kring.domain.sentences import sentence
from kring.review.filters import Filter
from kring.review.model import ReviewModel
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.ui.review import boards, charts, codes, details, filter_menu, minimap, timeline_entry
from kring.ui.widgets.line import width
from review.desk import turns
from ui.live import press
from ui.reviewing import beside, go_to, reviewing, rows, said, shown

HOSTILE = "[b]P3[/b] <script>alert(1)</script> =1+1 \u202e\u05e1\u05d5\u05d3 {0.__class__} " + "lang " * 60


def look_everywhere(model: ReviewModel) -> None:
    """Draw all that the review can show."""
    for one in model.entries:
        for room in (20, 80, 160):
            assert all(width(line) <= room for line in timeline_entry.draw(model, one, room))
        assert details.details(model, one, lambda event: sentence(model.state, event), 40)
    for columns in (1, 40, 118):
        drawn = minimap.draw(model, minimap.ROWS, columns)
        assert [width(row) for row in drawn.rows] == [columns] * len(minimap.ROWS)
        assert all(width(minimap.with_place(row, columns // 2)) == columns for row in drawn.rows)
    first, last = model.bounds()
    for moment in (first, (first + last) // 2, last):
        model.move_to(moment)
        for room in (20, 60, 120):
            boards.moderator(model.board(), model.at, room, 20)
            boards.assistant(model.board(), model.at, room, 20)
    for _title, chart in charts.CHARTS.values():
        for room in (12, 60, 120):
            chart(model.state, last, room)
    codes.codebook(model, 40)
    codes.agreements(model, 40)
    for option in filter_menu.filter_options(model):
        model.filter = filter_menu.chosen_filter(Filter(), option.id)
        model.shown()
        filter_menu.told(model)


@given(happened=events(), hidden=st.booleans())
def test_any_session_can_be_drawn(happened: list[Event], hidden: bool) -> None:
    history = History()
    history.accept(history.change(happened))
    model = ReviewModel(history, "Bo")
    model.speakers_hidden, model.others_hidden = hidden, hidden
    look_everywhere(model)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_what_people_wrote_stays_text(session: Session, clock: SimulatedClock, size: tuple[int, int]) -> None:
    turn = turns(session, clock, 2)[0]
    act(session, f'note "{HOSTILE}', f"issue P1 {HOSTILE[:40]}")
    added = session.do(decision(coding.add_code, HOSTILE[:60], HOSTILE))
    session.do(decision(coding.put_on, added.id, session.me.name, turn=turn))
    session.do(decision(coding.write_memo, HOSTILE, turn=turn))
    async with reviewing(session, size) as (app, pilot):
        go_to(app, f"turns/{turn}")
        await press(pilot, "f6", "f2", "f3", "f4")
        await press(pilot, "end", "/", "script", "\n", "f2")
        assert "[b]P3[/b]" in shown(app)
        assert "<script>" in beside(app)
        assert all(len(line) <= size[0] for line in shown(app).splitlines())


async def test_a_proposal_is_accepted_and_a_transcript_is_read(session: Session, clock: SimulatedClock) -> None:
    turn = turns(session, clock, 3)[0]
    began = int(session.state.turns[turn].started_at)
    proposed = (
        f.TurnProposed("reassign", turn, "participant", "P5", began, began + 9_000),
        f.TurnProposed("add", None, "moderator", None, began + 12_000, began + 13_000),
        f.TurnProposed("remove", turn, "participant", "P1", began + 20_000, began + 30_000),
    )
    session.do(decision(correcting.propose, "by hand", proposed))
    heard = f.UtteranceRead("we sparen nooit", began, began + 2_000, turn)
    session.do(decision(bringing_in.read, "whisper", "nl", (heard,)))
    async with reviewing(session, (100, 30)) as (app, pilot):
        assert sum(one.startswith("transcript/") for one in rows(app)) == 1
        proposals = [one for one in rows(app) if one.startswith("turn_proposals/")]
        assert len(proposals) == 3
        await press(pilot, "/", "sparen", "\t")
        assert [one.partition("/")[0] for one in rows(app)] == ["transcript"]
        await press(pilot, "\x1b")
        go_to(app, proposals[0])
        await press(pilot, "p", "1")
        assert session.state.turns[turn].participant == "P5", said(app)
        assert len([one for one in rows(app) if one.startswith("turn_proposals/")]) == 2
        await press(pilot, "P", "0")
        assert not [one for one in rows(app) if one.startswith("turn_proposals/")]
        assert session.state.turns[turn].removed_at is None
        await press(pilot, "z")
        assert len([one for one in rows(app) if one.startswith("turn_proposals/")]) == 2
