"""Recruitment: the screener, how many to invite, who is called, and how far everybody got."""

from __future__ import annotations

from datetime import date
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kring.domain.study.groups import Group, Places
from kring.domain.study.model import Range, ScreenerQuestion, Segment, Study
from kring.domain.study.recruiting import inviting
from kring.domain.study.recruiting.answers import answer_to, is_of
from kring.domain.study.recruiting.candidate import Candidate, named
from kring.domain.study.recruiting.funnel import funnel, to_call, unpaid
from kring.domain.study.recruiting.inviting import extra, places, room, to_invite
from kring.domain.study.recruiting.screening import quota_doubts, screenings

TODAY = date(2026, 12, 1)
OFTEN = ScreenerQuestion(
    text="Hoe vaak komt u in een jaar?", answers="nooit; 1-3; 4 of meer", excludes="nooit", quota="4 of meer: 2"
)
TRADE = ScreenerQuestion(text="Werkt u in marktonderzoek?", answers="ja; nee", excludes="ja")
STUDY = Study(screener=(OFTEN, TRADE), segments=(Segment(name="trouw"), Segment(name="nieuw")))


def person(line: int, state: str = "screened", often: str = "2", trade: str = "nee", **more: object) -> Candidate:
    answers = tuple((head, cell) for head, cell in (("Hoe vaak", often), ("Marktonderzoek", trade)) if cell)
    told: dict[str, object] = {"segment": "nieuw", "answers": answers, "has_answered": bool(answers), **more}
    return Candidate(number=str(line), name=f"N{line}", state=state, line=line, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "part", "meets"),
    [
        ("Nooit.", "nooit", True), ("2", "1-3", True), ("3 keer per jaar", "1-3", True), ("4", "1-3", False),
        ("1970", "55 of ouder", False), ("1970", "18-34", False), ("1970", "1960-1980", True),
        ("0612345678", "4 of meer", False), ("0,5", "minder dan 1", True), ("1950", "1000 of meer", True),
        ("4", "4 of meer", True), ("4+", "4 of meer", True), ("12 keer", "4+", True), ("3", "4 or more", False),
        ("17 jaar", "< 18", True), ("18", "jonger dan 18", False), ("18", "under 18", False), ("65", "65+", True),
        ("64", "65 jaar of ouder", False), ("1", "ja", False), ("2,5", "hoogstens 2,5", True), ("70", "> 70", False),
        ("nee, nooit", "nooit", False), ("4", "4", True), ("40", "4", False), ("10", "minder dan 10 keer", False),
    ],
)  # fmt: skip
def test_an_answer_is_of_a_class(answer: str, part: str, meets: bool) -> None:
    assert is_of(answer, part) is meets


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_a_number_lies_in_a_class_as_arithmetic_says(number: int, low: int, high: int) -> None:
    assert is_of(str(number), f"{low}-{high}") is (number in range(low, high + 1))
    assert is_of(f"{number} keer", f"{low} of meer") is (number >= low)
    assert is_of(str(number), f"minder dan {high} jaar") is (number < high)


def test_a_column_is_of_a_question_by_its_words_their_beginning_or_its_number() -> None:
    heads = ["hoe vaak", "Hoe vaak komt u in een jaar", "vraag 1", "S1", "jaar"]
    assert [answer_to(STUDY.screener, OFTEN, ((head, "2"),)) for head in heads] == ["2"] * 5
    assert not answer_to(STUDY.screener, OFTEN, (("u", "2"), ("hoe", ""), ("marktonderzoek", "nee"), ("leeftijd", "4")))


def test_answers_become_accepted_reserve_or_excluded_with_a_reason_in_the_order_of_the_list() -> None:
    people = [
        person(1, "confirmed", "4+"), person(2, often="nooit"), person(3, often="6"), person(4, "listed", "4"),
        person(5, trade="ja"), person(6, trade=""), person(7, often="wel eens"), person(8, segment=""),
        person(9, "refused", "2"), person(10, "reserve", "1"), person(11, "fits", "nooit"),
    ]  # fmt: skip
    found = {line: (one.state, str(one.why)) for line, one in screenings(STUDY, people, {}, TODAY).items()}
    assert found == {
        2: ("excluded", "“Hoe vaak komt u in een jaar?”: nooit is not wanted"),
        3: ("fits", "all answers fit"),
        4: ("reserve", "quota full: 2 for “4 of meer”"),
        5: ("excluded", "“Werkt u in marktonderzoek?”: ja is not wanted"),
        6: (None, "not answered yet: Werkt u in marktonderzoek?"),
        7: (None, "“Hoe vaak komt u in een jaar?”: wel eens is none of its answers"),
        8: (None, "the segment is not known"),
        10: ("fits", "all answers fit"),
    }


def test_who_comes_when_all_places_of_a_segment_are_taken_is_a_reserve() -> None:
    found = screenings(STUDY, [person(1), person(2), person(3, segment="trouw")], {"nieuw": 1, "trouw": 0}, TODAY)
    assert [one.state for one in found.values()] == ["fits", "reserve", "reserve"]
    assert str(found[3].why) == "all places of trouw are taken"


@pytest.mark.parametrize(
    ("answers", "answer", "state"),
    [
        ("ja / nee", "nee", "fits"), ("ja / nee", "soms", None),
        ("aantal", "4", "fits"), ("a year", "2019", "fits"), ("4 of meer", "2", None),
    ],
)  # fmt: skip
def test_what_kind_of_answer_is_asked_for_is_no_answer_to_choose(answers: str, answer: str, state: str | None) -> None:
    asked = replace(OFTEN, answers=answers, excludes="", quota="per klantgroep")
    found = screenings(replace(STUDY, screener=(asked,)), [person(1, often=answer)], {}, TODAY)
    assert found[1].state == state
    assert quota_doubts([asked]) == []


def test_a_quota_that_is_not_understood_is_said_and_keeps_nobody_out() -> None:
    odd = replace(OFTEN, quota="de helft; nooit = 1; 3")
    assert [one.sentence.values["words"] for one in quota_doubts([odd])] == ["de helft"]
    found = screenings(replace(STUDY, screener=(odd, TRADE)), [person(n) for n in range(1, 6)], {}, TODAY)
    assert [one.state for one in found.values()] == ["fits"] * 3 + ["reserve"] * 2


@given(st.lists(st.integers(0, 12), max_size=5), st.integers(0, 100))
def test_invited_are_all_that_are_wanted_and_the_share_more_rounded_up_once(wanted: list[int], percent: int) -> None:
    from fractions import Fraction

    found = to_invite(wanted, Fraction(percent))
    assert sum(found) == ceil(sum(wanted) * (100 + percent) / 100 - 1e-9)
    for count, invited in zip(wanted, found, strict=True):
        assert count <= invited <= count * (100 + percent) / 100 + 1


def test_the_share_is_what_the_study_says_what_its_show_rate_asks_or_the_default() -> None:
    def told(**said: str) -> tuple[float, bool, str]:
        found = extra(Study(**said))  # type: ignore[arg-type]
        return round(float(found.percent), 2), found.is_usual, found.doubt

    assert told() == (20, True, "")
    assert told(over_recruiting="25 %") == told(over_recruiting="0,25") == (25, False, "")
    assert told(show_rate="80 %") == told(show_rate="0.8") == (25, False, "")
    assert told(over_recruiting="0") == (0, False, "")
    assert told(over_recruiting="veel", show_rate="80 %") == (20, True, "veel")


def _group(number: str, *wanted: tuple[str, int, int], state: str = "planned") -> Group:
    named_places = tuple(Places(name, Range(least, most), 0, None) for name, least, most in wanted)
    return Group(number=number, state=state, places=named_places)  # type: ignore[arg-type]


def test_places_count_who_is_in_the_group_and_of_the_segment() -> None:
    groups = [_group("1", ("nieuw", 2, 3), state="held"), _group("2", ("nieuw", 2, 3), ("trouw", 2, 2))]
    people = [
        person(1, "confirmed", group="2"), person(2, "fits", group="2"), person(3, "fits"),
        person(4, "confirmed", group="1"), person(5, "cancelled", group="2"), person(6, "fits", segment="trouw"),
    ]  # fmt: skip
    found = places(STUDY, groups, people, TODAY)
    assert [(one.group, one.segment, one.invite, one.fit, one.confirmed, one.to_find) for one in found] == [
        ("2", "nieuw", 4, 1, 1, 2), ("2", "trouw", 2, 0, 0, 2),
    ]  # fmt: skip
    assert room(STUDY, found, people, TODAY) == {"nieuw": 1, "trouw": 1}
    assert inviting.group_for(found, "TROUW") == "2"
    assert inviting.group_for(found, "slapend") == ""


def test_called_is_first_who_is_of_the_segment_that_lacks_most_then_who_waits_longest() -> None:
    planned = places(STUDY, [_group("1", ("nieuw", 2, 2), ("trouw", 4, 4))], [], TODAY)
    people = [
        person(1, "approached", since=date(2026, 11, 20)), person(2, "listed"),
        person(3, "approached", segment="trouw"),
        person(4, "screened", segment="trouw", since=date(2026, 11, 1)), person(5, "refused"), person(6, often="nooit"),
        person(7, "confirmed"), person(8, "fits", segment="onbekend"), person(9, "listed", doubt="bel niet"),
        person(10, "approached", segment="trouw", since=date(2026, 10, 1)),
    ]  # fmt: skip
    screened = screenings(STUDY, people, {}, TODAY)
    assert [one.line for one in to_call(STUDY, people, planned, screened, TODAY)] == [3, 10, 4, 2, 1, 8]


STATES = ["listed", "approached", "screened", "excluded", "reserve", "fits", "refused", "confirmed", "cancelled",
          "no_show", "came"]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(STATES), st.booleans()), max_size=30))
def test_every_person_counts_once_at_each_step_and_who_is_not_further_is_lost_or_waits(
    drawn: list[tuple[str, bool]],
) -> None:
    people = [person(line, state, "2" if asked else "", "") for line, (state, asked) in enumerate(drawn, 1)]
    found = funnel(people)
    total = {state: [one for one, _asked in drawn].count(state) for state in STATES}
    after_talk = [asked for state, asked in drawn if state == "refused"]
    came = total["came"]
    confirmed = came + total["confirmed"] + total["cancelled"] + total["no_show"]
    fits = confirmed + total["fits"]
    screened = fits + total["screened"] + total["excluded"] + total["reserve"] + sum(after_talk)
    approached = screened + total["approached"] + len(after_talk) - sum(after_talk)
    assert [one.reached for one in found] == [approached, screened, fits, confirmed, came]
    lost = sum(count for one in found for _state, _reason, count in one.lost)
    assert lost == total["excluded"] + total["refused"] + total["cancelled"] + total["no_show"]
    assert len(unpaid(people)) == came


def test_a_name_means_one_person_or_several() -> None:
    people = [Candidate(number="1", name="Jan de Boer"), Candidate(number="2", name="Jan Smit"),
              Candidate(number="3", name="2")]  # fmt: skip
    assert [one.number for one in named(people, "jan")] == ["1", "2"]
    assert [one.number for one in named(people, "JAN S")] == ["2"]
    assert [one.number for one in named(people, "smi")] == ["2"]
    assert [one.number for one in named(people, "2")] == ["2"]
    assert named(people, "") == named(people, "Ans") == []
