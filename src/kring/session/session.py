"""The session: the one writer. What it shows has been committed; what can't be written waits in order and says so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from kring.domain import facts as f
from kring.domain import sentences
from kring.domain.decide import Decision, decision, guide, undoing
from kring.domain.decide import plan as plan_verbs
from kring.domain.events import PROGRAM, Event, events_of, uuid7
from kring.domain.evolve.closing import on_clock
from kring.domain.evolve.group.whom import naming
from kring.domain.history import Change
from kring.domain.plan import Plan
from kring.domain.state import State
from kring.domain.text import KringError, Refused, Sentence
from kring.privacy.sealing import Sealing
from kring.session.outbox import Act, Outbox, Settled
from kring.session.upkeep import Upkeep
from kring.session.watch import Watch
from kring.store import files
from kring.store.attached.kept_files import settle
from kring.store.guard import Condition
from kring.store.making import making
from kring.store.relocate import condition_of, continued_beside, last_told, leave
from kring.store.store import NotRead, NotSaved, Store, Taken
from kring.system.clock import Clock, SessionClock, local_zone

Listener = Callable[[Change], None]


class Me(NamedTuple):
    """Who acts in this process: a name, a role, and the computer."""

    name: str
    role: str
    device: str


class Session:
    """One session file, its history and its clock; `do` is the only way in."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        me: Me,
        random_bytes: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self.store = store
        self.clock = SessionClock(clock)
        self.me = me
        with store.reading():
            self.history = store.begun()
        self.sealing = Sealing(self.history)
        self.waiting = Outbox(lambda wanted, at: self._write(self.me.name, self.me.role, wanted, at))
        self._watch = Watch(self.clock, me.device, self._log)
        self.trouble: KringError | None = store.note
        self.saved_at: int | None = None
        self._upkeep = Upkeep()
        self._looked_around_in = 0  # the second, epoch
        self._random_bytes = random_bytes
        self._listeners: list[Listener] = []
        self._untold: list[Change] = []
        self.catch_up()
        self._watch.find_anchor(self.state)

    @property
    def state(self) -> State:
        """Return what is true now."""
        return self.history.state

    def now(self) -> int:
        """Return the session's time, epoch ms UTC."""
        return self.clock.now()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call a listener after every committed change; the answer stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def do(self, wanted: Decision, at: int | None = None) -> Event:
        """Decide and write one act; it's in the file when this returns.

        Raises Refused when the act makes no sense now, and NotSaved when it can't be written.
        """
        return self.do_as(self.me, wanted, at)

    def do_as(self, who: Me, wanted: Decision, at: int | None = None, files: Sequence[bytes] = ()) -> Event:
        """Decide and write an act of somebody in this process, such as a simulated assistant, with `files` to keep."""
        if self.waiting:
            raise self.trouble or NotSaved("NOT SAVED: earlier acts wait.")
        return self._write(who.name, who.role, wanted, at, files)

    def do_or_wait(self, wanted: Decision, settled: Settled | None = None) -> Event | None:
        """Do an act, or put it in the queue of those that wait for the file; None = it waits.

        Raises Refused when the act makes no sense now.
        """
        at = self._moment(self.now())
        if not self.waiting:
            try:
                return self._write(self.me.name, self.me.role, wanted, at)
            except NotSaved as error:
                self.trouble = error
        if self.store.mode == "read":
            raise self.trouble or NotSaved("NOT SAVED: this file is opened for reading only.")
        self.waiting.add(Act(wanted, at, settled))
        return None

    def do_as_program(self, wanted: Decision) -> Event:
        """Decide and write what the program itself found out, such as the end of a recording."""
        return self._write(PROGRAM, "program", wanted, None)

    def undo(self, anyway: bool = False) -> Event:
        """Take back the last act of one's own; raises UndoAsks where more goes with it, unless that's meant."""
        return self.do(decision(undoing.undo, self.history, self.is_mine, anyway))

    def redo(self) -> Event:
        """Bring back what was undone last."""
        return self.do(decision(undoing.redo, self.history, self.is_mine))

    def is_mine(self, event: Event) -> bool:
        """Whether an event is an act of this person, in this role, on this computer."""
        return (event.actor, event.role, event.device) == self.me

    def told(self, event: Event) -> Sentence:
        """Return what an event says, in one sentence; for an undo, what it takes back or brings back."""
        with self.store.reading():
            return self.sealing.sentence(sentences.told(self.state, event, self.history.event))

    def catch_up(self) -> bool:
        """Take in what others wrote since the last look; return whether there was anything.

        Raises NotRead when the file can't be read.
        """
        with self.store.reading():
            came = self._take_in()
        self._tell()
        return came

    def glance(self) -> bool:
        """Look around where that is due: somebody else wrote, acts wait, or a second has passed; four times a second.

        Return whether the state changed.
        """
        if self.store.is_closed:
            return False
        second = self.now() // 1000
        is_calm = self.trouble is self.store.note and not self.waiting and self.store.guard.is_as_left()
        if is_calm and second == self._looked_around_in and not self.has_news():
            return False
        self._looked_around_in = second
        return self.tick()

    def has_news(self) -> bool:
        """Whether somebody else may have written since the last look; some microseconds."""
        if self.store.is_closed:
            return False
        try:
            with self.store.reading():
                return self.store.has_news()
        except NotRead:
            return True

    def tick(self) -> bool:
        """Look around: others' acts, acts that wait, the clocks, the cues before the end.

        Return whether the state changed.
        """
        before = self.state
        if self.store.is_closed:
            return False
        self.store.wait_for_lock(patiently=False)  # the next tick is soon
        try:
            self._look_around()
        except (NotSaved, NotRead) as error:
            self.trouble = error
            with suppress(NotSaved, NotRead):  # in sight already
                self._stay_in_place(Condition.AS_LEFT)
        else:
            if isinstance(self.trouble, NotSaved | NotRead):
                self.trouble = self.store.note
        finally:
            self.store.wait_for_lock(patiently=True)
        return self.state is not before

    def _look_around(self) -> None:
        self._stay_in_place(Condition.TOUCHED)
        with self.store.reading():
            news = self.store.has_news()
        if news:
            self.catch_up()
        if self.store.mode == "write":
            self.waiting.retry()
            self._watch.look(self.state)
            if self.saved_at is not None:
                self._upkeep.look(self.store, self.history, self.saved_at, self.now())

    def read_plan(self, plan: Plan, anyway: bool = False) -> Event:
        """Read a plan again; raises PlanShrank where it lost most of what it had, unless that's meant."""
        return self.do(decision(plan_verbs.read, self.history, plan, anyway))

    @property
    def plan(self) -> Plan | None:
        """Return the plan as it was read last."""
        return self.history.plan

    def begin(self, plan: Plan, zone: str, utc_offset_min: int) -> None:
        """Make an empty file a session: its first facts, in one transaction."""
        created = f.SessionCreated(self._new_id(self.now()), zone, utc_offset_min)
        read = plan_verbs.facts_of(self.state, plan)
        self._write_first([(created,), read, (f.ClockAnchored(*self.clock.read()),)])

    def join(self, who: Me | None = None) -> None:
        """Log that this person, or somebody else in this process, opened the session."""
        me = who or self.me
        fact = f.StaffJoined(me.name, me.role)
        self._write(me.name, me.role, lambda state, now: fact, None)

    def close(self) -> bool:
        """Close the file; one whose session has ended is sealed into a single file, if nobody else has it open."""
        if self.store.is_closed:
            return False
        try:
            with suppress(NotSaved, NotRead):  # what can't be written now was in sight as NOT SAVED
                self._look_once_more()
            return self.store.close(seal=self.state.session.phase == "ended")
        finally:
            self.store.close()

    def _write(self, actor: str, role: str, wanted: Decision, at: int | None, files: Sequence[bytes] = ()) -> Event:
        if self.store.mode == "read":
            raise NotSaved("NOT SAVED: this file is opened for reading only.")
        if not self.store.guard.has_all():
            self._stay_in_place()
        try:
            with self.store.writing():
                now = self.now()
                try:
                    change = self._decide(actor, role, wanted, self._moment(now) if at is None else at, files)
                except (Taken, Refused):
                    if not self.store.has_unread_events():
                        raise
                    self._take_in()  # it was decided without what others did
                    change = self._decide(actor, role, wanted, self._moment(now) if at is None else at, files)
            self._settle(change, now)
        finally:
            self._tell()  # a refusal too comes after what others did
        return change.events[0]

    def _decide(self, actor: str, role: str, wanted: Decision, at: int, files: Sequence[bytes]) -> Change:
        found = wanted(self.state, at)
        guide.require_own_move(self.history, (actor, role), found, at)
        facts = found if isinstance(found, tuple) else (found,)
        return self._put(self._events(facts, at, actor, role, self.history.last_hlc), files)

    def _moment(self, now: int) -> int:
        """Return the moment of an act that is done now: a clock that is behind puts nothing before what happened."""
        return max(now, self.history.last_at(self.me.device))

    def _write_first(self, acts: Sequence[tuple[f.Fact, ...]]) -> None:
        now = self.now()
        events: list[Event] = []
        for facts in acts:
            events += self._events(facts, now, PROGRAM, "program", events[-1].hlc if events else self.history.last_hlc)
        with self.store.writing():
            change = self._put(events)
        self._settle(change, now)
        self._tell()
        self._watch.find_anchor(self.state)

    def _put(self, events: Sequence[Event], files: Sequence[bytes] = ()) -> Change:
        change = self.history.change(events)
        for event in events:
            self.store.add(event, self._salt(), on_clock(change.state, event.at))
        self.store.put(change.rows, change.gone, self.state)
        settle(self.store.connection.execute, files, change.rows)
        return change

    def _settle(self, change: Change, now: int) -> None:
        self.store.settled()
        self.history.accept(change)
        self.saved_at = now
        self._upkeep.acted()
        self._untold.append(change)

    def _events(self, facts: Sequence[f.Fact], now: int, actor: str, role: str, hlc: int) -> list[Event]:
        named = naming(self.state, facts)
        return events_of(named, now, hlc, (actor, role, self.me.device), self._new_id)

    def _new_id(self, now: int) -> str:
        return uuid7(now, self._random_bytes(10))

    def _take_in(self) -> bool:
        whole = self.store.read_after_erasure()
        if whole is None:
            return self._take(self.store.read_new())
        self._untold.append(self.history.begin_again(whole))
        self._watch.find_anchor(self.state)
        return True

    def _take(self, events: Iterable[Event]) -> bool:
        change = self.history.change(events)
        if not change.events:
            return False
        self.history.accept(change)
        self._untold.append(change)
        self._watch.find_anchor(self.state)
        return True

    def _tell(self) -> None:
        """Tell the listeners what changed; every one of them hears it, also when another one fails."""
        while self._untold:
            change = self._untold.pop(0)
            if not self._listeners:
                continue
            with ExitStack() as listeners:
                for listener in reversed(self._listeners):
                    listeners.callback(listener, change)

    def _look_once_more(self) -> None:
        self._stay_in_place(Condition.TOUCHED)
        self.catch_up()
        if self.store.mode == "write":
            self.waiting.retry()
            if (making := self.store.begin_milestone(self.history)) is not None:
                self.store.keep_milestone(making)

    def _log(self, wanted: Decision) -> None:
        try:
            self.do_as_program(wanted)
        except Refused:
            return  # the other process was first

    def resume_clock(self) -> None:
        """Bind the clock again when the computer was started since the file was last open."""
        if self.store.mode == "write":
            self._watch.anchor()
            self._watch.find_anchor(self.state)

    def _stay_in_place(self, suspicion: Condition = Condition.SHORTER) -> None:
        """Where the file was moved, or another program damaged it, go on in a new one with all that is known."""
        if self.store.mode != "write":
            return
        condition = condition_of(self.store, suspicion)
        if condition < Condition.BROKEN:
            return
        lost = self.store
        with lost.reading():
            told = last_told(lost, self.history)
        self._take(each.event for each in told)
        self.store, change = continued_beside(lost, self.history, told, self._salt)
        self.history.accept(change)
        self._untold.append(change)
        leave(lost, condition, self.store)
        self.trouble = self.store.note
        self._tell()

    def _salt(self) -> str:
        return self._random_bytes(8).hex()


def begin(
    path: Path,
    plan: Plan,
    clock: Clock,
    me: Me,
    random_bytes: Callable[[int], bytes] = os.urandom,
    zone: tuple[str, int] | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> Session:
    """Make a new session file from a plan and open it; `zone` is a name and an offset in minutes.

    Raises AlreadyThere where somebody else's session has that name.
    """
    with making(path) as draft:
        Session(draft, clock, me, random_bytes).begin(plan, *(zone or local_zone(plan.starts_at)))
    return resume(path, clock, me, random_bytes, meanwhile)


def resume(
    path: Path,
    clock: Clock,
    me: Me,
    random_bytes: Callable[[int], bytes] = os.urandom,
    meanwhile: Callable[[], object] | None = None,
) -> Session:
    """Open a session file to go on with it; one of a newer version only to be read.

    `meanwhile` is done while the disk is waited for.
    """
    store = files.open_(path, meanwhile=meanwhile)
    try:
        session = Session(store, clock, me, random_bytes)
        if not session.state.session.id:
            raise KringError("{file} holds no session yet; start it from its plan.", file=path.name)
        if store.mode == "write":
            session.resume_clock()
            session.join()
    except BaseException:
        store.close()
        raise
    return session
