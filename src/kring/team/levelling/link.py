"""One connection of the agent, from the first word to whatever ends it."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as ClientError

from kring.domain.text import N_, Sentence
from kring.session.copies.arriving import AT_A_TIME
from kring.team import access
from kring.team.access import Access
from kring.team.levelling import making, move, stream
from kring.team.levelling.local_copy import LocalCopy
from kring.team.levelling.presence import Presence
from kring.team.levelling.stream import Broken, NoStream, Seen, Standing, Stream
from kring.team.names import WRITERS
from kring.team.shared_folder import MOST_BYTES
from kring.team.status import Tally

LOOK_S = 0.02
"""How often the file is looked at for acts of a face that does not ring."""
PASS_S = 0.25
"""How often all else is seen to, where nothing came."""
AUDIT_S = 3.0
"""How often the server is asked whether all that was read is still there."""
ACK_S = 2.5
ANY_S = 1.0
UNSEEN_S = 60.0
BEHIND_S = 6.0
"""After how long without an answer, without its coming back, without reading all, the connection is given up."""
MOST_FLYING = 2000
MOST_TOGETHER, TOGETHER_BYTES = 100, 256 << 10
"""How many events go over together, where they waited."""
AT_ONCE = 100
"""Of how many places the stream is read at once."""
BREATH_S, PATIENT_BREATH_S, LATELY_S = 0.002, 0.25, 3.0
"""For how long others have the file between two batches: for longer where somebody acted lately, whose screen then
takes in each of them between two acts."""
FEW = 8
"""Of how many events that were heard at once nobody notices that they were written."""
MOST_AT_A_TIME = 1000
"""Events to be taken at a time where nobody acts."""
FULL_S = 1.0
"""After how long what the server had no room for is offered again."""
FULL = Sentence(N_("the server has no room left"))
STUCK = Sentence(N_("the server takes nothing in; is its disk full?"))
TOO_LARGE = Sentence(N_("an act is too large to send"))


class Unanswered(Broken):
    """The server is there, and says nothing of what it is sent."""


class Link:
    """A connection, which is live once all of the stream is read; it ends by raising what is wrong with it."""

    def __init__(
        self, wanted: Access, copy: LocalCopy, tell: Callable[[], None], who: str, refused: Sentence | None = None
    ) -> None:
        self._access = wanted
        self._who = who
        self._copy = copy
        self._tell = tell
        self._client: Client | None = None
        self._stream: Stream | None = None
        self._heard: deque[Msg] = deque()
        self._flying: dict[str, float] = {}
        self._offers = 0
        self._asked: dict[str, tuple[str, ...]] = {}
        """Which events an answer is about, by the number of the offer."""
        self._acknowledged: dict[str, float] = {}
        self._too_large: set[str] = set()
        self._woken = asyncio.Event()
        self._looking: asyncio.TimerHandle | None = None
        self._problem: Exception | None = None
        self._retry_at = 0.0
        self._behind_since: float | None = None
        self._presence: Presence | None = None
        self._auditing: asyncio.Task[None] | None = None
        self._audit_at = 0.0
        self._last = 0
        """The last place that the stream is known to have."""
        self.is_live = False
        self.ahead_ms: float = 0
        self.refused = refused
        """Why the server doesn't take what is offered."""

    @property
    def to_read(self) -> int:
        """Return how much of the stream is still to be read."""
        return max(self._last - self._copy.level.last, 0)

    async def run(self, is_over: Callable[[], bool]) -> None:
        """Bring acts to and fro until it is over; raises NotReached, NotLetIn, Moved, and what the client raises."""
        self._client = await access.connected(self._access, self._hear_refusal)
        self._stream = Stream(self._client, self._access)
        standing = await self._first_standing()
        await self._check(standing)
        heard = self._client.subscribe(self._access.names.all_heard, cb=self._hear, pending_bytes_limit=-1)
        await access.soon(heard)
        inbox = self._client.new_inbox()
        await access.soon(self._client.subscribe(f"{inbox}.*", cb=self._hear_answer))
        self._presence = await self._begun_presence()
        await self._catch_up()
        self.is_live = True
        self._look_at_file()
        while not is_over():
            self._copy.look()
            await self._take_heard()
            await self._offer(inbox)
            await asyncio.sleep(0)  # what was offered goes out before anything else is seen to
            await self._watch()
            if self._presence is not None:
                await self._presence.beat()
            self._audit_where_due()
            self._tell()
            self._copy.tidy()
            await self._rest()

    async def leave(self) -> None:
        """Let go of the connection."""
        self.is_live = False
        if self._looking is not None:
            self._looking.cancel()
        if self._auditing is not None:
            self._auditing.cancel()
            await asyncio.wait([self._auditing])
        if self._presence is not None:
            with suppress(ClientError, OSError, TimeoutError):  # others find out by themselves
                await self._presence.beat(leaves=True)
        if self._client is not None:
            await access.left(self._client)

    async def _begun_presence(self) -> Presence | None:
        """Begin to hear of the others, where this role may."""
        assert self._client is not None
        if self._access.role not in WRITERS:
            return None
        begun = Presence(self._client, self._access.names, self._access.role, self._who, self._own_tally)
        await begun.listen()
        return begun

    def _own_tally(self) -> Tally | None:
        return self._copy.tally() if self.is_live and not self.to_read else None

    def tallies(self) -> tuple[Tally | None, dict[str, Tally]]:
        """Return what this copy holds of a session that has ended, and what those of others hold, by role."""
        if self._presence is None or self._presence.tally is None:
            return None, {}
        return self._presence.tally, self._presence.tallies()

    def others(self) -> dict[str, int]:
        """Return how many others are connected, by role."""
        return self._presence.others() if self._presence is not None else {}

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(PASS_S):
                await self._woken.wait()
        self._woken.clear()

    def _look_at_file(self) -> None:
        """Wake where something came into the file, again and again: a look takes some microseconds, a pass far more."""
        if self._copy.has_news():
            self._woken.set()
        self._looking = asyncio.get_running_loop().call_later(LOOK_S, self._look_at_file)

    def wake(self) -> None:
        """Look at the file now; to be called in the loop of this connection."""
        self._woken.set()

    async def _first_standing(self) -> Standing:
        assert self._stream is not None
        try:
            standing = await self._stream.standing(first=True)
        except NoStream:
            if not self._access.host_seed:
                raise
            await making.make(self._access)
            standing = await self._stream.standing(first=True)
        self._last, self.ahead_ms = standing.last, standing.ahead_ms
        return standing

    async def _check(self, standing: Standing) -> None:
        """Begin anew where the stream is not the one of before, or lacks what lay in it."""
        assert self._stream is not None
        known = self._copy.level
        is_same = known.made == standing.made and known.last <= standing.last
        if is_same and known.last and (last := self._copy.last_seen()):
            is_same = last <= await self._stream.events_at(known.last)
        if is_same and known.last == standing.last:
            is_same = known.read == standing.messages
        if not is_same:
            self._copy.begin_anew(standing.made)

    # what comes

    async def _hear(self, message: Msg) -> None:
        self._heard.append(message)
        self._woken.set()

    async def _take_heard(self) -> None:
        several: list[Seen] = []
        reached = self._copy.level.last
        while self._heard and len(several) < AT_A_TIME:
            came = stream.seen(self._heard.popleft())
            place = came[0].place
            if place <= reached:
                continue
            if place > reached + 1:  # something came while this was not listening
                self._take(several)
                await self._catch_up()
                return
            several += came
            reached = place
        self._take(several)
        if len(several) > FEW:
            await asyncio.sleep(BREATH_S)

    async def _catch_up(self) -> None:
        """Take in what the stream has, while more of it is on its way."""
        assert self._stream is not None
        before = -1
        while before < (before := self._copy.level.last):
            part: list[Seen] = []
            async with aclosing(self._stream.coming(before, AT_ONCE)) as coming:
                async for several in coming:
                    part += several
                    if len(part) >= (AT_A_TIME if self._is_acted() else MOST_AT_A_TIME):
                        await self._take_part(part)
                        part = []
            await self._take_part(part)

    async def _take_part(self, part: Sequence[Seen]) -> None:
        """Take in some of it, and let others have the file and the processor for a moment."""
        if part:
            self._take(part)
            self._copy.look()
            self._copy.tidy()
            self._tell()
            await asyncio.sleep(PATIENT_BREATH_S if self._is_acted() else BREATH_S)

    def _is_acted(self) -> bool:
        """Whether somebody works in the file just now, who is not to be held up."""
        return time.monotonic() - self._copy.acted_at < LATELY_S

    def _take(self, several: Sequence[Seen]) -> None:
        begin = 0
        for at, one in enumerate(several):
            if one.told is not None and one.told.move is not None:
                self._take_in(several[begin:at])
                begin = at
                move.follow(one.told.move, self._access)
        self._take_in(several[begin:])

    def _take_in(self, several: Sequence[Seen]) -> None:
        if several:
            self._copy.take(several)
            for one in several if self._flying or self._acknowledged else ():
                self._flying.pop(one.event, None)
                self._acknowledged.pop(one.event, None)

    # what goes

    async def _offer(self, inbox: str) -> None:
        """Offer what was not seen in the stream; it's sent when it comes back from there."""
        assert self._client is not None
        if self._access.role not in WRITERS or time.monotonic() < self._retry_at:
            return
        room = MOST_FLYING - len(self._flying)
        most = min(MOST_BYTES, self._client.max_payload)
        packed: list[tuple[str, bytes]] = []
        size = 0
        for event, told in self._copy.to_offer(room, self._flying.keys() | self._too_large):
            content = msgspec.json.encode(told)
            if len(content) > most:
                self._too_large.add(event)
                continue
            size += len(content)
            if len(packed) == MOST_TOGETHER or size > TOGETHER_BYTES:
                await self._send(packed, inbox)
                packed, size = [], len(content)
            packed.append((event, content))
        await self._send(packed, inbox)

    async def _send(self, packed: Sequence[tuple[str, bytes]], inbox: str) -> None:
        """Send events together, so that many that waited take hardly longer than one."""
        assert self._client is not None
        if not packed:
            return
        events = tuple(event for event, _ in packed)
        contents = [content for _, content in packed]
        content = contents[0] if len(contents) == 1 else b"[" + b",".join(contents) + b"]"
        self._flying |= dict.fromkeys(events, time.monotonic())
        self._offers += 1
        self._asked[str(self._offers)] = events
        headers = {stream.ID: stream.known_as(events), stream.EXPECTED: self._access.names.stream}
        under = self._access.names.written_by(self._access.role)
        await access.soon(self._client.publish(under, content, f"{inbox}.{self._offers}", headers))

    async def _hear_answer(self, message: Msg) -> None:
        events = self._asked.pop(message.subject.rpartition(".")[2], ())
        answer = _answer(message)
        if answer is None:
            self._problem = Broken("The server does not answer.")
        elif answer.get("error"):
            for event in events:
                self._flying.pop(event, None)
            self._retry_at = time.monotonic() + FULL_S
            self.refused = FULL
        else:
            self.refused = None
            now = time.monotonic()
            self._acknowledged |= {event: now for event in events if event in self._flying}
        self._woken.set()

    def _hear_refusal(self, told: str) -> None:
        self._problem = access.NotLetIn("The server does not allow that to this role.")

    # what goes wrong

    async def _watch(self) -> None:
        """Raise what is wrong: an answer that doesn't come, an act that doesn't come back, a line that is cut."""
        assert self._client is not None
        now = time.monotonic()
        if self._problem is not None:
            raise self._problem
        if not self._client.is_connected:
            raise Broken("The server does not answer.")
        silent = (at for event, at in self._flying.items() if event not in self._acknowledged)
        if now - min(silent, default=now) > ACK_S:
            await self._require_answer()
            raise Unanswered("The server does not answer.")
        if now - min(self._acknowledged.values(), default=now) > UNSEEN_S:
            raise Broken("The server does not answer.")
        if self._too_large:
            self.refused = TOO_LARGE

    def _audit_where_due(self) -> None:
        """Begin an audit, or raise what one found; acts do not wait for the answer."""
        if self._auditing is not None and self._auditing.done():
            self._auditing.result()
            self._auditing = None
        if self._auditing is None and time.monotonic() >= self._audit_at:
            self._audit_at = time.monotonic() + AUDIT_S
            self._auditing = asyncio.create_task(self._audit())

    async def _require_answer(self) -> None:
        """Raise TimeoutError or Broken where the server says nothing at all: then it is the line."""
        assert self._stream is not None
        async with asyncio.timeout(ANY_S):
            await self._stream.standing()

    async def _audit(self) -> None:
        """See whether the stream still has all that was read of it, and whether all was read."""
        assert self._stream is not None
        before = self._copy.level
        standing = await self._stream.standing()
        self._last, self.ahead_ms = max(self._last, standing.last), standing.ahead_ms
        known = self._copy.level
        if standing.made != known.made or (before.last == standing.last and before.read != standing.messages):
            raise Broken("The server does not answer.")
        now = time.monotonic()
        self._behind_since = (self._behind_since or now) if self.to_read else None
        if self._behind_since is not None and now - self._behind_since > BEHIND_S:
            raise Broken("The server does not answer.")


def _answer(message: Msg) -> dict[str, object] | None:
    try:
        found = msgspec.json.decode(message.data)
    except msgspec.DecodeError:
        return None  # nobody took it
    return found if isinstance(found, dict) else None
