"""What `kring run` is given becomes an open session: which file, made or resumed, and who works in it."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from kring.domain.events import COUNTER_BITS
from kring.domain.rows import LAST_MS, Phase
from kring.domain.text import N_, KringError, Sentence, folded, one_line
from kring.plans.study.place import text_file
from kring.session import session as sessions
from kring.session.copies.apart import copies_apart, held
from kring.session.session import Me, Session
from kring.store import files, header
from kring.store.making import COMPANIONS, READ_INTO_IT, abandoned, is_half_made
from kring.store.store import AlreadyThere
from kring.system.clock import Clock
from kring.system.private_files import close_to_others, is_of_somebody_else, is_open_to_others
from kring.system.sqlite import sqlite3

if TYPE_CHECKING:
    from kring.domain.plan import Plan
    from kring.plans.file import PlanFile

Role = Literal["moderator", "assistant"]

SUFFIXES = (".db", ".sqlite", ".sqlite3")
LONGEST_SLUG = 60
MOST_FILES = 100
MOST_SEALED = 10
"""How many sealed files of other days are opened: a rescued or unpacked copy of a prepared session is a late one."""


class SessionSummary(msgspec.Struct, frozen=True):
    """What a session file says of itself before it's opened to work in."""

    phase: Phase
    language: str | None
    plan_file: str
    staff: dict[str, str]  # the names in the plan, by role
    joined: frozenset[str]  # the roles that somebody opened it in
    events: int
    day: str = ""  # on which it is planned, as an ISO date


class Target(msgspec.Struct, frozen=True):
    """What to open: a file that is there (`found`), or else one to be made (`fresh`) from a plan."""

    found: Path | None
    fresh: Path | None
    glimpse: SessionSummary | None
    plan: PlanFile | None
    plan_path: Path | None
    remarks: tuple[Sentence, ...] = ()
    copies: tuple[Sentence, ...] = ()
    was_open_to_others: bool = False

    @property
    def language(self) -> str | None:
        """Return the language that the plan, as it is or as it was read into the file, asks for."""
        if self.plan is not None and self.plan.plan.language:
            return self.plan.plan.language
        return self.glimpse.language if self.glimpse else None

    @property
    def file(self) -> Path:
        """Return the session file."""
        found = self.found or self.fresh
        assert found is not None
        return found

    @property
    def events(self) -> int:
        """Return how many events the file holds."""
        return self.glimpse.events if self.glimpse else 0

    def is_joined_without_question(self, role: Role) -> bool:
        """Whether this role simply joins: the session was named, or runs and waits for them."""
        if self.glimpse is None or self.plan is None:
            return True
        return self.glimpse.phase != "ended" and (role == "assistant" or role not in self.glimpse.joined)

    def anew(self) -> Target:
        """Return the target when the file that was found is left alone."""
        remarks = () if self.fresh is None else tuple(_of_cut_off_starts(self.fresh))
        return replace(self, found=None, glimpse=None, remarks=remarks, copies=(), was_open_to_others=False)

    def warnings(self) -> tuple[Sentence, ...]:
        """Return what people should know of the session file, now that it's open, and of the place where it lies."""
        from kring.system.volume import warning_for

        warnings = [*self.copies, *self.remarks]
        if self.was_open_to_others and not is_open_to_others(self.file):
            warnings.append(
                Sentence(
                    "{file} could be read by others on this computer; from now on only by you.",
                    {"file": self.file.name},
                )
            )
        if warning := warning_for(self.file.parent):
            warnings.append(warning)
        return tuple(warnings)


def find(file: Path, folder: Path | None, today: date, anew: bool = False) -> Target:
    """Return what a plan or a session file leads to, `anew` to a new one; raises KringError where it leads nowhere."""
    if is_session(file):
        glimpse = look_into(file)
        _refuse_left_behind(file)
        remarks, copies, was_open = tuple(_of_a_lost_log(file)), tuple(copies_apart(file)), is_open_to_others(file)
        return Target(file, None, glimpse, None, _plan_near(file, glimpse), remarks, copies, was_open)
    from kring.plans.file import read_plan_file

    plan = read_plan_file(file)
    place = _folder(file, folder)
    slug = slug_of(plan.plan.title or file.stem)
    found = None if anew else _session_of_plan(place, slug, file.name, today)
    day = max(today, _planned_day(plan.plan) or today)  # a file is prepared before its day; a plan may be held later
    fresh = free_file(place, day, slug)
    if found is None:
        return Target(None, fresh, None, plan, file, tuple(_of_cut_off_starts(fresh)))
    remarks, copies = tuple(_of_a_lost_log(found)), tuple(copies_apart(found))
    return Target(found, fresh, look_into(found), plan, file, remarks, copies, is_open_to_others(found))


def free_file(folder: Path, day: date, slug: str) -> Path:
    """Return the name in a folder that a new session of a day gets."""
    return next(path for path in _names(folder, f"{day.isoformat()}-{slug}") if _is_free(path))


def open_session(  # noqa: PLR0913 - what a rehearsal may choose, and what a screen does meanwhile
    target: Target,
    role: Role,
    name: str | None,
    clock: Clock,
    device: str,
    random_bytes: Callable[[int], bytes] = os.urandom,
    zone: tuple[str, int] | None = None,
    *,
    meanwhile: Callable[[], object] | None = None,
) -> Session:
    """Make or resume the session file of a target; without a name one is called as the plan says for that role.

    `meanwhile` is done while the disk is waited for.
    """
    me = Me(one_line(name if name is not None else _planned_name(target, role)), role, device)
    if target.found is None and target.plan is not None:
        plan = target.plan.plan
        with suppress(AlreadyThere):  # somebody else made it between our look and our try
            return sessions.begin(target.file, plan, clock, me, random_bytes, zone, meanwhile)
    close_to_others(target.file, *(_beside(target.file, ending) for ending in COMPANIONS))
    return sessions.resume(target.file, clock, me, random_bytes, meanwhile)


def close(session: Session, shared: bool = False) -> Sentence:
    """Close a session file and return where it lies, and how to go on: with others again where it was shared."""
    file = {"file": str(session.store.path)}
    ended = session.state.session.phase == "ended"
    if session.close():
        code = {"code": ", ".join(session.store.codes())}
        return Sentence(N_("The session lies finished in {file} · check code to note: {code}"), file | code)
    if ended:
        return Sentence(N_("The session has ended; somebody else still has {file} open"), file)
    file = {"file": shlex.quote(str(session.store.path))}  # behind a command, to be copied
    if shared:
        return Sentence(N_("Closed; go on with: kring run {file} --share"), file)
    return Sentence(N_("Closed; go on with: kring run {file}"), file)


def is_session(file: Path) -> bool:
    """Tell a session file from a plan: by its first bytes, else by its name."""
    begin = b""
    with suppress(OSError, ValueError):
        if file.is_file():  # a pipe would be waited for
            with file.open("rb") as opened:
                begin = opened.read(len(header.MAGIC))
    return begin == header.MAGIC or file.suffix.lower() in SUFFIXES


def look_into(file: Path) -> SessionSummary | None:
    """Return what a session file says of itself, None where it holds no session that this version can read.

    Raises KringError where it's no session file, or damaged.
    """
    store = files.open_(file, "read")
    try:
        read = store.connection.execute
        row = read("select phase, language, plan_file, moderator, assistant, planned_start from session").fetchone()
        if row is None:
            return None
        phase, language, plan_file, moderator, assistant, start = row
        joined = frozenset(role for (role,) in read("select role from staff"))
        events = read("select max(seq) from events").fetchone()[0]
    except (sqlite3.Error, UnicodeError) as error:
        if store.note is not None or "no such table" in str(error):
            return None  # of a newer version, or being made at this moment
        raise files.cannot_open(error, file) from error
    finally:
        store.close()
    staff = {"moderator": moderator, "assistant": assistant}
    return SessionSummary(phase, language, plan_file or "", staff, joined, events or 0, (start or "")[:10])


def _last_day(file: Path) -> date:
    """Return the day on which something was logged last, in UTC; the first one that there is, where none is told."""
    try:
        with closing(files.open_(file, "read")) as store:
            hlc: object = store.connection.execute("select max(hlc) from events").fetchone()[0]
    except (sqlite3.Error, UnicodeError) as error:
        raise files.cannot_open(error, file) from error
    if not isinstance(hlc, int) or not 0 <= hlc >> COUNTER_BITS <= LAST_MS:
        return date.min
    return datetime.fromtimestamp((hlc >> COUNTER_BITS) / 1000, UTC).date()


def local_day(clock: Clock, simulated: bool) -> date:
    """Return the day that it is at a clock, in this computer's time zone; a simulated clock tells UTC."""
    moment = datetime.fromtimestamp(clock.wall_ms() / 1000, UTC)
    return (moment if simulated else moment.astimezone()).date()


def slug_of(title: str) -> str:
    """Return a title as part of a file name: letters and digits of plain Latin, joined by hyphens."""
    words = re.findall(r"[a-z0-9]+", folded(title).encode("ascii", "ignore").decode())
    return "-".join(words)[:LONGEST_SLUG].strip("-") or "session"


def _folder(plan: Path, folder: Path | None) -> Path:
    if folder is not None:
        if not folder.is_dir():
            raise KringError("There is no folder {folder}; make it first.", folder=str(folder))
        return folder
    here = Path("sessions")
    return here if here.is_dir() and text_file(plan.parent) is None else plan.parent  # a study is one folder


def _names(folder: Path, stem: str) -> Iterator[Path]:
    yield folder / f"{stem}.db"
    for number in range(2, MOST_FILES):
        yield folder / f"{stem}-{number}.db"
    raise KringError("{folder} holds too many files called {stem}; use another folder.", folder=str(folder), stem=stem)


def _is_free(path: Path) -> bool:
    """Whether a name can be given to a new session: nothing is there, or a file in which none was begun."""
    if os.path.lexists(path):
        return is_half_made(path)
    return not any(os.path.lexists(_beside(path, ending)) for ending in READ_INTO_IT)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _of_a_lost_log(path: Path) -> Iterator[Sentence]:
    """Yield that a file was in use, and that no log is there in which the last acts may have stood."""
    if files.lost_its_log(path):
        yield files.without_log(path.name)


def _refuse_left_behind(path: Path) -> None:
    """Refuse a file all of which is in a later one: kring left it, or it was joined with others in that."""
    for number in range(2, MOST_FILES):
        later = path.with_name(f"{path.stem}-{number}{path.suffix}")
        if not later.exists():
            return
        here, there = held(path), held(later)
        if here and there and there.session == here.session and there.events > here.events:
            raise KringError(
                "The session in {file} goes on in {later}: kring run {path}. To work in {file} all the same, give "
                "{later} another name.",
                file=path.name,
                later=later.name,
                path=str(later),
            )


def _of_cut_off_starts(path: Path) -> Iterator[Sentence]:
    """Yield what earlier starts left that were cut off, and that a new file of this name takes the place of."""
    if is_half_made(path):
        yield Sentence("{file} was never finished by an earlier start; it is made anew.", {"file": path.name})
    if abandoned(path):
        yield Sentence("An earlier start was cut off; what it left beside {file} is removed.", {"file": path.name})


def _planned_day(plan: Plan) -> date | None:
    """Return the day for which a plan is made, if it says."""
    return date.fromisoformat(plan.starts_at[:10]) if plan.starts_at else None


def _session_of_plan(folder: Path, slug: str, plan_file: str, today: date) -> Path | None:
    """Return the newest session of a plan that may go on today.

    One of today always may; one that was only prepared may on any later day, and one that ran past midnight. A sealed
    file of another day has ended: of all but the newest that is believed without a look into it.
    """
    yesterday = today - timedelta(days=1)
    sealed = 0
    for name in sorted(_files_called(folder, slug), key=_age, reverse=True):
        day = name[:10]
        if day != today.isoformat() and header.is_sealed(os.path.join(folder, name)):  # noqa: PTH118 - a path for each takes longer
            sealed += 1
            if sealed > MOST_SEALED:
                continue
        path = folder / name
        try:
            glimpse = None if is_half_made(path) else look_into(path)
        except KringError:
            if day == today.isoformat():
                raise
            continue
        if glimpse is None or glimpse.plan_file != plan_file:
            continue
        if is_of_somebody_else(path):
            raise KringError(
                "{file} was made by somebody else on this computer; to work in it, name it: kring run {path}",
                file=path.name,
                path=str(path),
            )
        unfinished = glimpse.phase in ("lobby", "live")
        if day == today.isoformat() or glimpse.phase == "prepared" or (unfinished and _last_day(path) >= yesterday):
            return path
    return None


def _files_called(folder: Path, slug: str) -> list[str]:
    wanted = re.compile(rf"\d{{4}}-\d\d-\d\d-{re.escape(slug)}(-\d+)?\.db")
    try:
        return [name for name in os.listdir(folder) if wanted.fullmatch(name)]  # noqa: PTH208 - of thousands no paths
    except OSError:
        return []


def _age(name: str) -> tuple[str, int, str]:
    return name[:10], len(name), name  # -2 is older than -10


def _planned_name(target: Target, role: Role) -> str:
    if target.plan is not None:
        plan = target.plan.plan
        return plan.moderator if role == "moderator" else plan.assistant
    return (target.glimpse.staff.get(role) or "") if target.glimpse else ""


def _plan_near(session: Path, glimpse: SessionSummary | None) -> Path | None:
    """Return the plan that a session was made from, where it lies beside the file, above it or here."""
    name = Path(glimpse.plan_file).name if glimpse else ""
    places = (session.parent, session.resolve().parent.parent, Path())
    return next((folder / name for folder in places if name and (folder / name).is_file()), None)
