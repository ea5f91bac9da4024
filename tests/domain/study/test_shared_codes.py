"""Codes that are merged, split and shared, beside a set of who put which code where."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.decide import coding
from kring.domain.decide.bringing_in import NewCode
from kring.domain.events import Event
from kring.domain.evolve import evolve
from kring.domain.state import EMPTY, State
from kring.domain.study.code_history import code_acts
from kring.domain.study.shared_codes import merge, share, shared
from kring.domain.text import Refused

NAMES = ("app", "prijs", "kassa")
CODED = st.sets(st.tuples(st.sampled_from(["Bo", "Els"]), st.integers(1, 3), st.sampled_from(NAMES)))
Coded = set[tuple[str, int, str]]


def book(coded: Coded, parents: dict[str, str | None] | None = None) -> State:
    """A session with three notes and a codebook, in which a code has the id of its name."""
    rows: list[r.Row] = [
        r.NoteRow(id=f"n{n}", kind="quote", text="ja", at=r.Moment(n), written_at=r.Moment(n)) for n in (1, 2, 3)
    ]
    parents = parents if parents is not None else dict.fromkeys(NAMES)
    rows += [r.CodeRow(id=name, name=name, parent=above, added_at=r.Moment(1)) for name, above in parents.items()]
    rows += [
        r.CodingRow(id=f"{coder}{name}{n}", code=name, note=f"n{n}", coder=coder, at=r.Moment(9))
        for coder, n, name in sorted(coded)
    ]
    return EMPTY.put(rows)


def after(state: State, *facts: f.Fact, actor: str = "Kim") -> State:
    for place, fact in enumerate(facts):
        state = state.put(evolve(state, event(fact, place, actor)))
    return state


def event(fact: f.Fact, place: int = 0, actor: str = "Kim") -> Event:
    return Event(id=f"e{place}", hlc=place + 1, device="d", actor=actor, role="", kind=fact.kind, data="", fact=fact)


def marks(state: State) -> Coded:
    alive = [row for row in state.codings.values() if row.removed_at is None]
    found = {(row.coder, int((row.note or "n0")[1:]), state.codes[row.code].name) for row in alive}
    assert len(found) == len(alive)  # nobody has one code twice on one passage
    return found


def parents_of(state: State) -> dict[str, str | None]:
    return {row.name: row.parent for row in state.codes.values() if row.removed_at is None}


@given(CODED)
def test_a_merge_moves_every_coding_and_leaves_it_to_its_coder(coded: Coded) -> None:
    state = book(coded)
    merged = after(state, coding.merge_code(state, 0, "app", "PRIJS"))
    assert marks(merged) == {(coder, n, "prijs" if name == "app" else name) for coder, n, name in coded}
    assert parents_of(merged).keys() == {"prijs", "kassa"}
    assert merged.codes["app"].merged_into == "prijs"


@given(CODED, st.sets(st.integers(1, 3)), st.sampled_from(["kassa", "rij"]))
def test_a_split_moves_what_was_chosen(coded: Coded, chosen: set[int], name: str) -> None:
    state = book(coded)
    codings = [row.id for row in state.codings.values() if row.note in {f"n{n}" for n in chosen}]
    split = after(state, coding.split_code(state, 0, "app", name, codings))
    assert marks(split) == {(coder, n, name if code == "app" and n in chosen else code) for coder, n, code in coded}


def test_what_a_coder_gives_to_a_code_that_went_into_another_goes_there() -> None:
    """As it does when another laptop coded meanwhile; a code that was taken out takes nothing."""
    state = book(set())
    merged = after(state, f.CodeMerged("app", "prijs"), f.CodeMerged("prijs", "kassa"), f.CodeMerged("kassa", "app"))
    assert marks(after(merged, f.Coded("app", note="n1"), actor="Els")) == {("Els", 1, "kassa")}
    assert not marks(after(merged, f.CodeRemoved("kassa"), f.Coded("app", note="n1"), actor="Els"))


@pytest.mark.parametrize(
    ("parents", "merged"),
    [
        ({"app": None, "prijs": "app", "kassa": "prijs"}, {"prijs": None, "kassa": "prijs"}),
        ({"app": None, "kassa": "app", "prijs": "kassa"}, {"kassa": "prijs", "prijs": None}),
        ({"prijs": None, "app": "prijs", "kassa": "app"}, {"prijs": None, "kassa": "prijs"}),
    ],
)
def test_codes_below_a_merged_one_stay_below_something(
    parents: dict[str, str | None], merged: dict[str, str | None]
) -> None:
    assert parents_of(after(book(set(), parents), f.CodeMerged("app", "prijs"))) == merged


def test_a_memo_on_a_merged_code_goes_with_it() -> None:
    state = after(book(set()), f.MemoWritten("of de app te traag is", code="app"), f.CodeMerged("app", "prijs"))
    assert [memo.code for memo in state.memos.values()] == ["prijs"]


def test_where_the_other_code_lacks_the_code_becomes_it() -> None:
    state = book({("Bo", 1, "app")})
    told = NewCode("digitaal", "alles op een scherm", "#0072B2")
    fact = merge(state, 0, "app", told, "één woord")
    assert fact == f.CodeChanged(
        "app", name="digitaal", description=told.description, colour=told.colour, why="één woord"
    )
    assert marks(after(state, fact)) == {("Bo", 1, "digitaal")}
    assert isinstance(merge(state, 0, "app", NewCode("Prijs")), f.CodeMerged)


SHARED = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.sampled_from([None, "a", "b", "c", "d"]), max_size=4),
    min_size=2,
    max_size=3,
)


@given(SHARED)
def test_after_sharing_every_session_has_every_code_and_no_code_stands_below_itself(
    parents: list[dict[str, str | None]],
) -> None:
    states = []
    for place, those in enumerate(parents):
        state = EMPTY
        for nth, name in enumerate(those):
            state = after_at(state, f.CodeAdded(name, f"{name}{place}"), f"{place}{nth}")
        ids = {row.name: row.id for row in state.codes.values()}
        for nth, (name, above) in enumerate(those.items()):
            if above in ids:
                state = after_at(state, f.CodeChanged(ids[name], parent=ids[above]), f"p{nth}")
        states.append(state)
    codes = shared(states)
    like_first = shared(states[:1])
    for state in states:
        whole = shared_with(state, codes, alike=False)
        assert parents_of(whole).keys() == {name for those in parents for name in those}
        depths(whole)
        alike = told_of(shared_with(state, like_first, alike=True))
        assert told_of(states[0]).items() <= alike.items()


def after_at(state: State, fact: f.Fact, event_id: str) -> State:
    return state.put(evolve(state, msgspec.structs.replace(event(fact), id=event_id)))


def shared_with(state: State, codes: list[NewCode], alike: bool) -> State:
    try:
        facts = share(state, 0, codes, alike)
    except Refused:
        return state
    for nth, fact in enumerate(facts):
        state = after_at(state, fact, f"s{nth}")
    with pytest.raises(Refused, match="Nothing was changed"):
        share(state, 0, codes, alike)
    return state


def told_of(state: State) -> dict[str, tuple[str, str]]:
    names = {row.id: row.name for row in state.codes.values()}
    return {row.name: (row.description, names.get(row.parent or "", "")) for row in state.codes.values()}


def depths(state: State) -> dict[str, int]:
    """How deep each code stands; raises RecursionError where one stands below itself."""

    def depth(code: str | None) -> int:
        return 0 if code is None else 1 + depth(state.codes[code].parent)

    return {code: depth(code) for code in state.codes}


def test_the_history_tells_what_happened_and_passes_over_what_did_not() -> None:
    facts = [
        f.CodeAdded("app"),
        f.CodeAdded("scherm", parent="e0"),
        f.CodeChanged("e1", name="beeldscherm", description="wat men ziet", why="duidelijker"),
        f.CodeMerged("e1", "e0", "te fijn"),
        f.CodeMerged("e1", "e0"),  # it went there already
        f.CodeSplit("e0", ("x", "y"), name="kassa"),
        f.CodeRemoved("e5"),
        f.CodeRemoved("e0"),  # taken back
    ]
    acts = code_acts([event(fact, place) for place, fact in enumerate(facts)], {"e7"})
    assert [(str(act.told), act.actor, act.why) for act in acts] == [
        ("app made", "Kim", ""),
        ("scherm made below app", "Kim", ""),
        ("scherm renamed to beeldscherm", "Kim", "duidelijker"),
        ("beeldscherm described: “wat men ziet”", "Kim", "duidelijker"),
        ("beeldscherm merged into app", "Kim", "te fijn"),
        ("kassa split off from app, codings: 2", "Kim", ""),
        ("kassa taken out", "Kim", ""),
    ]
