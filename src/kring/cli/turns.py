"""`kring turns`: talk time by the hand log, what the sound would change in it, and which of that is accepted."""

from __future__ import annotations

import shlex
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kring.cli.json_text import json_text
from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.decide import correcting, decision
from kring.domain.events import Event
from kring.domain.evolve import evolve
from kring.domain.measures.presence import seated
from kring.domain.measures.talk_time import Sum, talk_time
from kring.domain.state import State
from kring.domain.stretches import FOREVER_MS, stretch_of, without
from kring.domain.text import KringError, clean, one_line
from kring.domain.time_text import as_clock, as_length
from kring.domain.words import SPEAKER_WORDS, called
from kring.privacy.snapshot import read
from kring.record import folder
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _, ngettext

if TYPE_CHECKING:
    from kring.speech.proposals import Proposed, Span
    from kring.speech.refine_turns import Heard, Turn

METHOD = "hand log, MFCC and pitch"
ROLE = "researcher"


class Waiting(NamedTuple):
    """A proposal that waits for somebody to decide, by its number."""

    number: int
    row: r.TurnProposalRow


def turns_command(asked: Namespace) -> int:
    """Show talk time and proposals; before that refine, accept or decline where it's asked."""
    said = _changed(asked) if asked.refine or asked.accept or asked.decline else []
    found = read(asked.file, with_names=True)
    if asked.json:
        sys.stdout.write(json_text(as_json(found.state, found.now)) + "\n")
        return 0
    _print(said)
    _print(_listed(found.state) if asked.list else _told(found.state, found.now, asked.file))
    return 0


def _changed(asked: Namespace) -> list[str]:
    session = sessions.resume(asked.file, SystemClock(), Me(one_line(asked.name or ""), ROLE, settings.device_id()))
    try:
        return [*_refine(session, asked), *_decide(session, asked)]
    finally:
        session.close()


# to refine


def _refine(session: Session, asked: Namespace) -> Iterator[str]:
    if not asked.refine:
        return
    found = refined(session.state, asked.file, _progress())
    session.do(decision(correcting.propose, METHOD, tuple(map(_as_fact, found))))
    yield ngettext("The sound suggests {n} change.", "The sound suggests {n} changes.", len(found)).format(n=len(found))


def refined(state: State, file: Path, progress: Callable[[float], None]) -> list[Proposed]:
    """Return what the sound would change in the hand log; `progress` hears how much is done, 0 to 1."""
    from kring.speech import listen, proposals, refine_turns

    log = _hand_log(state)
    if not log:
        raise KringError("{file} has no turns: the hand log is what tells whose voice is whose.", file=file.name)
    try:
        pieces = list(_heard(state, file, progress))
        heard = refine_turns.refined(log, pieces)
    finally:
        progress(1.0)
    return proposals.proposals(log, heard, listen.covered(pieces))


def _hand_log(state: State) -> list[Turn]:
    from kring.speech.refine_turns import Speaker, Turn

    return [
        Turn(row.id, Speaker(row.kind, row.participant), row.started_at, row.ended_at, row.changed_at is not None)
        for row in state.turns.values()
        if row.ended_at is not None and row.removed_at is None
    ]


def _heard(state: State, file: Path, progress: Callable[[float], None]) -> Iterator[Heard]:
    from kring.speech import listen

    sounds = folder.sounds_of(state, file)
    if not sounds:
        raise KringError("{file} has no sound that kring recorded, so its turns can't be made better.", file=file.name)
    there = [(one.path, one.piece) for one in sounds if one.path is not None and one.is_heard]
    if not there:
        raise KringError("The sound of {file} isn't there: put its folder beside the session file.", file=file.name)
    total = sum(piece.frames / piece.rate for _path, piece in there) or 1.0
    done = 0.0

    def advanced(seconds: float) -> None:
        nonlocal done
        done += seconds
        progress(min(0.95, 0.95 * done / total))

    live = _live(state)
    for path, piece in there:
        sound, per_cell = listen.listen(path, advanced)
        yield from listen.on_clock(sound, per_cell, piece, live)


def _live(state: State) -> list[Span]:
    """Return from when to when the talk was on, pauses left out."""
    from kring.speech.proposals import Span

    if state.session.started_at is None:
        return []
    live = [(int(state.session.started_at), int(state.session.ended_at or FOREVER_MS))]
    for pause in state.pauses.values():
        live = [part for whole in live for part in without(whole, stretch_of(pause, FOREVER_MS))]
    return [Span(*part) for part in live]


def _as_fact(one: Proposed) -> f.TurnProposed:
    return f.TurnProposed(one.change, one.turn, *one.speaker, round(one.started), round(one.ended))


def _progress() -> Callable[[float], None]:
    """Return what shows on a terminal how far the work is, and shows nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda _share: None
    shown = -1

    def show(share: float) -> None:
        nonlocal shown
        percent = int(100 * share)
        if percent != shown:
            shown = percent
            end = "\r\x1b[K" if share >= 1 else ""
            sys.stderr.write(f"\r{_('Listening')}: {percent} %{end}")
            sys.stderr.flush()

    return show


# to decide


def _decide(session: Session, asked: Namespace) -> Iterator[str]:
    waiting = waiting_proposals(session.state)
    accepted, declined = (_chosen(words, waiting) for words in (asked.accept, asked.decline))
    if both := set(accepted) & set(declined):
        number = next(one.number for one in waiting if one.row.id in both)
        raise KringError("Proposal {n} can't be both accepted and declined.", n=number)
    if accepted:
        session.do(decision(correcting.decide, accepted, True))
        yield ngettext("{n} change accepted.", "{n} changes accepted.", len(accepted)).format(n=len(accepted))
    if declined:
        session.do(decision(correcting.decide, declined, False))
        yield ngettext("{n} change declined.", "{n} changes declined.", len(declined)).format(n=len(declined))


def _chosen(words: Sequence[str] | None, waiting: Sequence[Waiting]) -> tuple[str, ...]:
    """Return the ids of the proposals that numbers, ranges (3-8) or `all` mean."""
    if not words:
        return ()
    by_number = {one.number: one.row.id for one in waiting}
    if "all" in words:
        if not by_number:
            raise KringError("No proposal is waiting.")
        return tuple(by_number.values())
    chosen: dict[str, None] = {}
    for number in (number for word in words for number in _numbers(word)):
        if number not in by_number:
            raise KringError("Proposal {n} isn't waiting; see kring turns --list.", n=number)
        chosen[by_number[number]] = None
    return tuple(chosen)


def _numbers(word: str) -> range:
    first, _dash, last = word.partition("-")
    with suppress(ValueError):
        return range(int(first), int(last or first) + 1)
    raise KringError("{word} is no number of a proposal; give numbers, 3-8, or all.", word=word)


def waiting_proposals(state: State) -> list[Waiting]:
    """Return the proposals that nobody decided on yet; a number stays the same until the next refinement."""
    rows = [row for row in state.turn_proposals.values() if correcting.is_undecided(row)]
    return [Waiting(row.number, row) for row in sorted(rows, key=lambda row: (row.number, row.id))]


# to show


def _told(state: State, now: int, file: Path) -> Iterator[str]:
    yield from table(state, now)
    if waiting := waiting_proposals(state):
        n = len(waiting)
        yield ""
        waits = ngettext("{n} proposal waits; see it with:", "{n} proposals wait; see them with:", n).format(n=n)
        yield f"{waits} kring turns {shlex.quote(str(file))} --list"
        yield _("Turns get better by it, a share of talk time may get worse: compare both columns before you accept.")


def table(state: State, now: int) -> Iterator[str]:
    """Yield a table of who spoke how long by the log, and by the log as the proposals would make it."""
    columns = 5 if waiting_proposals(state) else 3
    lines = [["", _("talk time"), _("turns"), _("as proposed"), _("turns")][:columns]]
    for who, one, other in _sums(state, now):
        cells = [
            _name(state, who),
            as_length(one.spoken_ms),
            str(one.turns),
            as_length(other.spoken_ms),
            str(other.turns),
        ]
        lines.append(cells[:columns])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *others in lines:
        numbers = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield "   ".join([first.ljust(widths[0]), *numbers]).rstrip()


def _sums(state: State, now: int) -> list[tuple[str, Sum, Sum]]:
    """Return how much everybody spoke, and would have spoken as proposed: people by seat, then the others."""
    spoken, then = talk_time(state, now), talk_time(_as_proposed(state), now)
    order = [*(person.id for person in seated(state)), *SPEAKER_WORDS]
    speakers = [who for who in dict.fromkeys([*order, *spoken, *then]) if who in spoken or who in then]
    return [(who, spoken.get(who, Sum()), then.get(who, Sum())) for who in speakers]


def _as_proposed(state: State) -> State:
    """Return the state as it would be if every waiting proposal were accepted."""
    fact = f.ProposalDecided(tuple(row.id for _number, row in waiting_proposals(state)), True)
    event = Event(id="", hlc=0, device="", actor="", role="", kind=fact.kind, data="", fact=fact)
    return state.put(evolve(state, event))


def _listed(state: State) -> Iterator[str]:
    waiting = waiting_proposals(state)
    if not waiting:
        yield _("No proposal is waiting.")
        return
    words = {"move": _("move"), "reassign": _("reassign"), "add": _("add"), "remove": _("remove")}
    width = max(map(len, words.values()))
    for number, row in waiting:
        was, would_be = _was_and_would_be(state, row)
        yield f"{number:>4}  {words[row.change].ljust(width)}  {was} → {would_be}"


def _was_and_would_be(state: State, row: r.TurnProposalRow) -> tuple[str, str]:
    turn = state.turns.get(row.turn or "")
    name = _name(state, row.participant or row.kind)
    new = _from_to(state, row.started_at, row.ended_at)
    if turn is None or turn.ended_at is None:
        return _("not logged"), f"{name} {new}"
    old = _from_to(state, turn.started_at, turn.ended_at)
    was = f"{_name(state, turn.participant or turn.kind)} {old}"
    match row.change:
        case "move":
            return was, new
        case "reassign":
            return was, name
        case _:
            return was, _("not heard")


def _from_to(state: State, begin: int, end: int) -> str:
    return f"{_tenths(state, begin)}–{_tenths(state, end)}"


def _tenths(state: State, at: int) -> str:
    ms = max(0, at - int(state.session.started_at or at))
    return f"{as_clock(ms)}.{ms % 1000 // 100}"


def _name(state: State, who: str) -> str:
    return _(SPEAKER_WORDS[who]) if who in SPEAKER_WORDS else called(state, who)


def as_json(state: State, now: int) -> dict[str, Any]:
    """Return talk time and waiting proposals for programs; times in seconds on the session's clock."""
    return {
        "talk_time": [
            {
                "kind": who if who in SPEAKER_WORDS else "participant",
                "participant": None if who in SPEAKER_WORDS else who,
                "spoken_s": one.spoken_ms / 1000,
                "turns": one.turns,
                "proposed_s": other.spoken_ms / 1000,
                "proposed_turns": other.turns,
            }
            for who, one, other in _sums(state, now)
        ],
        "proposals": [_proposal_json(state, one) for one in waiting_proposals(state)],
    }


def _proposal_json(state: State, one: Waiting) -> dict[str, Any]:
    turn = state.turns.get(one.row.turn or "")
    was = turn and {"kind": turn.kind, "participant": turn.participant, "t": turn.t, "duration_s": turn.duration_s}
    would_be = {
        "kind": one.row.kind,
        "participant": one.row.participant,
        "t": one.row.t,
        "duration_s": one.row.duration_s,
    }
    return {
        "n": one.number,
        "change": one.row.change,
        "turn": one.row.turn,
        "was": was,
        "would_be": None if one.row.change == "remove" else would_be,
    }


def _print(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{clean(line)}\n" for line in lines)
