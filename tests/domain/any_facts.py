"""Facts, events and histories as hypothesis makes them: any kind, any order, references that nobody knows."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st
from msgspec.structs import fields

from conftest import START_MS, make_plan
from kring.domain import facts as f
from kring.domain.events import COUNTER_BITS, Event
from kring.domain.plan import GuideItem, Plan

YIELD = GuideItem(id="opbrengst", parent="laatste", kind="yield", text="een echt moment")
PLAN = msgspec.structs.replace(make_plan(), guide=(*make_plan().guide, YIELD))
DEVICES = ("laptop", "tablet")
PEOPLE = (("Bo", "assistant"), ("Els", "moderator"), ("kring", "program"))
HOSTILE = ("{value.real}", "{0}", "{", "", "nobody", "P1/", "\x1b]0;title\x07", "[/]", "' or 1=1 --", "e" * 300)
KNOWN = (
    *(item.id for item in PLAN.guide),
    *(check.id for check in PLAN.checks),
    *(person.code for person in PLAN.participants),
    "techniek/P1/camera",
    "P9",
)
MOST_EVENTS = 40
STEPS_MS = (*(0, 1, 1500, 60_000) * 8, 2**40)
"""How long after the one before something happens; years, where the clock of a computer was wrong."""

references = st.one_of(
    st.sampled_from(KNOWN), st.integers(0, MOST_EVENTS).map(lambda n: f"e{n:02}"), st.sampled_from(HOSTILE)
)
texts = st.one_of(references, st.text(max_size=12))
moments = st.one_of(st.integers(START_MS - 3_600_000, START_MS + 3_600_000), st.sampled_from((2**62, -(2**62))))
numbers = st.one_of(st.integers(-3, 3), st.integers(-(2**40), 2**40), st.sampled_from((2**63 - 1, -(2**63))))


@cache  # hypothesis looks at every new strategy whether it can be
def of_type(hint: Any, name: str) -> st.SearchStrategy[Any]:
    """Return anything that a field of this type may hold."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, UnionType):
        return st.one_of(*(of_type(argument, name) for argument in arguments))
    if origin is tuple:
        inner = [of_type(argument, name) for argument in arguments if argument is not Ellipsis]
        return st.lists(inner[0], max_size=3).map(tuple) if Ellipsis in arguments else st.tuples(*inner)
    if hint is Plan:
        return plans
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return of_struct(hint)
    if hint is int:
        return moments if name.endswith("_ms") else numbers
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: texts,
        bool: st.booleans(),
        float: st.floats(-1e6, 1e6),
        type(None): st.none(),
        msgspec.UnsetType: st.just(msgspec.UNSET),
    }
    return simple[hint]


@cache
def of_struct(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Return structs of a type with any values that its fields allow."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: of_type(hints[field.name], field.name) for field in fields(kind)})


def _without(plan: Plan, places: set[int]) -> Plan:
    keep = [number for number in range(12) if number not in places]
    return msgspec.structs.replace(
        plan,
        guide=tuple(item for number, item in enumerate(plan.guide) if number in keep),
        checks=tuple(check for number, check in enumerate(plan.checks) if number in keep),
        participants=tuple(person for number, person in enumerate(plan.participants) if number in keep),
    )


plans = st.sets(st.integers(0, 11), max_size=4).map(lambda places: _without(PLAN, places))

some_fact = st.sampled_from(sorted(f.KINDS)).flatmap(lambda kind: of_struct(f.KINDS[kind]))
usual_fact = st.sampled_from(
    ["floor_given", "note_added", "note_changed", "item_opened", "attendance_changed", "undone", "session_paused"]
).flatmap(lambda kind: of_struct(f.KINDS[kind]))
undone_fact = st.integers(0, MOST_EVENTS).map(lambda n: f.Undone(f"e{n:02}"))
WHOLE_PLAN = f.PlanRead(
    msgspec.structs.replace(PLAN, participants=()),
    roster=tuple(f.ParticipantListed(one.code, one.name, one.seat, one.segment) for one in PLAN.participants),
)
"""A plan with its list in one fact, as version 1 wrote it."""
FIRST: list[f.Fact] = [f.SessionCreated("s", "UTC", 0), WHOLE_PLAN, f.SessionStarted()]
TURNS, QUOTE, CODE, RECORDING, SEGMENT = ("e03", "e04"), "e05", "e06", "R1", "R1/1"
IMPORT = "e14"
STATEMENT, SHOWING, STIMULUS = "e12", "e13", next(item.id for item in PLAN.guide if item.kind == "stimulus")
EVENING: list[f.Fact] = [
    *FIRST,
    f.FloorGiven("participant", "P1"),
    f.FloorGiven("moderator"),
    f.NoteAdded("quote", "het is gedoe", START_MS, participant="P1"),
    f.CodeAdded("gedoe"),
    f.RecordingStarted("kring", RECORDING),
    f.SegmentOpened(RECORDING, 1, "session.audio/0001.wav", 8000, 1, "microphone", START_MS),
    f.ItemOpened(PLAN.guide[1].id),
    f.Coded(CODE, note=QUOTE),
    f.TurnJudged(TURNS[0], "participant", "P2"),
    f.StatementAdded(PLAN.guide[1].id, "te veel gedoe"),
    f.StimulusShown(STIMULUS),
    f.FileImported("chat.txt", "a-chat", "0" * 64, "wall", 0),
]
"""A session in which there is something to hear and to work with, and what its rows are called."""
AIMED: dict[str, tuple[str, ...]] = {
    "turn": TURNS,
    "other": TURNS,
    "row": (*TURNS, RECORDING, "P1", "e10", SHOWING, "s"),
    "note": (QUOTE,),
    "code": (CODE,),
    "recording": (RECORDING,),
    "segment": (SEGMENT, f"{RECORDING}/2"),
    "participant": ("P1", "P2"),
    "item": (*(item.id for item in PLAN.guide[:4]), YIELD.id),
    "poll": tuple(item.id for item in PLAN.guide if item.kind == "poll"),
    "stimulus": (STIMULUS,),
    "statement": (STATEMENT,),
    "import_id": (IMPORT,),
}


def _aimed(fact: f.Fact, place: int) -> f.Fact:
    """Return a fact about what an evening has, whatever else it says of it."""
    hints = get_type_hints(type(fact))
    named = [name for name in AIMED.keys() & hints.keys() if str in (hints[name], *get_args(hints[name]))]
    return msgspec.structs.replace(fact, **{name: AIMED[name][place % len(AIMED[name])] for name in named})


def _aimed_of(kinds: list[str]) -> st.SearchStrategy[f.Fact]:
    facts = st.sampled_from(kinds).flatmap(lambda kind: of_struct(f.KINDS[kind]))
    return st.builds(_aimed, facts, st.integers(0, 1))


aimed_fact = _aimed_of(sorted(f.KINDS))
brought_fact = _aimed_of(
    ["message_read", "reaction_read", "stay_read", "poll_answer_read", "survey_response_read", "import_shifted"]
)
heard_fact = _aimed_of(["segment_anchored", "segment_closed", "voice_heard", "transcript_read", "turns_proposed"])
opened_fact = st.builds(
    msgspec.structs.replace, of_struct(f.SegmentOpened), recording=st.just(RECORDING), number=st.integers(1, 2)
)


beginnings: st.SearchStrategy[list[f.Fact]] = st.sampled_from(([], FIRST, EVENING))
later_fact = st.one_of(usual_fact, some_fact, aimed_fact, opened_fact, heard_fact, brought_fact, undone_fact, st.none())
lengths = st.sampled_from((0, 8, 24))  # left alone, hypothesis hardly makes a list of more than five
steps, people, devices, ticks = (
    st.sampled_from(STEPS_MS),
    st.sampled_from(PEOPLE),
    st.sampled_from(DEVICES),
    st.integers(0, 2),
)
unread_kinds = st.sampled_from(["tomorrow", "note_added"])
leads = st.sampled_from((0, 0, 0, 60_000))


@cache
def later_facts(least: int, most: int) -> st.SearchStrategy[list[f.Fact | None]]:
    return st.lists(later_fact, min_size=least, max_size=most)


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    """Return events in canonical order, most of them of a session that runs."""
    facts: list[f.Fact | None] = [*draw(beginnings)]
    most = MOST_EVENTS - len(facts)
    facts += draw(later_facts(min(most, draw(lengths)), most))
    at = START_MS
    made: list[Event] = []
    for number, fact in enumerate(facts):
        at += draw(steps)
        actor, role = draw(people)
        brought = (IMPORT,) if number >= len(EVENING) else ()
        made.append(
            Event(
                id=f"e{number:02}",
                hlc=(at << COUNTER_BITS) + draw(ticks),
                device=draw(devices),
                actor=actor,
                role=role,
                kind=fact.kind if fact else draw(unread_kinds),
                v=fact.v if fact else 1,
                data=f.encode(fact).decode() if fact else '{"text": 3}',
                fact=fact,
                act=draw(st.sampled_from((None, None, *(one.id for one in made[-3:]), *brought))),
                ahead_ms=draw(leads),
            )
        )
    return sorted(made, key=lambda event: event.key)


@st.composite
def notes_and_undos(draw: st.DrawFn) -> list[Event]:
    """Return events in canonical order of which about half take back another one, earlier or later."""
    count = draw(st.integers(4, 14))
    targets = draw(st.lists(st.one_of(st.none(), st.integers(0, count - 1)), min_size=count, max_size=count))
    facts = [f.NoteAdded("remark", "", START_MS) if n is None else f.Undone(f"e{n:02}") for n in targets]
    return [
        Event(
            id=f"e{number:02}",
            hlc=number << COUNTER_BITS,
            device="laptop",
            actor="Bo",
            role="r",
            kind=fact.kind,
            data="",
            fact=fact,
        )
        for number, fact in enumerate(facts)
    ]


@st.composite
def arrivals(draw: st.DrawFn, of: list[Event]) -> list[list[Event]]:
    """Return events in any order, in batches of any size, some of them twice."""
    order = draw(st.permutations(of))
    order += draw(st.lists(st.sampled_from(of), max_size=3)) if of else []
    batches: list[list[Event]] = []
    while order:
        size = draw(st.integers(1, 8))
        batches.append(order[:size])
        order = order[size:]
    return batches
