"""Rows of the screens on a real terminal: first paint, keys, memory, an idle window, beside a bare Textual app."""

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from kring_session import Live, Review, sentence
from measure import Compare, Effort, Rounds, Row, Sample, alternate, medians, p95s
from processes import cpu_seconds, resident_mib
from pty_harness import NotShown, Term
from session_files import ON_DISK, copy_of, events_in, place

FLOORS = Path(__file__).parent / "floors"
LABEL = [sys.executable, str(FLOORS / "label.py")]
KEPT_LABEL = [sys.executable, str(FLOORS / "kept_label.py")]
NEW, SHORT, LONG = 2, 2_000, 20_000
LONGEST_PROMISED = LONG
RESUME_LIMITS = {5_000: 0.15, LONG: 0.3}
MEMORY_LIMITS = {
    100: (40, Compare.EXCESS),
    SHORT: (40, Compare.EXCESS),
    LONG: (40, Compare.EXCESS),
    200_000: (200, Compare.AT_MOST),
}
PATIENCE_S = 300
"""For the first screen of the longest session on a busy machine."""
SETTLE_S = 5.0
BURST = 1_000
LONG_BURST = 3_500
HANDFUL = 50
"""Keys that are typed together where memory is watched: nobody is 2,500 keys ahead of the program."""
IDLE_CPU_S = 0.05
NOTES_OF_THREE_HOURS = 360


def start(effort: Effort) -> list[Row]:
    """From the start of the process until the screen is painted: a new session, and what its events add."""
    paint = Row("start", "first paint", "ms", 1.3)
    taken = _painted(Live, (NEW, *RESUME_LIMITS), effort)
    paint.floor, paint.kring = medians(taken["floor"]), medians(taken[str(NEW)])
    rows = [paint]
    for events, limit in RESUME_LIMITS.items():
        row = Row(f"start {events}", f"first paint, {events:,} events", "× floor", limit, compare=Compare.EXCESS)
        row.floor = [new / floor for new, floor in zip(paint.kring, paint.floor, strict=True)]
        row.kring = [long / floor for long, floor in zip(medians(taken[str(events)]), paint.floor, strict=True)]
        rows.append(row)
    return rows + [_first_paint(Live, "first paint", events, effort) for events in effort.sizes if events > LONG]


def review_start(effort: Effort) -> list[Row]:
    """The same for the screen of a researcher, at every length."""
    return [_first_paint(Review, "review, first paint", events, effort) for events in effort.sizes]


def _first_paint(face: type[Live | Review], told: str, events: int, effort: Effort) -> Row:
    row = Row(f"{told} {events}", f"{told}, {events:,} events", "ms", None)
    taken = _painted(face, (events,), effort.at(events))
    row.floor, row.kring = medians(taken["floor"]), medians(taken[str(events)])
    return row


def _painted(face: type[Live | Review], lengths: tuple[int, ...], effort: Effort) -> Rounds:
    """Milliseconds until a bare app is painted, and kring with sessions of these lengths."""
    with place(ON_DISK) as folder:
        samples: dict[str, Sample] = {"floor": partial(_started, LABEL, lambda term: term.shows("ready."))}
        for events in lengths:
            shown = face(copy_of(folder, events), events)
            samples[str(events)] = partial(_started, shown.argv, shown.is_there, shown.COLUMNS, shown.ROWS)
        return alternate(samples, rounds=effort.rounds, per_round=effort.starts)


def _started(argv: list[str], is_there: Callable[[Term], bool], columns: int = 80, rows: int = 24) -> float:
    with Term(argv, columns=columns, rows=rows) as term:
        return (term.wait_until(is_there, "The first screen", at_most_s=PATIENCE_S) - term.started_at) * 1000


def keys(effort: Effort) -> list[Row]:
    """From a key press until the chunk arrives that changes the screen, at every length, all programs side by side.

    The floor has each key on the disk before it shows it; beside a label that keeps nothing the rows only tell.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(place(ON_DISK))
        samples: dict[str, Sample] = {}
        for name, argv in (("floor", [*KEPT_LABEL, str(folder)]), ("label", LABEL)):
            label = stack.enter_context(Term(argv))
            label.wait_for("ready.")
            samples[name] = _pressed(label)
        for events in effort.sizes:
            live, term = _opened(stack, folder, events)
            samples[f"key {events}"] = _spaced(partial(live.give_floor, term))
            samples[f"note {events}"] = _spaced(partial(live.add_note, term))
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.keys)
    rows = []
    for events in effort.sizes:
        is_promised = events <= LONGEST_PROMISED
        for name, told, limit in (("key", "key", 1.5), ("note", "new note in its list", 3)):
            row = Row(f"{name} {events}", f"{told}, {events:,} events", "ms", limit if is_promised else None)
            row.floor, row.kring = medians(taken["floor"]), medians(taken[f"{name} {events}"])
            rows.append(row)
        slowest = Row(f"key p95 {events}", f"key, {events:,} events, p95", "ms", 3 if is_promised else None)
        slowest.floor, slowest.kring = p95s(taken["floor"]), p95s(taken[f"key {events}"])
        bare = Row(f"key bare {events}", f"key, {events:,} events, beside a label that keeps nothing", "ms", None)
        bare.floor, bare.kring = medians(taken["label"]), medians(taken[f"key {events}"])
        rows += [slowest, bare]
    if {SHORT, LONG} <= {*effort.sizes}:
        for name, told in (("key", "key"), ("note", "new note")):
            row = Row(f"{name} long", f"{told}, {LONG:,} against {SHORT:,} events", "ms", 1.3)
            row.floor, row.kring = medians(taken[f"{name} {SHORT}"]), medians(taken[f"{name} {LONG}"])
            rows.append(row)
    return rows


def _opened(stack: ExitStack, folder: Path, events: int) -> tuple[Live, Term]:
    live = Live(copy_of(folder, events), events)
    term = stack.enter_context(live.open())
    term.wait_until(live.is_there, "The live screen", at_most_s=PATIENCE_S)
    return live, term


def _pressed(term: Term) -> Sample:
    presses = 0

    def once() -> float:
        nonlocal presses
        presses += 1
        return term.key("x", lambda shown: shown.shows(f"key {presses}."))

    return _spaced(once)


def _spaced(press: Callable[[], float]) -> Sample:
    """Milliseconds of a key press, a little after the last one, as a person types."""

    def once() -> float:
        time.sleep(0.03)
        return press() * 1000

    return once


def memory(effort: Effort) -> list[Row]:
    """What the live screen holds at every length when it is there."""
    with ExitStack() as stack:
        label = stack.enter_context(Term(LABEL))
        label.wait_for("ready.")
        folder = stack.enter_context(place(ON_DISK))
        rows = []
        for events in effort.sizes:
            limit, compare = MEMORY_LIMITS[events]
            told = f"memory at the first screen, {events:,} events"
            row = Row(f"memory {events}", told, "MiB", limit, compare=compare)
            _, term = _opened(stack, folder, events)
            row.floor, row.kring = [resident_mib(label.process.pid)], [resident_mib(term.process.pid)]
            rows.append(row)
    return rows


def burst(_effort: Effort) -> list[Row]:
    """That no key of 1,000 is lost, and what 3,500 keys add to the memory."""
    growth = Row("growth", "memory after 3,500 keys more", "MiB", 10, compare=Compare.EXCESS)
    lost = Row("burst", f"keys lost of {BURST:,} at once", "", 0, compare=Compare.EXACT)
    with ExitStack() as stack:
        folder = stack.enter_context(place(ON_DISK))
        live, term = _opened(stack, folder, SHORT)
        _watch({"kring": term}, SETTLE_S)
        growth.floor = [resident_mib(term.process.pid)]
        before = events_in(live.file, "floor_given")
        _burst(term, BURST)
        lost.floor, lost.kring = [0.0], [float(before + BURST - events_in(live.file, "floor_given"))]
        for _ in range(BURST, LONG_BURST, HANDFUL):
            _burst(term, HANDFUL)
        growth.kring = [resident_mib(term.process.pid)]
    return [growth, lost]


def _burst(term: Term, count: int) -> None:
    """Gives the floor to two people in turns without waiting, until the program has worked through all of it."""
    term.write("34" * (count // 2))
    _work_through(term)


def _work_through(term: Term) -> None:
    """Waits until the program has nothing more to do."""
    worked = -1.0
    while (now := cpu_seconds(term.process.pid)) - worked > IDLE_CPU_S:
        worked = now
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            term.drain()
            time.sleep(0.02)


def three_hours(_effort: Effort) -> list[Row]:
    """What three hours of work add to the memory, typed without the waiting between: turns, and notes of a sentence."""
    row = Row("three hours", "memory after the acts of three hours", "MiB", 10, compare=Compare.EXCESS)
    with ExitStack() as stack:
        folder = stack.enter_context(place(ON_DISK))
        live, term = _opened(stack, folder, NEW)
        _watch({"kring": term}, SETTLE_S)
        row.floor = [resident_mib(term.process.pid)]
        for number in range(1, NOTES_OF_THREE_HOURS + 1):
            turn = str((number + 3) % 8 + 1) if number % 3 else ""
            term.write(f'{number % 8 + 1}n"{sentence(number)}\r{turn}')
            patience = time.monotonic() + 5
            while events_in(live.file, "note_added") <= number:  # the file that it began with holds one
                term.drain()
                if time.monotonic() > patience:
                    raise NotShown(f"Note {number} is not in the file.")
        _work_through(term)
        row.kring = [resident_mib(term.process.pid)]
    return [row]


def idle(effort: Effort) -> list[Row]:
    """Processor time in one window in which nobody touches anything, both programs side by side."""
    row = Row("idle", "idle live screen", "% CPU", 3)
    with ExitStack() as stack:
        terms = {"floor": stack.enter_context(Term(LABEL))}
        terms["floor"].wait_for("ready.")
        folder = stack.enter_context(place(ON_DISK))
        _, terms["kring"] = _opened(stack, folder, SHORT)
        _watch(terms, SETTLE_S)
        for _ in range(2):
            spent = _watch(terms, effort.idle_s / 2)
            row.floor.append(spent["floor"])
            row.kring.append(spent["kring"])
    return [row]


def _watch(terms: dict[str, Term], seconds: float) -> dict[str, float]:
    """Share of a processor, in per cent, that each program uses in the window."""
    before = {name: cpu_seconds(term.process.pid) for name, term in terms.items()}
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < seconds:
        time.sleep(min(1.0, seconds - passed))
        for term in terms.values():
            term.drain()
    return {name: (cpu_seconds(term.process.pid) - before[name]) / passed * 100 for name, term in terms.items()}
