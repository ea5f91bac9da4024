"""What earlier groups of a study said, for who leads or writes in the next: read once, by another process.

That process may read session files while this one writes in its own; it does so after the first screen is there.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kring.domain.guide_items import question_of
from kring.domain.rows import GuideRow
from kring.domain.state import State
from kring.domain.study.poll import Poll
from kring.domain.study.same_question import same
from kring.domain.text import N_, Refused, folded, one_line
from kring.session.session import Session
from kring.study.file_marks import names_in
from kring.system import worker_process


class Wanted(msgspec.Struct, frozen=True):
    """What is asked for: of the study of a session in a folder the groups that were held before it (epoch ms)."""

    folder: str
    study: str
    session: str
    before: int | None = None


class Words(msgspec.Struct, frozen=True):
    """A quote, a paraphrase or a summary as it may be told: with a code, on the session's clock in seconds."""

    text: str
    who: str = ""
    t: float | None = None
    is_quote: bool = False
    is_summary: bool = False
    starred: bool = False


class Said(msgspec.Struct, frozen=True):
    """One question in one earlier group: `session` is its place among these, `item` its id in that guide."""

    session: int
    item: str
    text: str
    was_asked: bool
    spent_s: int
    polls: tuple[Poll, ...] = ()
    words: tuple[Words, ...] = ()


class EarlierGroup(msgspec.Struct, frozen=True):
    """A group that was held before: its number, and its local day (ISO)."""

    number: str
    day: str


class Earlier(msgspec.Struct, frozen=True, tag=True):
    """The groups of a study that were held before a session, in order; every tag that was used in them, folded."""

    groups: tuple[EarlierGroup, ...] = ()
    tags: frozenset[str] = frozenset()
    said: tuple[Said, ...] = ()

    def is_new(self, tag: str) -> bool:
        """Whether no earlier group used a tag; of a first group no tag is called new."""
        return bool(self.groups) and folded(one_line(tag)) not in self.tags

    def on(self, question: GuideRow) -> list[Said]:
        """Return what earlier groups did with a question of this guide, in the order in which they were held."""
        own = Said(-1, question.id, question.title, was_asked=False, spent_s=0)
        together = next(puts for puts in same([own, *self.said]) if own in puts)
        return sorted((put for put in together if put is not own), key=lambda put: put.session)


NOTHING = Earlier()
IS_READ = N_("What earlier groups said is being read; ask again in a moment.")
NO_GROUPS = N_("No earlier group of this study is here.")
News = Earlier | worker_process.Failed


def require(earlier: Earlier | None) -> Earlier:
    """Return what is known of earlier groups, or refuse."""
    if earlier is None or not earlier.groups:
        raise Refused(IS_READ if earlier is None else NO_GROUPS)
    return earlier


def question_meant(state: State, item: str | None) -> GuideRow | None:
    """Return the question at an item of the guide; None where there is no question there."""
    found = question_of(state, item)
    return found if found is not None and found.kind == "question" else None


class EarlierGroups:
    """What is known of earlier groups in one face: asked for once, taken in whenever it is there."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._reading: worker_process.Background[News] | None = None
        self._was_asked = False
        self.found: Earlier | None = None
        """What is known; None until it was read."""

    def look(self) -> bool:
        """Begin to read, or take in what was read; return whether something came in. It costs nothing after that."""
        if not self._was_asked:
            self._begin()
        return self._reading is not None and self._take(self._reading.poll())

    def wait(self) -> None:
        """Wait until it is read."""
        self.look()
        if self._reading is not None:
            self._take(list(self._reading.wait()))

    def close(self) -> None:
        """Leave the reading."""
        if self._reading is not None:
            self._reading.leave()
            self._reading = None

    def _begin(self) -> None:
        session = self._session.state.session
        if not session.id:
            return
        self._was_asked = True
        path = self._session.store.path
        self.found = NOTHING
        if session.study and any(name.endswith(".db") and name != path.name for name in names_in(path.parent)):
            before = int(session.started_at) if session.started_at is not None else None
            wanted = Wanted(str(path.parent.resolve()), session.study, session.id, before)
            self.found = None
            self._reading = worker_process.Background("kring.study.earlier_reading", wanted, News)

    def _take(self, came: Sequence[News]) -> bool:
        """Take in what was read; where it could not be, nothing is told of earlier groups."""
        if not came:
            return False
        self.found = next((one for one in came if isinstance(one, Earlier)), NOTHING)
        self.close()
        return True
