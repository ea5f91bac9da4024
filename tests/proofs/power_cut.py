"""Replays a power cut: rebuilds what a disk may hold at any moment of a traced run, and opens it.

The idea is that of ALICE (Pillai et al., OSDI 2014) and of SQLite's own crash tests. A write is only
certain to be on the disk once a sync of its file has returned; until then the disk may hold all of it,
nothing, some of it, or single 512-byte sectors. Names in a folder are certain once the folder was
synced; until then any first part of the changes may be there. What was acknowledged before the cut must
be in every one of those files.
"""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kring.system.sqlite import sqlite3
from proofs.strace_log import Call, Step, steps

SECTOR = 512
SIDE_FILES = ("-shm",)  # shared memory, rebuilt by whoever opens the file first
FATES = ("lost", "all", "prefix", "subset", "torn")
AT_END = -1  # the position of a descriptor opened for appending

IsAcked = Callable[[bytes], set[str]]
ReadIds = Callable[[Path], set[str]]
IsSound = Callable[[Path], str | None]


@dataclass(slots=True, eq=False)
class Change:
    """A write (or, without content, a cut to `offset` bytes) that no sync has made certain yet."""

    offset: int
    content: bytes | None
    returned: bool = False

    def apply(self, image: bytearray) -> None:
        if self.content is None:
            del image[self.offset :]
            image.extend(bytes(self.offset - len(image)))
            return
        image.extend(bytes(max(0, self.offset - len(image))))
        image[self.offset : self.offset + len(self.content)] = self.content

    def sectors(self) -> Iterator["Change"]:
        """The same write, one disk sector at a time."""
        if self.content is None:
            yield self
            return
        start, end = self.offset, self.offset + len(self.content)
        while start < end:
            stop = min(end, (start // SECTOR + 1) * SECTOR)
            yield Change(start, self.content[start - self.offset : stop - self.offset])
            start = stop


@dataclass(slots=True, eq=False)
class Inode:
    """One file whatever its name: what is certain, and what was asked for since."""

    certain: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)

    def size(self) -> int:
        whole = bytearray(self.certain)
        for change in self.pending:
            change.apply(whole)
        return len(whole)

    def settle(self, covered: Sequence[Change]) -> None:
        """A sync returned: the changes it covered are certain now."""
        for change in covered:
            if change in self.pending:
                change.apply(self.certain)
                self.pending.remove(change)

    def image(self, fate: str, dice: random.Random) -> bytes:
        """The file as the disk may hold it after the cut."""
        whole = bytearray(self.certain)
        for change in _surviving(self.pending, fate, dice):
            change.apply(whole)
        return bytes(whole)


def _surviving(pending: Sequence[Change], fate: str, dice: random.Random) -> list[Change]:
    match fate:
        case "lost":
            return []
        case "all":
            return list(pending)
        case "prefix":
            return list(pending[: dice.randint(0, len(pending))])
        case "subset":
            return [change for change in pending if dice.random() < 0.5]
        case "torn":
            pieces = [piece for change in pending for piece in change.sectors()]
            return [piece for piece in pieces if dice.random() < 0.5]
        case _:
            raise ValueError(f"No such fate: {fate}")


Naming = dict[str, Inode | None]  # one atomic change of names: None takes the name away


class Disk:
    """One folder on a disk, fed with system calls."""

    def __init__(self, folder: Path, before: dict[str, bytes]) -> None:
        self.folder = folder.resolve()
        self.names: dict[str, Inode] = {name: Inode(bytearray(content)) for name, content in before.items()}
        self.certain_names = dict(self.names)
        self.pending_names: list[Naming] = []
        self._former: dict[str, Inode] = {}  # who last lost a name: a file that is open is still called by it
        self._positions: dict[tuple[Inode, int], int] = {}
        self._open_writes: dict[Call, tuple[Inode, Change]] = {}
        self._open_syncs: dict[Call, tuple[Inode, list[Change]]] = {}
        self._open_folder_syncs: dict[Call, list[Naming]] = {}

    def images(self, fate: str, dice: random.Random) -> dict[str, bytes]:
        """The files as the disk may hold them if the power fails now."""
        names = dict(self.certain_names)
        survivors = {"lost": dice.choice((0, len(self.pending_names))), "all": len(self.pending_names)}
        for naming in self.pending_names[: survivors.get(fate, dice.randint(0, len(self.pending_names)))]:
            _rename(names, naming)
        return {name: inode.image(fate, dice) for name, inode in names.items() if not name.endswith(SIDE_FILES)}

    def feed(self, step: Step) -> bool:
        """Takes one step of the log; True when it concerned this folder."""
        match step.call.name:
            case "write" | "writev" | "pwrite64" | "pwritev" | "pwritev2":
                return self._written(step)
            case "ftruncate":
                return self._cut(step)
            case "fsync" | "fdatasync":
                return self._synced(step)
            case "open" | "openat" | "creat":
                return not step.begins and self._opened(step.call)
            case "unlink" | "unlinkat":
                return not step.begins and self._unlinked(step.call)
            case "rename" | "renameat" | "renameat2" if "RENAME_EXCHANGE" not in step.call.arguments:
                return not step.begins and self._renamed(step.call)
            case "link" | "linkat":
                return not step.begins and self._linked(step.call)
            case _:
                return self._refuse_unmodelled(step)

    def _inode(self, call: Call) -> tuple[int, Inode] | None:
        """The file of this folder that a call works on by a descriptor, also by a name that it had before."""
        target = call.descriptor()
        if target is None:
            return None
        number, path, is_named = target
        name = self._name(path.removesuffix(" (deleted)"))
        inode = (self.names if is_named else self._former).get(name) if name is not None else None
        return None if inode is None else (number, inode)

    def _name(self, path: str) -> str | None:
        place = Path(path)
        return place.name if place.parent == self.folder and not path.endswith(SIDE_FILES) else None

    def _names_of(self, call: Call) -> list[str | None]:
        bases = call.folders() or [""]
        paths = [text.decode(errors="surrogateescape") for text in call.strings()]
        return [self._name(str(Path(bases[min(number, len(bases) - 1)]) / path)) for number, path in enumerate(paths)]

    def _written(self, step: Step) -> bool:
        call = step.call
        if step.begins:
            target = self._inode(call)
            if target is None:
                return False
            number, inode = target
            content = b"".join(call.strings())
            if call.name in ("write", "writev"):
                offset = self._positions[(inode, number)]
                offset = inode.size() if offset == AT_END else offset
            else:
                offset = call.numbers()[1]
            change = Change(offset, content)
            inode.pending.append(change)
            self._open_writes[call] = (inode, change)
            return True
        return self._returned(call, inode_and_change=self._open_writes.pop(call, None))

    def _returned(self, call: Call, inode_and_change: tuple[Inode, Change] | None) -> bool:
        if inode_and_change is None:
            return False
        inode, change = inode_and_change
        change.returned = True
        if not call.succeeded:
            inode.pending.remove(change)
        elif change.content is not None:
            assert call.result is not None
            change.content = change.content[: call.result]
            self._advance(call, change.offset + call.result)
        return True

    def _advance(self, call: Call, end: int) -> None:
        target = self._inode(call)
        if target is not None and self._positions.get((target[1], target[0]), AT_END) != AT_END:
            self._positions[(target[1], target[0])] = end

    def _cut(self, step: Step) -> bool:
        call = step.call
        if not step.begins:
            return self._returned(call, self._open_writes.pop(call, None))
        target = self._inode(call)
        if target is None:
            return False
        change = Change(call.numbers()[0], None)
        target[1].pending.append(change)
        self._open_writes[call] = (target[1], change)
        return True

    def _synced(self, step: Step) -> bool:
        call = step.call
        if step.begins:
            where = call.descriptor()
            if where is not None and Path(where[1]) == self.folder:
                self._open_folder_syncs[call] = list(self.pending_names)
                return True
            target = self._inode(call)
            if target is None:
                return False
            inode = target[1]
            self._open_syncs[call] = (inode, [change for change in inode.pending if change.returned])
            return True
        if call in self._open_folder_syncs:
            for naming in self._open_folder_syncs.pop(call) if call.succeeded else ():
                if naming in self.pending_names:
                    _rename(self.certain_names, naming)
                    self.pending_names.remove(naming)
            return True
        if call in self._open_syncs:
            inode, covered = self._open_syncs.pop(call)
            inode.settle(covered if call.succeeded else ())
            return True
        return False

    def _opened(self, call: Call) -> bool:
        name = self._names_of(call)[-1]
        if name is None or not call.succeeded:
            return False
        assert call.result is not None
        flags = call.arguments
        if name not in self.names:
            if "O_CREAT" not in flags and call.name != "creat":
                return False
            self._rename_now({name: Inode()})
        elif "O_TRUNC" in flags or call.name == "creat":
            self.names[name].pending.append(Change(0, None, returned=True))
        self._positions[(self.names[name], call.result)] = AT_END if "O_APPEND" in flags else 0
        return True

    def _unlinked(self, call: Call) -> bool:
        name = self._names_of(call)[-1]
        if name not in self.names or not call.succeeded:
            return False
        assert name is not None
        self._rename_now({name: None})
        return True

    def _renamed(self, call: Call) -> bool:
        names = self._both_names_of(call)
        if names is None:
            return False
        old, new = names
        self._rename_now({old: None, new: self.names[old]})
        return True

    def _linked(self, call: Call) -> bool:
        """A file has one more name: its content is as certain as it was, the name only after a sync of the folder."""
        names = self._both_names_of(call)
        if names is None:
            return False
        old, new = names
        self._rename_now({new: self.names[old]})
        return True

    def _both_names_of(self, call: Call) -> tuple[str, str] | None:
        old, new = self._names_of(call)
        if not call.succeeded or (old is None and new is None):
            return None
        if old is None or new is None:
            raise NotImplementedError(
                "A file was moved into or out of the watched folder; the replay does not model it."
            )
        return old, new

    def _rename_now(self, naming: Naming) -> None:
        self._former |= {name: self.names[name] for name in naming if name in self.names}
        _rename(self.names, naming)
        self.pending_names.append(naming)

    def _refuse_unmodelled(self, step: Step) -> bool:
        call = step.call
        concerns_us = self._inode(call) is not None or any(self._names_of(call))
        if concerns_us and not step.begins and call.succeeded:
            raise NotImplementedError(f"{call.name}: the replay does not model this call.")
        return False


def _rename(names: dict[str, Inode], naming: Naming) -> None:
    for name, inode in naming.items():
        if inode is None:
            names.pop(name, None)
        else:
            names[name] = inode


@dataclass(frozen=True)
class Trace:
    """One traced run: its log, the folder it worked in, and what was in there before."""

    log: Path
    folder: Path
    before: dict[str, bytes]


def files_in(folder: Path) -> dict[str, bytes]:
    """The content of a folder, to be taken before a traced run begins."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@dataclass(frozen=True)
class Finding:
    """One image that is not as it should be."""

    step: int
    fate: str
    what: str
    missing: frozenset[str] = frozenset()


@dataclass
class Verdict:
    """What all the images of one run showed."""

    images: int = 0
    acknowledged: int = 0
    corrupt: list[Finding] = field(default_factory=list)
    lost: list[Finding] = field(default_factory=list)

    @property
    def most_lost(self) -> int:
        return max((len(finding.missing) for finding in self.lost), default=0)

    @property
    def clean(self) -> bool:
        return not self.corrupt and not self.lost

    def __str__(self) -> str:
        first = next(iter(self.corrupt + self.lost), None)
        return (
            f"{self.images} images, {self.acknowledged} acknowledged: {len(self.corrupt)} corrupt, "
            f"{len(self.lost)} lost something (at most {self.most_lost})" + (f"; first: {first}" if first else "")
        )


def replay(
    trace: Trace,
    is_acked: IsAcked,
    read_ids: ReadIds,
    *,
    images: int = 60,
    seed: int = 0,
    is_sound: IsSound = lambda _path: None,
) -> Verdict:
    """Rebuilds `images` disks of the run and compares each with what had been acknowledged by then.

    `is_acked` gets every byte written to the terminal or the pipe before the cut, `read_ids` the path of the
    session file (which may not exist yet), `is_sound` may add a complaint of its own.
    """
    dice = random.Random(seed)
    moments = list(steps(trace.log))
    plan = _cuts(moments, trace, images, dice)
    disk = Disk(trace.folder, trace.before)
    shown = bytearray()
    verdict = Verdict()
    for number, step in enumerate(moments):
        disk.feed(step)
        if step.begins:
            shown += _shown_by(step.call)
        for fate in plan.get(number, ()):
            verdict.images += 1
            acked = is_acked(bytes(shown))
            _judge(verdict, disk.images(fate, dice), acked, read_ids, is_sound, (number, fate))
    verdict.acknowledged = len(is_acked(bytes(shown)))
    return verdict


def _shown_by(call: Call) -> bytes:
    """What a call puts before the eyes of the person: bytes to a terminal or to the standard output.

    Counted when the call begins: from then on nothing can call the bytes back.
    """
    if call.name not in ("write", "writev"):
        return b""
    target = call.descriptor()
    if target is None:
        return b""
    number, path, _ = target
    on_terminal = path.startswith(("/dev/pts/", "/dev/tty"))
    on_standard_output = number == 1 and path.startswith(("pipe:", "socket:", "UNIX"))
    return b"".join(call.strings()) if on_terminal or on_standard_output else b""


def _cuts(moments: Sequence[Step], trace: Trace, images: int, dice: random.Random) -> dict[int, list[str]]:
    """At which steps the power fails, and how: half of them right after something was shown."""
    disk = Disk(trace.folder, trace.before)
    disk_steps: list[int] = []
    after_shown: list[int] = []
    shown_last = False
    for number, step in enumerate(moments):
        if disk.feed(step):
            if shown_last:
                after_shown.append(number - 1)
            disk_steps.append(number)
            shown_last = False
        elif step.begins and _shown_by(step.call):
            shown_last = True
    if shown_last:
        after_shown.append(len(moments) - 1)
    if not disk_steps:
        raise ValueError(f"The run wrote nothing in {trace.folder}; was the right folder watched?")
    chosen = _spread(after_shown, images // 2, dice) if after_shown else []
    chosen += _spread(disk_steps, images - len(chosen), dice)
    plan: dict[int, list[str]] = {}
    for turn, number in enumerate(chosen):
        plan.setdefault(number, []).append(FATES[turn % len(FATES)])
    return plan


def _spread(numbers: Sequence[int], count: int, dice: random.Random) -> list[int]:
    """`count` of the numbers, each as often as any other."""
    rounds, rest = divmod(count, len(numbers))
    return [*numbers] * rounds + dice.sample(numbers, rest)


def _judge(
    verdict: Verdict,
    files: dict[str, bytes],
    acked: set[str],
    read_ids: ReadIds,
    is_sound: IsSound,
    cut: tuple[int, str],
) -> None:
    place = Path(tempfile.mkdtemp(prefix="power-cut-", dir=_fast_folder()))
    try:
        for name, content in files.items():
            (place / name).write_bytes(content)
        session = next((place / name for name in sorted(files) if name.endswith(".db")), place / "none.db")
        try:
            complaint = _integrity(session) or is_sound(session)
            present = read_ids(session) if session.exists() else set()
        except sqlite3.DatabaseError as error:
            complaint, present = str(error), set()
        if complaint is not None:
            verdict.corrupt.append(Finding(*cut, complaint))
        elif missing := acked - present:
            verdict.lost.append(Finding(*cut, f"lost {sorted(missing)[:3]}", frozenset(missing)))
    finally:
        shutil.rmtree(place)


def _integrity(session: Path) -> str | None:
    if not session.exists():
        return None
    connection = sqlite3.connect(str(session))
    try:
        answer = connection.execute("pragma integrity_check").fetchone()[0]
    finally:
        connection.close()
    return None if answer == "ok" else str(answer)


def _fast_folder() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
