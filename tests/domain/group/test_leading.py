"""How the talk is led: yields, probes, invitations, sentences, codes without words, reminders."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.measures.group.effects import after_invitations, after_probes
from kring.domain.measures.group.mirror import balance, mirror
from kring.domain.measures.group.moment import sentence_now
from kring.domain.measures.group.reminders import reminder_now
from kring.domain.measures.group.turns import heard_on_question, opening_round, to_invite
from kring.domain.measures.group.waiting import silence_count
from kring.domain.measures.group.yields import coverage, yields_of
from kring.domain.measures.questions import is_asked
from kring.domain.measures.talk_time import voices
from kring.domain.sentences import sentence
from kring.domain.text import Refused


def told(desk: Desk, line: str, who: str = "Bo") -> str:
    event = desk.type(line, who)
    return str(sentence(desk.state, event))


def open_titles(desk: Desk) -> list[str]:
    item = desk.state.current_item
    one = yields_of(desk.state, item.id if item else None)
    return [row.title for row in one.still_open] if one else []


# what a question must yield


def test_a_yield_is_ticked_by_number_with_who_and_when(desk: Desk) -> None:
    desk.wait(90)
    assert told(desk, "yield 2", "Ria") == "Heard: wat iemand toen deed; 2 of 3 not heard yet"
    row = next(row for row in desk.state.yields.values() if row.heard_at is not None)
    assert (row.title, row.heard_by, row.t, row.heard_at) == ("wat iemand toen deed", "Ria", 90.0, desk.now)
    assert open_titles(desk) == ["een echt moment", "reden om te wachten"]


def test_numbers_of_yields_stay_when_one_is_heard(desk: Desk) -> None:
    desk.type("opbrengst 1")
    desk.type("opbrengst 3")
    assert open_titles(desk) == ["wat iemand toen deed"]


def test_a_yield_is_ticked_by_its_words(desk: Desk) -> None:
    desk.type("yield wachten")
    assert "reden om te wachten" not in open_titles(desk)


@pytest.mark.parametrize("line", ["yield 0", "yield 4", "yield niets", "unheard 1"])
def test_a_yield_that_is_not_there_is_refused(desk: Desk, line: str) -> None:
    with pytest.raises(Refused):
        desk.type(line)


def test_a_yield_is_not_ticked_twice_and_its_tick_is_taken_away_by_its_own_word(desk: Desk) -> None:
    desk.type("yield 1")
    with pytest.raises(Refused, match="heard already"):
        desk.type("yield 1")
    assert told(desk, "ongehoord 1") == "Not heard after all: een echt moment; 3 of 3 not heard yet"
    assert len(open_titles(desk)) == 3


def test_undo_takes_a_tick_back(desk: Desk) -> None:
    desk.type("yield 1")
    desk.type("undo")
    assert len(open_titles(desk)) == 3


def test_moving_on_says_what_was_not_heard(desk: Desk) -> None:
    desk.type("yield 1")
    assert told(desk, "next") == "2.2 Welk cijfer geeft u?; 2.1: 2 of 3 not heard yet"
    assert told(desk, "next") == "3.1 Wat vergaten we?"


def test_nothing_is_said_where_all_was_heard(desk: Desk) -> None:
    for line in ("yield 1", "yield 2", "yield 3"):
        desk.type(line)
    assert told(desk, "next") == "2.2 Welk cijfer geeft u?"


def test_a_plan_that_is_read_again_keeps_what_was_heard(desk: Desk) -> None:
    plan = desk.history.plan
    assert plan is not None
    desk.type("yield 2")
    desk.read(plan)
    assert [(one.heard, len(one.rows)) for one in coverage(desk.state)] == [(1, 3)]


# settings of the plan


def test_the_plan_says_from_when_on_a_question_counts_as_asked(desk: Desk) -> None:
    item = desk.state.guide[desk.state.current_item.id] if desk.state.current_item else None
    assert item is not None
    desk.wait(7.9)
    assert not is_asked(desk.state, item, desk.now)
    desk.wait(0.1)
    assert is_asked(desk.state, item, desk.now)


# silence


def test_after_the_moderator_the_silence_is_counted_as_long_as_the_plan_says(desk: Desk) -> None:
    desk.type("floor moderator")
    desk.wait(10)
    assert silence_count(desk.state, desk.now) is None
    desk.type("floor nobody")
    desk.wait(3)
    assert silence_count(desk.state, desk.now) == (3000, 4000)
    desk.type("floor 1")
    assert silence_count(desk.state, desk.now) is None


def test_a_silence_between_turns_is_not_counted_until_something_is_asked(desk: Desk) -> None:
    desk.type("floor 1")
    desk.wait(5)
    desk.type("floor nobody")
    desk.wait(2)
    assert silence_count(desk.state, desk.now) is None
    desk.type("probe 1")
    desk.wait(1)
    assert silence_count(desk.state, desk.now) == (1000, 4000)
    desk.type("pause")
    assert silence_count(desk.state, desk.now) is None


def test_a_turn_that_is_put_in_afterwards_does_not_end_the_count(desk: Desk) -> None:
    for who, seconds in (("1", 60), ("moderator", 10), ("nobody", 3)):
        desk.type(f"floor {who}")
        desk.wait(seconds)
    begin = desk.now - 60_000
    desk.happen(f.TurnAdded("participant", "P2", begin, begin + 5_000))
    assert silence_count(desk.state, desk.now) == (3000, 4000)


# probes


def test_a_probe_is_a_row_each_time_with_the_kind_that_the_plan_has(desk: Desk) -> None:
    assert told(desk, "probe 1") == "Probe used: wat ging goed (example)"
    assert told(desk, "probe 2 contrast") == "Probe used: wat ging fout (contrast)"
    desk.wait(70)
    desk.type("probe 1")
    found = [(row.text, row.kind, row.used_by) for row in desk.state.probes.values()]
    assert found == [
        ("wat ging goed", "example", "Bo"),
        ("wat ging fout", "contrast", "Bo"),
        ("wat ging goed", "example", "Bo"),
    ]


def test_one_s_own_probe_is_typed_with_its_kind_or_without(desk: Desk) -> None:
    desk.type("probe 0 wie was erbij?")
    desk.type("doorvraag 0 tegenstelling: wie ziet het anders?")
    desk.type("probe 0 let op: was dat zo?")
    found = [(row.text, row.kind, row.planned) for row in desk.state.probes.values()]
    assert found == [
        ("wie was erbij?", None, None),
        ("wie ziet het anders?", "contrast", None),
        ("let op: was dat zo?", None, None),
    ]


def test_the_kind_is_told_of_a_probe_that_was_just_used(desk: Desk) -> None:
    desk.type("probe 2")
    desk.wait(20)
    assert told(desk, "probe 2 detail") == "Kind of probe: detail: wat ging fout"
    assert [row.kind for row in desk.state.probes.values()] == ["detail"]
    desk.wait(61)
    desk.type("probe 2 detail")
    assert len(desk.state.probes) == 2


@pytest.mark.parametrize("line", ["probe 3", "probe 0", "probe 1 onzin", "probe 12 detail"])
def test_a_probe_that_makes_no_sense_is_refused(desk: Desk, line: str) -> None:
    with pytest.raises(Refused):
        desk.type(line)


def test_what_came_of_a_probe_is_cut_to_the_minute_after_it(desk: Desk) -> None:
    desk.type("floor 1")
    desk.wait(10)
    desk.type("probe 1")
    desk.wait(5)  # Joost speaks on
    desk.type("floor moderator")
    desk.wait(10)
    desk.type("floor 2")
    desk.wait(30)
    desk.type("floor 3")
    desk.wait(60)
    [one] = after_probes(desk.state, desk.now)
    assert (one.turns, one.talk_ms) == (3, 50_000)


# fair turns


def names(desk: Desk) -> list[str]:
    return [voice.person.name for voice in to_invite(desk.state, desk.now, voices(desk.state, desk.now))]


def test_who_spoke_least_and_was_not_heard_on_the_question_comes_first(desk: Desk) -> None:
    for who, seconds in (("1", 60), ("2", 20), ("3", 40)):
        desk.type(f"floor {who}")
        desk.wait(seconds)
    desk.type("floor nobody")
    assert names(desk) == ["Piet", "Anna", "Fatima", "Joost"]
    desk.type("next")
    desk.type("floor 4")
    desk.wait(5)
    desk.type("floor nobody")
    assert names(desk) == ["Anna", "Fatima", "Joost", "Piet"]


def test_who_speaks_or_is_not_there_is_not_invited(desk: Desk) -> None:
    for line in ("attend all present", "attend 4 away", "floor 2"):
        desk.type(line)
    desk.wait(5)
    assert names(desk) == ["Joost", "Fatima"]
    with pytest.raises(Refused, match="Piet is not here"):
        desk.type("invite 4")


def test_an_invitation_is_logged_with_the_question_and_the_next_one_is_another(desk: Desk) -> None:
    assert told(desk, "invite", "Ria") == "Invited to speak: Joost"
    assert told(desk, "uitnodigen") == "Invited to speak: Anna"
    assert told(desk, "invite piet") == "Invited to speak: Piet"
    first = next(iter(desk.state.invitations_to_speak.values()))
    item = desk.state.current_item
    assert item is not None
    assert (first.participant, first.item, first.invited_by) == ("P1", item.id, "Ria")
    desk.type("next")
    assert told(desk, "invite") == "Invited to speak: Joost"


def test_who_withdraws_is_invited_nowhere_any_more(desk: Desk) -> None:
    desk.type("invite 2")
    desk.type("nonverbal 2 nods")
    desk.type("consent 2 no")
    assert list(desk.state.invitations_to_speak.values()) == []
    assert mirror(desk.state, desk.now).invited == ()
    assert "Anna" not in names(desk)


def test_what_came_of_an_invitation(desk: Desk) -> None:
    for line in ("invite 1", "invite 2", "invite 3"):
        desk.type(line)
    desk.wait(15)
    desk.type("floor 1")
    desk.wait(60)
    desk.type("floor 2")
    desk.wait(1)
    found = [
        (one.invitation.participant, one.waited_ms, one.within_minute)
        for one in after_invitations(desk.state, desk.now)
    ]
    assert found == [("P1", 15_000, True), ("P2", 75_000, False), ("P3", None, False)]


def test_heard_on_the_question_counts_who_is_there(desk: Desk) -> None:
    for line in ("attend all present", "attend 4 away", "floor 2"):
        desk.type(line)
    desk.wait(1)
    heard = heard_on_question(voices(desk.state, desk.now))
    assert (heard.heard, heard.of, [voice.person.name for voice in heard.not_yet]) == (1, 3, ["Joost", "Fatima"])


def test_the_opening_round_has_time_for_each_who_was_not_heard(desk: Desk) -> None:
    assert opening_round(desk.state, desk.now, voices(desk.state, desk.now)) is None
    desk.type("go 1.1")
    assert opening_round(desk.state, desk.now, voices(desk.state, desk.now)) == (4, 4, 90_000)
    desk.type("floor 1")
    desk.wait(60)
    assert opening_round(desk.state, desk.now, voices(desk.state, desk.now)) == (3, 4, 100_000)
    desk.wait(600)
    assert opening_round(desk.state, desk.now, voices(desk.state, desk.now)) == (3, 4, 0)


# a sentence for the moment


def test_a_sentence_is_the_plan_s_own_or_ours_and_goes_at_the_next_question(desk: Desk) -> None:
    desk.type("say talker")
    now = sentence_now(desk.state)
    assert now is not None
    assert now.text == "Dank u. Wie ziet het anders?"
    desk.type("zin stil")
    now = sentence_now(desk.state)
    assert now is not None
    assert (now.situation, now.text != "") == ("silent", True)
    desk.type("next")
    assert sentence_now(desk.state) is None
    assert len(desk.state.sentences) == 2


def test_a_sentence_for_no_known_moment_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="talker, silent"):
        desk.type("say hello")


# without words


@pytest.mark.parametrize(
    ("line", "code", "who"),
    [("nonverbal nods", "nods", "P2"), ("nonverbaal 4 knikt", "nods", "P4"),
     ("nonverbal pi looks away", "looks_away", "P4"),
     ("nonverbal shakes-head", "shakes_head", "P2"), ("nonverbaal 1 kijkt-weg", "looks_away", "P1")],
)  # fmt: skip
def test_a_code_is_a_nonverbal_note_about_who_is_named_or_speaks(desk: Desk, line: str, code: str, who: str) -> None:
    desk.type("floor 2")
    desk.wait(3)
    desk.type(line)
    note = next(reversed(desk.state.notes.values()))
    assert (note.kind, note.code, note.participant, note.text != "") == ("nonverbal", code, who, True)


@pytest.mark.parametrize("line", ["nonverbal 4 dances", "nonverbal dances", "nonverbal 9 nods", "nonverbal nods 4"])
def test_an_unknown_code_is_refused(desk: Desk, line: str) -> None:
    with pytest.raises(Refused):
        desk.type(line)


# reminders


def test_a_reminder_stands_for_two_minutes_or_until_it_is_put_away(desk: Desk) -> None:
    assert reminder_now(desk.state, desk.now) is None
    desk.wait(600)
    assert reminder_now(desk.state, desk.now) == "camera"
    desk.wait(121)
    assert reminder_now(desk.state, desk.now) is None
    desk.wait(480)
    assert reminder_now(desk.state, desk.now) == "feelings"
    desk.type("seen")
    assert reminder_now(desk.state, desk.now) is None
    with pytest.raises(Refused, match="No cue"):
        desk.type("seen")


def test_a_cue_is_seen_before_a_reminder(desk: Desk) -> None:
    desk.wait(600)
    desk.type("cue nog 5 minuten")
    assert isinstance(desk.type("seen").fact, f.CueSeen)
    assert isinstance(desk.type("seen").fact, f.ReminderSeen)


def test_introductions_are_kept_short_while_people_introduce_themselves(desk: Desk) -> None:
    desk.type("go 1.1")
    assert reminder_now(desk.state, desk.now) == "introductions"
    desk.type("seen")
    assert reminder_now(desk.state, desk.now) is None


# the mirror


def test_the_mirror_says_what_was_logged_of_who_leads(desk: Desk) -> None:
    for who, seconds in (("moderator", 10), ("nobody", 6), ("1", 30), ("moderator", 10), ("2", 40), ("moderator", 10),
                         ("unknown", 5), ("3", 5)):  # fmt: skip
        desk.type(f"floor {who}")
        desk.wait(seconds)
    desk.type("invite 4")
    desk.type("probe 0 en toen?")
    found = mirror(desk.state, desk.now)
    assert found.waits.lengths_ms == (6000, 0)
    assert (found.waits.median_ms, found.waits.at_least(5000)) == (3000, 1)
    assert found.share == pytest.approx(30 / 110)
    assert [(one.person.name, one.times, one.spoke) for one in found.invited] == [("Piet", 1, 0)]
    assert (found.probes, found.own_probes) == (1, 1)
    assert balance(desk.state, desk.now) is None
    desk.wait(600)
    even = balance(desk.state, desk.now)
    assert even is not None
    assert (even.people, even.most) == (4, 0.75)
    assert 0 < even.gini <= even.most
