"""Every row of the table: what is measured, against which floor, and the limit it must keep."""

import shutil
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from durable_insert import insertion, syncs_of_acts, timed_us
from kept_rows import keep, transcription
from kring_session import Acting, Live, NotMeasurable, events_in, place, sentence, session_with
from measure import Compare, Effort, Row, Sample, alternate, medians, p95s
from playback_rows import playback
from processes import cpu_seconds, resident_mib
from pty_harness import NotShown, Term
from report_rows import report
from review_rows import review
from sound_rows import recorder_cpu, recorder_losses
from turn_rows import refinement

LABEL = [sys.executable, str(Path(__file__).parent / "floors" / "label.py")]
ON_DISK = "/var/tmp"
IN_MEMORY = "/dev/shm"
SETTLE_S = 5.0
BURST = 1_000
LONG_BURST = 3_500
HANDFUL = 50
"""Keys that are typed together where memory is watched: nobody is 2,500 keys ahead of the program."""
IDLE_CPU_S = 0.05
NOTES_OF_THREE_HOURS = 360


def act_on_disk(effort: Effort) -> list[Row]:
    """One act of the session against one durable insert."""
    return _acts("on disk", 1.5, ON_DISK, effort)


def act_in_memory(effort: Effort) -> list[Row]:
    """The same where a sync costs nothing: what is left is the work of the program."""
    return _acts("in memory", 6, IN_MEMORY, effort)


def _acts(where: str, limit: float, parent: str, effort: Effort) -> list[Row]:
    rows = {
        "floor note": Row(f"act {where}", f"act (half of them notes), {where}", "µs", limit),
        "note": Row(f"note {where}", f"note, {where}", "µs", limit),
    }
    with place(parent) as folder:
        samples: dict[str, Sample] = {"floor": timed_us(insertion(folder))}
        for number, (acts, row) in enumerate(rows.items()):
            try:
                samples[acts] = timed_us(Acting(folder / f"kring-{number}.db", acts))
            except NotMeasurable as reason:
                row.remark = str(reason)
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.acts)
    for acts, row in rows.items():
        row.floor, row.kring = medians(taken["floor"]), medians(taken.get(acts, []))
    return list(rows.values())


def syncs(effort: Effort) -> list[Row]:
    """Exactly one order to the disk for each act."""
    row = Row("syncs", "syncs per act", "", 1, compare=Compare.EXACT)
    if shutil.which("strace") is None:
        row.remark = "strace is missing"
        return [row]
    with place(ON_DISK) as folder:
        row.floor = syncs_of_acts("floor", folder, 2 * effort.acts)
        try:
            Acting(folder / "trial.db", "note")
            row.kring = syncs_of_acts("kring", folder, 2 * effort.acts)
        except NotMeasurable as reason:
            row.remark = str(reason)
    return [row]


def start(effort: Effort) -> list[Row]:
    """From the start of the process until the screen is painted: a new session, and one of 5,000 events."""
    paint = Row("start", "first paint", "ms", 1.5)
    resume = Row("resume", "first paint, 5,000 events", "× floor", 0.3, compare=Compare.EXCESS)
    samples: dict[str, Sample] = {"floor": partial(_started, LABEL, lambda term: term.shows("ready."))}
    with place(ON_DISK) as folder:
        try:
            for name, events in (("new", 2), ("long", 5_000)):
                live = Live(session_with(folder, events), events)
                samples[name] = partial(_started, live.argv, live.is_there, live.COLUMNS, live.ROWS)
        except NotMeasurable as reason:
            paint.remark = resume.remark = str(reason)
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.starts)
    paint.floor = medians(taken["floor"])
    if "long" in taken:
        paint.kring = medians(taken["new"])
        resume.floor = [new / floor for new, floor in zip(paint.kring, paint.floor, strict=True)]
        long = medians(taken["long"])
        resume.kring = [each / floor for each, floor in zip(long, paint.floor, strict=True)]
    return [paint, resume]


def _started(argv: list[str], is_there: Callable[[Term], bool], columns: int = 80, rows: int = 24) -> float:
    with Term(argv, columns=columns, rows=rows) as term:
        return (term.wait_until(is_there, "The first screen") - term.started_at) * 1000


def keys(effort: Effort) -> list[Row]:
    """From a key press until the chunk arrives that changes the screen, in a session of 2,000 and of 20,000 events."""
    rows = {
        "key": Row("key", "key, 2,000 events", "ms", 2),
        "key p95": Row("key p95", "key, 2,000 events, p95", "ms", 3),
        "note": Row("note", "new note in its list, 2,000 events", "ms", 4),
        "key long": Row("key long", "key, 20,000 against 2,000 events", "ms", 1.3),
        "note long": Row("note long", "new note, 20,000 against 2,000 events", "ms", 1.3),
    }
    with ExitStack() as stack:
        label = stack.enter_context(Term(LABEL))
        label.wait_for("ready.")
        samples: dict[str, Sample] = {"floor": _pressed(label)}
        folder = stack.enter_context(place(ON_DISK))
        try:
            for ending, events in (("", 2_000), (" long", 20_000)):
                live = Live(session_with(folder, events), events)
                term = stack.enter_context(live.open())
                term.wait_until(live.is_there, "The live screen")
                samples["key" + ending] = _spaced(partial(live.give_floor, term))
                samples["note" + ending] = _spaced(partial(live.add_note, term))
        except NotMeasurable as reason:
            for row in rows.values():
                row.remark = str(reason)
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.keys)
    rows["key"].floor = rows["note"].floor = medians(taken["floor"])
    rows["key p95"].floor = p95s(taken["floor"])
    if "note long" in taken:
        rows["key"].kring, rows["note"].kring = medians(taken["key"]), medians(taken["note"])
        rows["key p95"].kring = p95s(taken["key"])
        rows["key long"].floor, rows["key long"].kring = medians(taken["key"]), medians(taken["key long"])
        rows["note long"].floor, rows["note long"].kring = medians(taken["note"]), medians(taken["note long"])
    return list(rows.values())


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


def memory(_effort: Effort) -> list[Row]:
    """What the live screen holds with 2,000 events, what 3,500 keys add to it, and that none of 1,000 is lost."""
    held = Row("memory", "memory, 2,000 events", "MiB", 40, compare=Compare.EXCESS)
    growth = Row("growth", "memory after 3,500 keys more", "MiB", 10, compare=Compare.EXCESS)
    burst = Row("burst", f"keys lost of {BURST:,} at once", "", 0, compare=Compare.EXACT)
    with ExitStack() as stack:
        label = stack.enter_context(Term(LABEL))
        label.wait_for("ready.")
        held.floor = [resident_mib(label.process.pid)]
        folder = stack.enter_context(place(ON_DISK))
        try:
            file = session_with(folder, 2_000)
            live = Live(file, 2_000)
        except NotMeasurable as reason:
            held.remark = growth.remark = burst.remark = str(reason)
            return [held, growth, burst]
        term = stack.enter_context(live.open())
        term.wait_until(live.is_there, "The live screen")
        held.kring = growth.floor = [resident_mib(term.process.pid)]
        before = events_in(file, "floor_given")
        _burst(term, BURST)
        burst.floor, burst.kring = [0.0], [float(before + BURST - events_in(file, "floor_given"))]
        for _ in range(BURST, LONG_BURST, HANDFUL):
            _burst(term, HANDFUL)
        growth.kring = [resident_mib(term.process.pid)]
    return [held, growth, burst]


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
        try:
            file = session_with(folder, 2)
            live = Live(file, 2)
        except NotMeasurable as reason:
            row.remark = str(reason)
            return [row]
        term = stack.enter_context(live.open())
        term.wait_until(live.is_there, "The live screen")
        row.floor = [resident_mib(term.process.pid)]
        for number in range(1, NOTES_OF_THREE_HOURS + 1):
            turn = str((number + 3) % 8 + 1) if number % 3 else ""
            term.write(f'{number % 8 + 1}n"{sentence(number)}\r{turn}')
            patience = time.monotonic() + 5
            while events_in(file, "note_added") <= number:  # the file that it began with holds one
                term.drain()
                if time.monotonic() > patience:
                    raise NotShown(f"Note {number} is not in the file.")
        _work_through(term)
        row.kring = [resident_mib(term.process.pid)]
    return [row]


def idle(effort: Effort) -> list[Row]:
    """Processor time in one window in which nobody touches anything, both programs side by side."""
    row = Row("idle", "idle live screen", "% CPU", 5)
    with ExitStack() as stack:
        terms = {"floor": stack.enter_context(Term(LABEL))}
        terms["floor"].wait_for("ready.")
        folder = stack.enter_context(place(ON_DISK))
        try:
            live = Live(session_with(folder, 2_000), 2_000)
            terms["kring"] = stack.enter_context(live.open())
            terms["kring"].wait_until(live.is_there, "The live screen")
        except NotMeasurable as reason:
            row.remark = str(reason)
        _watch(terms, SETTLE_S)
        for _ in range(2):
            spent = _watch(terms, effort.idle_s / 2)
            row.floor.append(spent["floor"])
            row.kring += [spent["kring"]] if "kring" in spent else []
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


ROWS: dict[str, Callable[[Effort], list[Row]]] = {
    "syncs": syncs,
    "act-on-disk": act_on_disk,
    "act-in-memory": act_in_memory,
    "start": start,
    "keys": keys,
    "memory": memory,
    "three-hours": three_hours,
    "idle": idle,
    "report": report,
    "review": review,
    "recorder": recorder_cpu,
    "recorder-losses": recorder_losses,
    "playback": playback,
    "refinement": refinement,
    "keep": keep,
    "transcription": transcription,
}
