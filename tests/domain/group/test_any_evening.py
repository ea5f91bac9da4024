"""What holds of any evening, however it was typed and put right."""

from __future__ import annotations

from hypothesis import given

from domain.desk import Desk
from domain.evenings import evenings
from kring.domain.measures.group.effects import AFTER_MS, after_invitations, after_probes
from kring.domain.measures.group.mirror import balance, mirror
from kring.domain.measures.group.turns import heard_on_question, to_invite
from kring.domain.measures.group.waiting import silence_count
from kring.domain.measures.talk_time import voices


@given(evenings())
def test_who_is_next_is_there_does_not_speak_and_comes_once(desk: Desk) -> None:
    found = voices(desk.state, desk.now)
    order = to_invite(desk.state, desk.now, found)
    codes = [voice.person.id for voice in order]
    assert len(codes) == len(set(codes))
    assert all(voice.status == "present" and voice.speaking_ms is None for voice in order)
    assert [voice.on_question for voice in order] == sorted(voice.on_question for voice in order)
    heard = heard_on_question(found)
    assert heard.heard + len(heard.not_yet) == heard.of
    assert {voice.person.id for voice in heard.not_yet} <= set(codes)


@given(evenings())
def test_figures_of_leading_stay_within_their_bounds(desk: Desk) -> None:
    state, now = desk.state, desk.now
    for one in after_probes(state, now):
        assert 0 <= one.talk_ms <= AFTER_MS * len(state.participants)
        assert (one.turns == 0) <= (one.talk_ms == 0)
    for two in after_invitations(state, now):
        assert two.waited_ms is None or two.waited_ms >= 0
        assert two.within_minute == (two.waited_ms is not None and two.waited_ms <= AFTER_MS)
    found = mirror(state, now)
    assert all(length >= 0 for length in found.waits.lengths_ms)
    assert found.waits.at_least(0) == len(found.waits.lengths_ms)
    assert sum(one.times for one in found.invited) == len(after_invitations(state, now))
    assert found.own_probes <= found.probes == len(state.probes)
    even = balance(state, now)
    assert even is None or -1e-9 <= even.gini <= even.most + 1e-9


@given(evenings())
def test_no_silence_is_counted_while_somebody_speaks_or_the_talk_stands_still(desk: Desk) -> None:
    count, state = silence_count(desk.state, desk.now), desk.state
    if count is not None:
        assert state.open_turn is not None
        assert state.open_turn.kind == "silence"
        assert state.open_pause is None
        assert 0 <= count.passed_ms <= desk.now - state.open_turn.started_at
