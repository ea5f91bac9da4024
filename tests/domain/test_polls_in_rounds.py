"""Polls: kinds of answers, several in one line, counts without names, and who shifts when they are asked again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from conftest import make_plan
from domain.desk import Desk
from kring.domain.decide.group.polls import given as answer_kept
from kring.domain.measures.polls import Result, last_round, missing, result, rounds, shifts
from kring.domain.measures.presence import are_here
from kring.domain.rows import PollKind, PollRow
from kring.domain.text import Refused

COLOURS = ("rood", "blauw", "groen", "geel")


def poll_of(kind: PollKind, *options: str) -> PollRow:
    return PollRow(id="peiling", kind=kind, title="Kleur", options=options or COLOURS)


def asking(kind: PollKind | None = None, *options: str) -> Desk:
    """Return a desk at the question with the poll; of another kind, or with other options, where these are given."""
    plan = make_plan()
    changed = {"poll_kind": kind, **({"options": options} if options else {})}
    guide = tuple(replace(item, **changed) if item.kind == "poll" else item for item in plan.guide)
    desk = Desk(started=False)
    desk.read(replace(plan, guide=guide))
    desk.type("start anyway")
    desk.type("go 2.2")
    return desk


def poll(desk: Desk) -> PollRow:
    return desk.state.polls["peiling"]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("single", "rood", "rood"),
        ("single", "R", "rood"),
        ("single", "2", "blauw"),
        ("multiple", "groen; rood", "rood; groen"),
        ("multiple", "groen, rood", "rood; groen"),
        ("multiple", "3 1", "rood; groen"),
        ("multiple", "geel", "geel"),
        ("ranking", "geel; rood; blauw; groen", "geel; rood; blauw; groen"),
        ("ranking", "4 1 2 3", "geel; rood; blauw; groen"),
    ],
)
def test_an_answer_is_kept_by_its_options(kind: PollKind, typed: str, kept: str) -> None:
    assert answer_kept(poll_of(kind), typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("single", "paars", "paars is none of rood, blauw, groen, geel."),
        ("single", "g", "g is none of rood, blauw, groen, geel."),  # groen or geel
        ("single", "5", "5 is none of"),
        ("single", "", "is none of"),
        ("single", "rood; blauw", "rood; blauw is none of"),
        ("multiple", "rood; paars", "paars is none of"),
        ("multiple", "rood; r", "rood stands twice in this line."),
        ("multiple", " ; ", "is none of"),
        ("ranking", "rood; geel", "A ranking has all options; not named yet: blauw, groen."),
        ("ranking", "1 1 2 3", "rood stands twice"),
    ],
)
def test_what_is_no_answer_is_refused_by_name(kind: PollKind, typed: str, told: str) -> None:
    with pytest.raises(Refused) as refusal:
        answer_kept(poll_of(kind), typed)
    assert told in str(refusal.value)


def test_a_number_on_a_scale_is_no_place_in_its_list() -> None:
    likert = poll_of("scale", "1", "3", "5")
    assert answer_kept(likert, "3") == "3"
    with pytest.raises(Refused):
        answer_kept(likert, "2")


@given(st.sampled_from(["multiple", "ranking"]), st.permutations(COLOURS), st.integers(1, 4))
def test_what_is_kept_is_kept_again(kind: PollKind, order: list[str], number: int) -> None:
    chosen = order if kind == "ranking" else order[:number]
    kept = answer_kept(poll_of(kind), "; ".join(chosen))
    assert answer_kept(poll_of(kind), kept) == kept
    assert sorted(kept.split("; ")) == sorted(chosen)


def test_ten_is_chosen_by_its_whole_number() -> None:
    desk = asking()
    desk.type("answer 1 1")
    desk.type("answer 2 10")
    assert result(desk.state, poll(desk)).answers == {"P1": "1", "P2": "10"}


def test_several_answers_are_one_act_that_is_undone_as_a_whole() -> None:
    desk = asking()
    desk.type("answers 1 5, 2 7, fatima 3")
    assert result(desk.state, poll(desk)).answers == {"P1": "5", "P2": "7", "P3": "3"}
    desk.type("undo")
    assert result(desk.state, poll(desk)).is_empty


@pytest.mark.parametrize(
    "line", ["answers 1 5, 1 6", "answers 1 5, 2", "answers 1 5, 99 3", "answers 1 5, 2 11", "answers ,"]
)
def test_a_line_with_one_mistake_logs_nothing(line: str) -> None:
    desk = asking()
    with pytest.raises(Refused):
        desk.type(line)
    assert result(desk.state, poll(desk)).is_empty


def test_a_scale_names_who_stands_at_its_ends() -> None:
    desk = asking()
    desk.type("answers 1 5, 2 7, 3 3, 4 9")
    found = result(desk.state, poll(desk))
    assert (found.kind, found.mean, found.middle) == ("scale", 6, 6)
    assert (found.lowest, found.highest) == (["P3"], ["P4"])
    desk.type("answers 1 9, 2 9, 3 9")
    found = result(desk.state, poll(desk))
    assert (found.lowest, found.highest) == ([], [])  # all agree


def test_a_scale_of_words_has_ends_but_no_mean() -> None:
    desk = asking("scale", "oneens", "neutraal", "eens")
    desk.type("answers 1 eens, 2 neutraal, 3 oneens, 4 eens")
    found = result(desk.state, poll(desk))
    assert (found.mean, found.middle) == (None, None)
    assert (found.lowest, found.highest) == (["P3"], ["P1", "P4"])


def test_other_kinds_have_no_ends() -> None:
    desk = asking("single", *COLOURS)
    desk.type("answers 1 rood, 2 geel")
    found = result(desk.state, poll(desk))
    assert (found.mean, found.lowest, found.highest) == (None, [], [])
    assert found.counts == {"rood": 1, "blauw": 0, "groen": 0, "geel": 1}


def test_several_options_count_each_and_a_ranking_its_first() -> None:
    desk = asking("multiple", *COLOURS)
    desk.type("answers 1 rood; geel, 2 geel")
    assert result(desk.state, poll(desk)).counts == {"rood": 1, "blauw": 0, "groen": 0, "geel": 2}
    desk = asking("ranking", *COLOURS)
    desk.type("answers 1 geel; rood; blauw; groen, 2 rood; geel; blauw; groen")
    found = result(desk.state, poll(desk))
    assert found.counts == {"rood": 1, "blauw": 0, "groen": 0, "geel": 1}
    assert found.places == {"geel": 1.5, "rood": 1.5, "blauw": 3, "groen": 4}


def test_asked_again_both_rounds_stay_and_it_is_told_who_shifted() -> None:
    desk = asking()
    desk.type("answers 1 5, 2 7, 3 3")
    desk.type("poll again")
    desk.type("answers 1 5, 3 6, 4 8")
    state, row = desk.state, poll(desk)
    assert rounds(state, row) == [1, 2]
    assert result(state, row, 1).answers == {"P1": "5", "P2": "7", "P3": "3"}
    assert result(state, row).answers == {"P1": "5", "P3": "6", "P4": "8"}
    told = {one.participant: (one.answers, one.by, one.shifted) for one in shifts(state, row)}
    assert told == {
        "P1": (("5", "5"), 0, False),
        "P2": (("7", None), None, False),
        "P3": (("3", "6"), 3, True),
        "P4": ((None, "8"), None, False),
    }
    assert {(one.id, one.round) for one in state.answers.values()} >= {("peiling/P1", 1), ("peiling/P1/2", 2)}


def test_an_answer_is_corrected_in_its_own_round() -> None:
    desk = asking()
    desk.type("answer 1 5")
    desk.type("poll again")
    desk.type("answer 1 6")
    desk.type("answer 1 7")
    assert [result(desk.state, poll(desk), number).answers for number in (1, 2)] == [{"P1": "5"}, {"P1": "7"}]


def test_a_poll_is_asked_again_only_when_somebody_answered() -> None:
    desk = asking()
    with pytest.raises(Refused):
        desk.type("poll again")
    desk.type("answer 1 5")
    desk.type("poll again")
    with pytest.raises(Refused):
        desk.type("poll again")
    desk.type("undo")
    assert last_round(desk.state, poll(desk)) == 1


def test_counts_without_names_replace_each_other_and_stand_beside_no_names() -> None:
    desk = asking()
    desk.type("poll counts 8=3 7=2")
    found = result(desk.state, poll(desk))
    assert (found.total, found.answers, found.marks) == (5, {}, [7, 7, 8, 8, 8])
    assert (found.lowest, found.highest) == ([], [])  # nobody to ask
    desk.type("poll counts 8=1, 9=1")
    assert {option: n for option, n in result(desk.state, poll(desk)).counts.items() if n} == {"8": 1, "9": 1}
    with pytest.raises(Refused):
        desk.type("answer 1 5")
    desk.type("poll again")
    desk.type("answer 1 5")
    with pytest.raises(Refused):
        desk.type("poll counts 8=3")


@pytest.mark.parametrize("typed", ["", "8", "8=", "=3", "8=3 7", "8=3 8=2", "11=1", "8=1000", "8=3x", "8==3"])
def test_counts_that_say_nothing_are_refused(typed: str) -> None:
    desk = asking()
    with pytest.raises(Refused):
        desk.type(f"poll counts {typed}")
    assert result(desk.state, poll(desk)).is_empty


def test_options_of_several_words_are_counted_too() -> None:
    desk = asking("single", "heel goed", "niet zo goed")
    desk.type("poll counts heel goed=3, niet=2")
    assert result(desk.state, poll(desk)).counts == {"heel goed": 3, "niet zo goed": 2}


def test_nobody_knows_how_many_people_chose_several_options_that_were_counted() -> None:
    assert Result({}, {"rood": 3, "geel": 2}, "multiple").total is None
    assert Result({"P1": "rood; geel"}, {"rood": 1, "geel": 1}, "multiple").total == 1


def test_who_is_missing_is_who_is_here_and_has_not_answered_this_round() -> None:
    desk = asking()
    desk.type("attend 1, 2, 3 present")
    desk.type("answer 2 5")
    assert missing(desk.state, poll(desk), are_here(desk.state, desk.now)) == ["P1", "P3"]
    desk.type("poll again")
    assert missing(desk.state, poll(desk), are_here(desk.state, desk.now)) == ["P1", "P2", "P3"]


def test_of_two_polls_on_a_question_the_one_asked_last_takes_the_answers() -> None:
    plan = make_plan()
    place = next(number for number, item in enumerate(plan.guide) if item.kind == "poll")
    second = replace(plan.guide[place], id="kleur", text="Kleur", options=COLOURS, position=plan.guide[place].position)
    desk = Desk(started=False)
    desk.read(replace(plan, guide=(*plan.guide[: place + 1], second, *plan.guide[place + 1 :])))
    desk.type("start anyway")
    desk.type("go 2.2")
    desk.type("answer 1 5")
    desk.wait(5)
    desk.type("poll kleur")
    desk.type("answer 1 geel")
    assert {row.poll: row.value for row in desk.state.answers.values()} == {"peiling": "5", "kleur": "geel"}


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 10)), min_size=1, max_size=30), st.sets(st.integers(1, 29)))
def test_every_answer_is_in_one_round_and_counted_once(answers: list[tuple[int, int]], again: set[int]) -> None:
    desk = asking()
    for place, (seat, mark) in enumerate(answers):
        if place in again:
            desk.try_to_type("poll again")
        desk.type(f"answer {seat} {mark}")
    row = poll(desk)
    found = [result(desk.state, row, number) for number in rounds(desk.state, row)]
    assert sum(len(one.answers) for one in found) == len(desk.state.answers)
    for one in found:
        assert sum(one.counts.values()) == len(one.answers) == one.total
        assert bool(one.lowest) == bool(one.highest) == (len(set(one.marks)) > 1)
        assert not set(one.lowest) & set(one.highest)
    assert {one.participant for one in shifts(desk.state, row) if one.shifted and one.by} <= {
        "P1",
        "P2",
        "P3",
        "P4",
        "P5",
        "P6",
        "P7",
        "P8",
    }
