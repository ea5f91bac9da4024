"""The laws of a study: which definition holds, who belongs to a segment, how groups stand, what is due."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from kring.domain.plan import Plan, PlannedParticipant
from kring.domain.study.due import due
from kring.domain.study.groups import SessionSummary, groups_of
from kring.domain.study.model import Action, Audience, Condition, Definition, PlannedGroup, Range, Segment, Study
from kring.domain.study.recruiting.candidate import Candidate
from kring.domain.study.recruiting.inviting import recruited
from kring.domain.study.segments import belongs, in_force, number_in, segments_of

OLD, NEW = date(2026, 1, 1), date(2026, 11, 1)
LOYAL = Segment(
    name="trouw",
    definitions=(
        Definition(text="vier", rule=(Condition("inwisselingen per jaar", ">=", "4"),), since=NEW),
        Definition(text="zes", rule=(Condition("inwisselingen per jaar", ">=", "6"),), since=OLD),
    ),
    wanted=Range(2, 3),
)
NEW_ONES = Segment(name="nieuw", definitions=(Definition(text="pas lid"),), wanted=Range(1, 1))
STUDY = Study(title="Sparen", segments=(LOYAL, NEW_ONES))


@pytest.mark.parametrize(
    ("day", "text"),
    [(date(2025, 12, 31), None), (OLD, "zes"), (date(2026, 10, 31), "zes"), (NEW, "vier"), (date(2030, 1, 1), "vier")],
)
def test_the_definition_that_began_last_holds(day: date, text: str | None) -> None:
    found = in_force(LOYAL, day)
    assert (found.text if found else None) == text
    undated = replace(LOYAL, definitions=(*LOYAL.definitions, Definition(text="ooit")))
    assert (in_force(undated, day) or Definition()).text == (text or "ooit")


@pytest.mark.parametrize(
    ("person", "is_one"),
    [
        ({"inwisselingen per jaar": "6"}, True),
        ({"Inwisselingen per jaar": "5,9"}, False),
        ({"inwisselingen": "1.200"}, True),
        ({"inwisselingen": "7", "inwisselingen vorig jaar": "2"}, True),
        ({"inwisselingen": "ongeveer 6"}, None),
        ({"inwisselingen": ""}, None),
        ({"aankopen": "9"}, None),
        ({}, None),
    ],
)
def test_who_belongs_is_computed_where_a_column_tells(person: dict[str, str], is_one: bool | None) -> None:
    rule = LOYAL.definitions[1].rule
    assert belongs(rule, person) is is_one
    assert segments_of((LOYAL, NEW_ONES), person, OLD) == (("trouw",) if is_one else ())
    both = (*rule, Condition("stad", "=", "Delft"))
    assert belongs(both, person) is (False if is_one is False else None)
    assert belongs(both, {**person, "stad": "DELFT "}) is is_one
    assert belongs(both, {**person, "stad": "Ede"}) is False
    assert belongs((), person) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("6", 6), ("6,5", 6.5), ("6.5", 6.5), ("€ 1.200", 1200), ("12 %", 12), ("-3", -3), ("6x", None), ("", None)],
)
def test_a_number_is_read_as_people_write_it(text: str, number: float | None) -> None:
    assert number_in(text) == number


def people(*segments: str) -> tuple[PlannedParticipant, ...]:
    return tuple(
        PlannedParticipant(code=f"P{n}", name=f"N{n}", seat=n, segment=one) for n, one in enumerate(segments, 1)
    )


def test_a_group_is_put_together_of_what_names_it() -> None:
    study = replace(STUDY, groups=(PlannedGroup(number="1"), PlannedGroup(number="2", plan="tweede.md")))
    plans = [("een.md", Plan(group="Groep 1", starts_at="2026-12-03T19:30", participants=people("trouw", "Trouw"))),
             ("tweede.md", Plan(participants=people("weg")))]  # fmt: skip
    held = SessionSummary(file="a.db", id="a", group="01", phase="ended", started_at="2026-12-03T19:34", minutes=88,
                          came=(("trouw", 1), ("nieuw", 2), ("", 1)))  # fmt: skip
    first, second = groups_of(study, plans, [held], date(2026, 12, 10))
    assert (first.number, first.state, first.starts_at, first.session, first.plan) == (
        "1", "held", "2026-12-03T19:34", "a.db", "een.md",
    )  # fmt: skip
    assert [(one.segment, one.there, one.short, one.over) for one in first.places] == [
        ("trouw", 1, 1, 0), ("nieuw", 2, 0, 1), ("", 1, 0, 0),
    ]  # fmt: skip
    assert (second.state, [(one.segment, one.there, one.short) for one in second.places]) == (
        "planned", [("trouw", 0, 2), ("nieuw", 0, 1), ("weg", 1, 0)],
    )  # fmt: skip


def test_whoever_has_no_segment_is_counted_where_one_rule_is_met() -> None:
    person = replace(people("")[0], attributes=(("inwisselingen per jaar", "5"),))
    plans = [("a.md", Plan(group="1", starts_at="2026-10-03T19:30", participants=(person,)))]
    (before,) = groups_of(STUDY, plans, [], OLD)
    assert {one.segment: one.listed for one in before.places} == {"trouw": 0, "nieuw": 0, "": 1}
    plans = [("a.md", Plan(group="1", starts_at="2026-12-03T19:30", participants=(person,)))]
    (after,) = groups_of(STUDY, plans, [], OLD)
    assert {one.segment: one.listed for one in after.places} == {"trouw": 1, "nieuw": 0}


def test_a_quota_of_a_group_goes_before_that_of_the_study() -> None:
    study = replace(STUDY, groups=(PlannedGroup(number="1", wanted=(("trouw", Range(6, 8)),)),))
    (group,) = groups_of(study, [], [], OLD)
    assert [(one.segment, one.wanted) for one in group.places] == [("trouw", Range(6, 8)), ("nieuw", None)]


def test_two_sessions_of_one_group_stand_apart() -> None:
    two = [SessionSummary(file=f"{name}.db", id=name, group="1") for name in "ab"]
    assert [group.session for group in groups_of(Study(), [], two, OLD)] == ["a.db", "b.db"]


@pytest.mark.parametrize(
    ("starts_at", "phase", "started", "state"),
    [
        ("2026-12-03T19:30", "", "", "planned"),
        ("2026-12-02T19:30", "", "", "missed"),
        ("2026-12-03T19:30", "prepared", "", "prepared"),
        ("2026-12-02T19:30", "prepared", "", "missed"),
        ("", "", "", "planned"),
        ("", "live", "2026-12-03T19:30", "running"),
        ("", "live", "2026-12-02T19:30", "held"),
        ("", "ended", "2026-12-03T19:30", "held"),
    ],
)
def test_how_far_a_group_is(starts_at: str, phase: str, started: str, state: str) -> None:
    plans = [("a.md", Plan(group="1", starts_at=starts_at or None))]
    sessions = [SessionSummary(file="a.db", group="1", phase=phase, started_at=started)] if phase else []  # type: ignore[arg-type]
    assert [group.state for group in groups_of(Study(), plans, sessions, date(2026, 12, 3))] == [state]


def test_what_is_due_comes_by_day() -> None:
    study = replace(
        STUDY,
        audience=Audience(revised=date(2026, 8, 1)),
        groups=(
            PlannedGroup(number="1", starts_at="2026-12-10T19:30", wanted=(("trouw", Range(2, 3)),)),
            PlannedGroup(number="2", starts_at="2026-11-01"),
        ),
        actions=(
            Action(code="A1", text="bon", owner="Bo", due=date(2026, 12, 4)),
            Action(code="A2", text="mail", due=date(2026, 11, 2), state="done"),
            Action(code="A3", text="app", due=date(2026, 12, 20), state="started"),
        ),
    )
    today = date(2026, 12, 4)
    found = due(study, groups_of(study, [], [], today), today)
    assert [(str(one.what).split(":")[0], one.late(today), one.owner) for one in found] == [
        ("Look whether the target audience still is as it was on 2026-08-01", 34, ""),
        ("Group 2", 33, ""),
        ("Group 1", 1, ""),
        ("Action A1", 0, "Bo"),
        ("Action A3", -16, ""),
    ]
    fresh = replace(study, audience=Audience(revised=date(2026, 10, 1)))
    assert len(due(fresh, [], today)) == 2


def test_whoever_is_recruited_for_a_group_counts_and_not_the_list_of_its_plan() -> None:
    study = replace(STUDY, groups=(PlannedGroup(number="1", wanted=(("trouw", Range(3, 4)), ("nieuw", Range(1, 1)))),))
    plans = [("een.md", Plan(group="1", starts_at="2026-12-20T19:30", participants=people("trouw", "trouw", "trouw")))]
    recruits = [
        Candidate(number=str(n), name=f"N{n}", segment="Trouw" if n < 5 else "nieuw", group=group, state=state)
        for n, (group, state) in enumerate(
            [("groep 1", "confirmed"), ("1", "fits"), ("1", "refused"), ("2", "confirmed"), ("1", "fits"), ("", "fits")]
        )
    ]
    today = date(2026, 12, 4)
    told = recruited(study, recruits, today)
    (first,) = groups_of(study, plans, [], today, told)
    assert [(one.segment, one.there, one.fit, one.to_confirm, one.short) for one in first.places] == [
        ("trouw", 1, 2, 2, 0), ("nieuw", 0, 0, 0, 1),
    ]  # fmt: skip
    assert [(str(one.what), one.about, one.ref) for one in due(study, [first], today)] == [
        ("Group 1: find people, short of nieuw 1", "people", "1"),
        ("Group 1: fit, but no yes yet: trouw 2", "people", "1"),
    ]
    held = SessionSummary(file="a.db", id="a", group="1", phase="ended", started_at="2026-12-20T19:34",
                          came=(("trouw", 2),), listed=(("trouw", 3),))  # fmt: skip
    (after, *_) = groups_of(study, plans, [held], today, told)
    assert [(one.there, one.listed, one.fit) for one in after.places] == [(2, 3, 0), (0, 0, 0)]
