"""Rows of single acts: what they cost beside a bare insert, on the disk and in memory, at every length of a session."""

import shutil
from pathlib import Path

from durable_insert import FLOOR, insertion, log_bytes, syncs_of_acts, timed_us, warmed
from kring_session import Acting
from measure import Compare, Effort, Row, Sample, alternate, medians
from session_files import IN_MEMORY, ON_DISK, copy_of, place

NOTES_IN_A_NEW_LOG = 20
DISK_LIMITS = {100: 2.0, 2_000: 2.0, 20_000: 2.0, 200_000: 2.5}
MEMORY_LIMITS = {100: 3.5, 2_000: 3.5, 20_000: 4.0, 200_000: 8.0}
UNDO_LIMITS = {100: 3.0, 2_000: 3.0, 20_000: 3.0}


def act_on_disk(effort: Effort) -> list[Row]:
    """One act of the session against one durable insert into a file of as many rows, both in logs that are in use."""
    return [row for events in effort.sizes for row in _acts("on disk", ON_DISK, events, DISK_LIMITS, effort)]


def act_in_memory(effort: Effort) -> list[Row]:
    """The same where a sync costs nothing: what is left is the work of the program."""
    return [row for events in effort.sizes for row in _acts("in memory", IN_MEMORY, events, MEMORY_LIMITS, effort)]


def undo(effort: Effort) -> list[Row]:
    """Taking back one's own last act against doing one, in memory."""
    return [_undo(events, effort) for events in effort.sizes]


def _undo(events: int, effort: Effort) -> Row:
    row = Row(f"undo {events}", f"undo against an act, in memory, {events:,} events", "µs", UNDO_LIMITS.get(events))
    with place(IN_MEMORY) as folder:
        acting = _acting(copy_of(folder, events))
        take_back = timed_us(acting.undo_act)

        def undone() -> float:
            acting.act()
            return take_back()

        samples: dict[str, Sample] = {"act": timed_us(acting.act), "undo": undone}
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.acts)
        acting.close()
    row.floor, row.kring = medians(taken["act"]), medians(taken["undo"])
    return row


def _acts(where: str, parent: str, events: int, limits: dict[int, float], effort: Effort) -> list[Row]:
    rows = {
        what: Row(f"{what} {where} {events}", f"{told}, {where}, {events:,} events", "µs", limits[events])
        for what, told in (("act", "act (half of them notes)"), ("note", "note"))
    }
    with place(parent) as folder:
        acting = _acting(copy_of(folder, events))
        samples: dict[str, Sample] = {
            "floor": timed_us(warmed(insertion(folder, events), folder / FLOOR)),
            "act": timed_us(acting.act),
            "note": timed_us(acting.note),
        }
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.acts)
        acting.close()
    for what, row in rows.items():
        row.floor, row.kring = medians(taken["floor"]), medians(taken[what])
    return list(rows.values())


def _acting(file: Path) -> Acting:
    acting = Acting(file)
    warmed(acting.act, file)
    return acting


def log(effort: Effort) -> list[Row]:
    """What a note writes into the log; the floor is a bare insert."""
    rows = []
    for events in effort.sizes:
        row = Row(f"log {events}", f"bytes of the log a note, {events:,} events", "kB", 25, compare=Compare.AT_MOST)
        with place(IN_MEMORY) as folder:
            file = copy_of(folder, events)
            acting, insert = Acting(file), insertion(folder, events)
            for act, told, path in ((insert, row.floor, folder / FLOOR), (acting.note, row.kring, file)):
                act()  # before the first one there is no log
                told.append(log_bytes(act, path, NOTES_IN_A_NEW_LOG) / 1000)
            acting.close()
        rows.append(row)
    return rows


def syncs(effort: Effort) -> list[Row]:
    """Exactly one order to the disk for each act."""
    row = Row("syncs", "syncs per act", "", 1, compare=Compare.EXACT)
    if shutil.which("strace") is None:
        row.remark = "strace is missing"
        return [row]
    with place(ON_DISK) as folder:
        row.floor = syncs_of_acts("floor", folder, 2 * effort.acts)
        row.kring = syncs_of_acts("kring", folder, 2 * effort.acts)
    return [row]
