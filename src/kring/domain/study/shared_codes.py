"""One codebook for the sessions of a study: what an act on it is in a session that has the code, or lacks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kring.domain import facts as f
from kring.domain.decide import coding
from kring.domain.decide.bringing_in import NewCode
from kring.domain.rows import CodeRow
from kring.domain.state import State
from kring.domain.study.coders import code_key
from kring.domain.text import Refused, one_line


def shared(states: Iterable[State]) -> list[NewCode]:
    """Return the codes of all sessions, a theme before what stands below it.

    Of what the sessions say of a code, the first that says anything counts: its description, its colour, its theme.
    """
    found: dict[str, NewCode] = {}
    for state in states:
        for row in _alive(state):
            here, there = _described(state, row), found.get(code_key(row.name))
            found[code_key(row.name)] = here if there is None else _filled(there, here)
    return list(_themes_first(found))


def _filled(code: NewCode, other: NewCode) -> NewCode:
    return NewCode(code.name, *(one or another for one, another in zip(code[1:], other[1:], strict=True)))


def _described(state: State, row: CodeRow) -> NewCode:
    above = state.codes.get(row.parent or "")
    name = above.name if above is not None and above.removed_at is None else ""
    return NewCode(row.name, row.description, row.colour, name)


def _themes_first(codes: dict[str, NewCode]) -> Iterator[NewCode]:
    """Yield codes, each behind the one above it; one that stands below itself, by two sessions, has none above it."""
    done: set[str] = set()

    def with_those_above(key: str, below: frozenset[str]) -> Iterator[NewCode]:
        if key in done:
            return
        code = codes[key]
        above = code_key(code.above)
        if above in below or above == key or above not in codes:
            code = code._replace(above="")
        else:
            yield from with_those_above(above, below | {key})
            code = code._replace(above=codes[above].name)
        if key not in done:
            done.add(key)
            yield code

    for key in codes:
        yield from with_those_above(key, frozenset())


def share(state: State, now: int, codes: Sequence[NewCode], alike: bool = False, why: str = "") -> tuple[f.Fact, ...]:
    """Put codes into the codebook that it lacks; `alike` also makes those that it has as they are there.

    The codes come as `shared` returns them.
    """
    found = tuple(lacking(state, codes, alike, one_line(why)))
    if not found:
        raise Refused("Nothing was changed.")
    return found


def lacking(state: State, codes: Sequence[NewCode], alike: bool = False, why: str = "") -> Iterator[f.Fact]:
    """Yield what a codebook lacks to be as codes are."""
    for wanted in codes:
        code = coding.called(state, wanted.name)
        above = coding.called(state, wanted.above) if wanted.above else None
        below = wanted.above if above is None else ""
        if code is None:
            parent = above.id if above else None
            yield f.CodeAdded(wanted.name, wanted.description, wanted.colour, parent, below, why)
        elif alike and (changed := _changed(code, wanted, above.id if above else None, below, why)) is not None:
            yield changed


def _changed(code: CodeRow, wanted: NewCode, parent: str | None, below: str, why: str) -> f.CodeChanged | None:
    """Return what makes a code as it is elsewhere; None where it is."""
    there = {"description": wanted.description, "colour": wanted.colour} | ({} if below else {"parent": parent})
    other = {field: value for field, value in there.items() if getattr(code, field) != value}
    return f.CodeChanged(code.id, **other, below=below, why=why) if other or below else None  # type: ignore[arg-type]


def merge(state: State, now: int, old: str, into: NewCode, why: str = "") -> f.CodeMerged | f.CodeChanged:
    """Let a code go into another one; where the codebook lacks that one, the code becomes it."""
    if coding.called(state, into.name) is not None:
        return coding.merge_code(state, now, old, into.name, why)
    told = {field: value for field, value in (("description", into.description), ("colour", into.colour)) if value}
    return coding.change_code(state, now, old, why, name=into.name, **told)


def rename(state: State, now: int, old: str, name: str, why: str = "") -> f.CodeChanged:
    """Give a code another name; refused where another code has it, which is a merge."""
    return coding.change_code(state, now, old, why, name=name)


def _alive(state: State) -> Iterator[CodeRow]:
    return (row for row in state.codes.values() if row.removed_at is None)
