"""Moving a session on an agency's server, as the laptop that took a code back: those who stay are told where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from nats.errors import Error as ClientError

from kring.domain.text import KringError
from kring.system.clock import SystemClock
from kring.team import access, shared_folder
from kring.team.access import Access
from kring.team.entry import credentials, issuing
from kring.team.entry.credentials import Credentials
from kring.team.entry.issuing import Issuer
from kring.team.levelling import making
from kring.team.levelling.local_copy import LocalCopy
from kring.team.levelling.move import move_after
from kring.team.levelling.stream import ANSWER_S, EXPECTED, Broken, NoStream, Seen, Stream, Told
from kring.team.tasks import Role, Way

FILE = "moves.json"
AT_ONCE = 500


class Moves(msgspec.Struct, frozen=True):
    """How many of the moves of a session were told to those who are where it was."""

    told: int = 0


class _Receipt(msgspec.Struct):
    """Where what was told lies now; an answer without that says that the server took nothing in."""

    seq: int


def untold(folder: Path, session: str) -> tuple[Issuer, int] | None:
    """Return the next move that nobody was told of yet, None where there is none."""
    kept = issuing.known(folder)
    if kept is None or kept.session != session or not kept.moved:
        return None
    told = shared_folder.read(folder / FILE, Moves) or Moves()
    return (kept, told.told) if told.told < kept.moved else None


def way_on(folder: Path, way: Way, before: Way) -> Way:
    """Return the way to where a session goes on, and keep it: of who joined, or of who lets others in too."""
    if (joined := shared_folder.joined(folder)) is not None and way.code:
        shared_folder.keep_joined(folder, msgspec.structs.replace(joined, way=way))
    kept = issuing.known(folder)
    if not way.code and kept is not None:  # somebody else who lets people in took a code back
        issuing.keep(folder, msgspec.structs.replace(kept, before=(*kept.before, kept.secrets)))
        shared_folder.keep(folder, FILE, msgspec.json.encode(Moves(kept.moved + 1)))
    return way if way.code else before


async def tell(folder: Path, wanted: Access, copy_of: Callable[[str], LocalCopy]) -> None:
    """Tell those who are where the session was of each move, once there is room for it where it is now.

    What they did until they hear it is taken in: nobody else may have it. Raises NotReached, NotLetIn, NotSaved.
    """
    while (next_one := untold(folder, wanted.session)) is not None:
        kept, moved = next_one
        try:
            found = credentials.read(Path(kept.credentials))
        except KringError:
            return  # the file may be away for now: acts go on where the session is, and those are told later
        await making.make(wanted)
        await _tell_one(kept, found, moved, wanted.role, copy_of)
        shared_folder.keep(folder, FILE, msgspec.json.encode(Moves(moved + 1)))


async def _tell_one(
    kept: Issuer, found: Credentials, moved: int, role: Role, copy_of: Callable[[str], LocalCopy]
) -> None:
    now_s = SystemClock().wall_ms() // 1000
    before = access.access_with(issuing.pass_of(issuing.as_before(kept, moved), found, role, now_s))
    client = await access.connected(before, lambda _: None)
    try:
        stream = Stream(client, before)
        try:
            standing = await stream.standing(first=True)
        except NoStream:
            return  # nobody is there
        told = msgspec.json.encode(Told({}, move=move_after(kept, found, moved, now_s)))
        headers = {EXPECTED: before.names.stream}
        answer = await client.request(before.names.written_by(role), told, timeout=ANSWER_S, headers=headers)
        place = msgspec.json.decode(answer.data, type=_Receipt).seq
        copy = copy_of(before.names.stream)
        if copy.level.made == standing.made and (last := await _between(stream, copy.level.last, place)):
            copy.take(last)
    except (ClientError, TimeoutError, OSError, msgspec.DecodeError) as problem:
        raise Broken("The server does not answer.") from problem
    finally:
        await access.left(client)


async def _between(stream: Stream, after: int, before: int) -> list[Seen]:
    found: list[Seen] = []
    while part := await stream.read(found[-1].place if found else after, AT_ONCE):
        found += part
    return [each for each in found if each.place < before]
