"""The sharing of the session that a face has open: it starts the processes that do it, and never waits for them."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from kring.domain.consent import require_sound_to_go
from kring.domain.text import N_, KringError, Refused, Sentence
from kring.session.session import Session
from kring.team import ENDING, wording
from kring.team.kept_process import KeptProcess

if TYPE_CHECKING:  # whoever shares nothing reads no more than this module
    from pathlib import Path

    from kring.domain.history import Change
    from kring.system.worker_process import Background
    from kring.team.entry.issuing import Issuer
    from kring.team.kept_process import News
    from kring.team.recordings.under_way import UnderWay
    from kring.team.status import Status
    from kring.team.tasks import Listening, Role, Way

LONGEST_WAIT_S = 10.0
MOMENT_S = 0.02
RETRY_S = 60
CLOCK_MS = 60_000
"""From how far on a clock is called wrong; less is set right without a word."""
_TOLD_ONCE = frozenset({"newer", "declined", "clock", "again"})


class Sharing:
    """What a face does about sharing, and what it shows of it; `tick` a few times a second, and `close` at the end."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.folder = session.store.path.with_suffix(ENDING)
        self.codes: dict[Role, str] = {}
        """The code of each role, once the server listens that this face keeps."""
        self.status: Status | None = None
        """How the agent stands, whoever started it; None where the session is only here."""
        self.problem: Sentence | None = None
        """Why nobody can join; None when all is well."""
        self.hear: Callable[[Sentence], None] = lambda sentence: None
        """Is told what people should know, each thing once."""
        self.rung: Callable[[], None] = lambda: None
        """Is called, in a thread of its own, where acts of others came into the file."""
        self.is_again = False
        """Whether the codes that were given out before are good still: nobody waits to see them."""
        self._host: KeptProcess | None = None
        self._agent: KeptProcess | None = None
        self._feeder: KeptProcess | None = None
        self._way: Way | None = None
        self._issuer: Issuer | None = None
        """By what codes are given out on the server of an agency."""
        self._let_in_again_at = 0  # the second, epoch
        self._told: set[str] = set()
        self._has_folder = False
        self._compared: dict[str, Sentence] = {}
        self._letters: set[str] = set()
        self._people: object = None
        self._recordings: UnderWay | None = None
        self._look()
        session.subscribe(self._ring)

    @property
    def is_on(self) -> bool:
        """Whether this face shares the session or has joined it, or is about to."""
        return self._host is not None or self._agent is not None

    @property
    def is_known(self) -> bool:
        """Whether it is of use to say where acts are: the session is shared, or was."""
        return self.is_on or self.status is not None or self._has_folder

    @property
    def is_at_rest(self) -> bool:
        """Whether nobody shares the session here, nor did, nor is about to: a look once a second is then enough."""
        return not (self.is_known or self.is_at_agency or self._recordings)

    @property
    def is_host(self) -> bool:
        """Whether the session is shared from this laptop, by this face."""
        return self._host is not None or self.is_at_agency

    @property
    def is_at_agency(self) -> bool:
        """Whether this face shares the session through the server of an agency."""
        return self._issuer is not None

    @property
    def carried(self) -> Sentence | None:
        """Return how far the recordings are that go to another laptop or come from there; None where none do."""
        return self._recordings.told if self._recordings is not None else None

    def share(self, asked: str = "") -> None:
        """Share the session at an address of this laptop, or join again the one that this file was joined from.

        The codes come with a later tick. Raises Refused where that cannot be.
        """
        if self.is_on:
            return
        from kring.team import shared_folder, tasks

        if (before := shared_folder.joined(self.folder)) is not None:
            self.join(before.way)
            return
        if self.session.store.mode == "read":
            raise Refused("This file is opened for reading only.")
        if not asked and self._goes_on_at_agency():
            return
        address = address_for(self.folder, asked)
        known = shared_folder.shared(self.folder)
        self.is_again = known is not None and known.is_for(self.session.state.session.id, address)
        wanted = tasks.Hosting(str(self.folder), self.session.state.session.id, address, self.session.now())
        self.problem = None
        self._host = KeptProcess(lambda: tasks.hosting(wanted))

    def share_through(self, credentials: Path, server: str = "") -> None:
        """Share the session through the server of an agency, at another address of it where one is named.

        Raises KringError where the file of credentials is none.
        """
        from kring.team.entry import issuing

        if self.session.store.mode == "read":
            raise Refused("This file is opened for reading only.")
        self.is_again = self._at_agency_before() is not None
        self._let_in(issuing.begin(self.folder, self.session.state.session.id, credentials, server))

    def _goes_on_at_agency(self) -> bool:
        """Go on through the server of an agency through which the session was shared before."""
        before = self._at_agency_before()
        if before is None:
            return False
        self.is_again = True
        self._let_in(before)
        return True

    def _at_agency_before(self) -> Issuer | None:
        from kring.team.entry import issuing

        before = issuing.known(self.folder)
        return before if before is not None and before.session == self.session.state.session.id else None

    def _let_in(self, issuer: Issuer) -> None:
        from kring.team.entry import issuing
        from kring.team.tasks import Way

        now_s = self.session.now() // 1000
        self.codes = issuing.codes_of(issuer, now_s)
        self._issuer, self._let_in_again_at = issuer, now_s + issuing.LASTS_S // 2
        if self._way != (way := Way(self.codes[self._own_role])):
            self.join(way)

    def _go_on_letting_in(self) -> None:
        """Give out codes for another day long before those of today end, by which this laptop is let in itself."""
        if self._issuer is None or self.session.now() // 1000 < self._let_in_again_at:
            return
        self._let_in_again_at += RETRY_S
        with suppress(KringError):  # the file of credentials may be away for now: the codes of today are good still
            self._let_in(self._issuer)

    @property
    def _own_role(self) -> Role:
        return "assistant" if self.session.me.role == "assistant" else "moderator"

    def join(self, way: Way) -> None:
        """Keep this file level with the session that a way leads to; nothing more goes where one led before."""
        self._way = way
        if self._agent is None:
            self._agent = KeptProcess(self._level)
        else:
            self._agent.begin_again()
        if self.is_host and self._feeder is None:
            self._feeder = KeptProcess(self._feed)
        elif self._feeder is not None:
            self._feeder.begin_again()

    def _feed(self) -> Background[Listening]:
        from kring.team import tasks

        assert self._way is not None
        return tasks.feeding(tasks.Feeding(str(self.session.store.path), str(self.folder), self._way))

    @property
    def _way_now(self) -> Way | None:
        """Return the way to where the session is, which may have moved since this file was opened."""
        from kring.team import shared_folder

        joined = shared_folder.joined(self.folder) if not self.is_host else None
        return joined.way if joined is not None else self._way

    def _level(self) -> Background[Listening]:
        from kring.team import tasks

        way = self._way_now
        assert way is not None
        agent = tasks.levelling(tasks.Levelling(str(self.session.store.path), str(self.folder), way))
        agent.rung = self._rung
        return agent

    def _rung(self) -> None:
        self.rung()

    def _ring(self, _change: Change) -> None:
        """Let the agent know at once of an act, which it would find a moment later."""
        if self._agent is not None:
            self._agent.ring()

    def renew(self, role: Role) -> Sentence:
        """Make the code of a role a new one; who came in with the one of before is out, and stays out."""
        from kring.team import shared_folder

        whose: dict[str, object] = {"role": Sentence(role)}
        if self._issuer is not None:
            from kring.team.entry import issuing

            fresh = issuing.with_new_secret(self._issuer, role)
            issuing.keep(self.folder, fresh)
            self._let_in(fresh)
            return Sentence(N_("The code of the {role} is a new one."), whose)
        known = shared_folder.shared(self.folder)
        if known is None or not self.is_host:
            raise Refused("This session is not shared from here.")
        shared_folder.keep_shared(self.folder, shared_folder.with_new_secret(known, role))
        if role in self.codes:
            self.codes = self.codes | {role: shared_folder.code_for(self.folder, role)}
        return Sentence(N_("The code of the {role} is a new one."), whose)

    def carry(self, *, sends: bool) -> None:
        """Send the recordings that are here to another laptop, or fetch those that are not, in the background."""
        from kring.team.recordings.tasks import Carrying
        from kring.team.recordings.under_way import UnderWay

        if (way := self._way_now) is None:
            raise Refused("This session is not shared from here.")
        if self._recordings is not None:
            raise Refused("Recordings are under way; stop that first.")
        require_sound_to_go(self.session.state)
        file = str(self.session.store.path.absolute())
        self._recordings = UnderWay(Carrying(file, str(self.folder.absolute()), way, sends))

    def stop_carrying(self) -> None:
        """End that; begun again it goes on where it was. Raises Refused where nothing is under way."""
        if self._recordings is None:
            raise Refused("No recordings are under way.")
        self._recordings.leave()
        self._recordings = None

    def tick(self) -> bool:
        """Look after what was started, and how the agent stands; return whether there is something else to show."""
        before = self.status, self.problem, self.codes, self.carried
        if self.is_at_agency:
            self._go_on_letting_in()
        if self._recordings is not None:
            for sentence in self._recordings.look():
                self.hear(sentence)
            if self._recordings.is_over:
                self._recordings = None
        for news in self._host.poll() if self._host is not None else ():
            self._take(news)
        for one in (self._agent, self._feeder):
            if one is not None:
                one.poll()
        self._look()
        if self.is_again and self.codes and self.status is not None and self.status.condition == "live":
            self._once("again", wording.shared_again(is_at_agency=self.is_at_agency))
        return (self.status, self.problem, self.codes, self.carried) != before

    def told(self, *, in_short: bool = False) -> Sentence:
        """Return in a few words where the acts of this file are, and who else is connected."""
        return wording.told(self.status, self.session.state, in_short=in_short)

    def wait(self) -> None:
        """Return when the session is shared, or nobody can join, or it takes long; for faces that can wait."""
        until = time.monotonic() + LONGEST_WAIT_S
        while self.is_on and not self._is_settled() and time.monotonic() < until:
            self.tick()
            time.sleep(MOMENT_S)

    def _is_settled(self) -> bool:
        is_told = self.status is not None and self.status.condition != "offline"
        return is_told and (bool(self.codes) or not self.is_host)

    def close(self) -> None:
        """Send what still waits, for some seconds, and end all that was started; before the session is closed."""
        if self._recordings is not None:
            self._recordings.cancel()
            self._recordings = None
        for kept in (self._feeder, self._agent, self._host):
            if kept is not None:
                kept.end()
        self._look()
        self._host = self._agent = self._feeder = self._issuer = None

    def parted(self) -> tuple[Sentence, ...]:
        """Return what to say when a session that has ended is left: whether the copies of it were equal."""
        return tuple(self._compared.values())

    def left(self) -> Sentence | None:
        """Return what to say of acts that nobody else has yet; None where all were sent, or nobody was to have them."""
        told = self.status
        if told is None or not told.to_send:
            return None
        return Sentence(
            "Not sent yet: {n}. They go when the session is shared again: kring run {file} --share",
            {"n": told.to_send, "file": shlex.quote(str(self.session.store.path))},
        )

    def _take(self, news: News) -> None:
        from kring.system.worker_process import DIED, Failed
        from kring.team.tasks import Way

        if news == DIED and self.codes:
            return  # it worked and is started again; meanwhile the agent says that it is offline
        if isinstance(news, Failed):
            self.problem = news.sentence
            if not self.codes:  # it never worked: who asked for it asks again
                self._host = None
            self.hear(news.sentence)
            return
        self.problem = None
        self.codes = news.codes
        if self._way != (way := Way(news.codes[self._own_role])):
            self.join(way)

    def _look(self) -> None:
        self._has_folder = self.folder.is_dir()
        if self._agent is None and not self._has_folder:
            return
        from kring.system import file_lock
        from kring.team import status

        is_kept = self._agent is not None or file_lock.is_held(self.folder, status.LOCK)
        self.status = status.read(self.folder) or status.Status("offline") if is_kept else None
        if self.status is not None:
            self._tell(self.status)

    def _tell(self, now: Status) -> None:
        if now.newer:
            self._once(
                "newer",
                Sentence(N_("The other laptop has a newer kring: what only that knows is kept, and not shown here.")),
            )
        if now.declined:
            self._once("declined", Sentence(N_("Something came in that is no act of this session; it was left out.")))
        if abs(now.ahead_ms) > CLOCK_MS:
            self._once("clock", wording.wrong_clock(now.ahead_ms))
        if now.condition == "refused" and now.why is not None:
            self._once(str(now.why), Sentence(N_("Not shared: {why}"), {"why": now.why}))
        self._report_copies(now)
        self._report_letters()
        if now.condition == "live":
            self._told -= {str(told) for told in self._told if told not in _TOLD_ONCE}

    def _report_letters(self) -> None:
        """Report once whose code is another one than that under which they were added."""
        people = self.session.state.participants
        if people is not self._people:
            self._people = people
            for code, sentence in wording.letters_given(self.session.state):
                if code not in self._letters:
                    self._letters.add(code)
                    self.hear(sentence)

    def _report_copies(self, now: Status) -> None:
        before, fresh = self._compared, wording.compared(now)
        for role, sentence in fresh.items():
            if role not in before or before[role].template != sentence.template:
                self.hear(sentence)
        if now.tally is not None:
            still = {role: sentence for role, sentence in before.items() if sentence.values["n"] == now.tally.acts}
            self._compared = still | fresh
        elif now.condition == "live" or now.to_send:  # it goes on
            self._compared = {}

    def _once(self, what: str, sentence: Sentence) -> None:
        if what not in self._told:
            self._told.add(what)
            self.hear(sentence)


def carry(sharing: Sharing, what: Literal["send", "fetch", "stop"]) -> Sentence:
    """Do what is asked about the recordings, and return what to say of it; raises Refused."""
    if what == "stop":
        sharing.stop_carrying()
        return Sentence(N_("Stopped; asked for again it goes on where it was."))
    sharing.carry(sends=what == "send")
    if what == "send":
        return Sentence(N_("The recordings that are here are being sent; fetch them on the other laptop."))
    return Sentence(N_("The recordings of the other laptop are being fetched; send them there."))


def require_address(session_file: Path, asked: str) -> None:
    """Raise Refused where a session could not be shared at an address, before there is a file of it."""
    from kring.team import shared_folder
    from kring.team.entry import issuing

    folder = session_file.with_suffix(ENDING)
    is_elsewhere = shared_folder.joined(folder) is not None or (not asked and issuing.known(folder) is not None)
    if not is_elsewhere:
        address_for(folder, asked)


def address_for(folder: Path, asked: str) -> str:
    """Return at which address of this laptop a session is shared: the one asked for, that of before, or the only one.

    Raises Refused where that isn't one.
    """
    from kring.team import addresses, shared_folder

    known = shared_folder.shared(folder)
    return addresses.chosen(asked or (known.address if known and known.address in addresses.own() else ""))
