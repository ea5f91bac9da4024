"""Whatever a reader makes of a file, what comes in of it can be written, read back, and folds to the same rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.upcast import decode
from kring.imports.brought import brought
from kring.imports.parsed import (
    Answer,
    Clock,
    Message,
    Parsed,
    Question,
    Reaction,
    Response,
    Signal,
    Stay,
    Utterance,
)
from kring.imports.placing import placed
from kring.imports.preview import Match
from kring.store import tables
from kring.store.derived import in_memory

texts = st.one_of(st.sampled_from(("", "Anna", "\x1b[2Jhoi", "a\u202eb", "\n", "x" * 300)), st.text(max_size=8))
names = st.sampled_from(("Anna", "Piet", "iPad", "", "Els\u200f", "=1+1"))
times = st.one_of(st.integers(-(10**7), 10**8), st.sampled_from((0, 2**62, -(2**62))))
maybe = st.one_of(st.none(), times)
lines = st.integers(1, 9)

messages = st.builds(
    Message,
    line=lines,
    at_ms=maybe,
    author=names,
    text=texts,
    recipient=names,
    is_private=st.booleans(),
    replies_to=st.one_of(st.none(), lines),
    reactions=st.lists(st.builds(Reaction, sign=texts, people=st.lists(names, max_size=2).map(tuple)), max_size=2).map(
        tuple
    ),
)
utterances = st.builds(
    Utterance,
    line=lines,
    start_ms=maybe,
    end_ms=maybe,
    speaker=names,
    text=texts,
    words=st.lists(st.tuples(times, times, texts), max_size=2).map(tuple),
    is_approximate=st.booleans(),
)
stays = st.builds(
    Stay,
    line=lines,
    person=names,
    joined_ms=maybe,
    left_ms=maybe,
    duration_s=st.one_of(st.none(), times),
    in_waiting_room=st.booleans(),
    role=texts,
)
answers = st.builds(
    Answer,
    line=lines,
    question=st.one_of(texts, st.just("Cijfer")),
    answers=st.lists(st.one_of(texts, st.just("8")), max_size=2).map(tuple),
    person=names,
    at_ms=maybe,
)
files = st.builds(
    Parsed,
    format=st.just("a"),
    clock=st.sampled_from(list(Clock)),
    messages=st.lists(messages, max_size=4).map(tuple),
    utterances=st.lists(utterances, max_size=4).map(tuple),
    signals=st.lists(st.builds(Signal, line=lines, at_ms=times, person=names, what=texts), max_size=2).map(tuple),
    stays=st.lists(stays, max_size=3).map(tuple),
    answers=st.lists(answers, max_size=3).map(tuple),
    questions=st.just((Question(name="q", heading="vraag", kind="open"),)),
    responses=st.lists(st.builds(Response, line=lines, values=st.tuples(texts)), max_size=2).map(tuple),
)
WHO = {
    "Anna": Match("Anna", "participant", "P2"),
    "Piet": Match("Piet", "moderator"),
    "iPad": Match("iPad", "left_out"),
}


@given(files, st.booleans())
def test_what_comes_in_can_be_written_and_read_back(parsed: Parsed, with_private: bool) -> None:
    desk = Desk()
    place = None if parsed.clock is Clock.NONE else placed(desk.state, parsed, 1_000)
    found = brought(desk.state, parsed, WHO, place, with_private, {1: "P3"})
    facts = [fact for _line, fact in found.facts]
    assert [decode(fact.kind, f.encode(fact).decode(), fact.v) for fact in facts] == facts
    desk.happen_together([f.FileImported("a", "a", "0" * 64, parsed.clock.value, 1_000), *facts])
    written = in_memory(desk.state)
    for select in tables.SELECTS.values():
        written.execute(select).fetchall()
    assert written.execute("pragma foreign_key_check").fetchall() == []
    told = str([row for table in desk.state.tables.values() for row in table.values()])
    assert "iPad" not in told
    assert b"\\u001b" not in b"".join(map(f.encode, facts))


@given(files)
def test_what_is_in_does_not_come_in_again(parsed: Parsed) -> None:
    desk = Desk()
    place = None if parsed.clock is Clock.NONE else placed(desk.state, parsed, 0)
    first = brought(desk.state, parsed, WHO, place, True)
    desk.happen_together(
        [f.FileImported("a", "a", "0" * 64, parsed.clock.value, 0), *(fact for _n, fact in first.facts)]
    )
    again = brought(desk.state, parsed, WHO, place, True)
    told = {type(fact) for _line, fact in again.facts}
    assert not told & {f.MessageRead, f.UtteranceRead, f.SignalRead, f.StayRead}
