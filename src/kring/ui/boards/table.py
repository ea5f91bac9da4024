"""The boards of the live screens, in the order of the tab line; a new one is one line here, and its title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from kring.commands.command import FaceAction
from kring.domain.check_grid import grid
from kring.domain.decide.group import polls as poll_verbs
from kring.domain.measures import looking_back, polls
from kring.domain.measures.coverage import is_in_breakout
from kring.domain.measures.group.rooms import open_rooms
from kring.domain.measures.presence import places, seated
from kring.domain.measures.talk_time import here
from kring.system.i18n import _
from kring.ui.boards import (
    breakouts,
    briefing,
    checks,
    closing,
    consensus,
    earlier,
    gallery,
    guide,
    issues,
    mirror,
    observers,
    people,
    personas,
    poll,
    proposal,
    read_back,
)
from kring.ui.boards.board import Board
from kring.ui.views import technique
from kring.ui.views.live_moment import LiveMoment


class BoardEntry(msgspec.Struct, frozen=True):
    """A board as the screen knows it before it is in sight: its name, which is never shown, and its tab.

    `title` is asked at every look, also while another board is in sight, so it never walks the history; it is told
    whether the board is in sight. `opens` is what the command that opens it has as its action; None for one that
    only the tab line opens.
    """

    name: str
    title: Callable[[LiveMoment, bool], str]
    kind: Callable[[], type[Board]]
    opens: FaceAction | None = None


def _observers(moment: LiveMoment, in_sight: bool) -> str:
    new = sum(row.status == "new" for row in moment.state.observer_questions.values())
    if not moment.state.observer_questions and not in_sight:
        return ""
    return _("observers {n}").format(n=new) if new else _("observers")


def _tests(moment: LiveMoment, _in_sight: bool) -> str:
    settled, every = grid(moment.state).counts
    return _("people × tests {done}/{all}").format(done=settled, all=every) if every else ""


def _issues(moment: LiveMoment, _in_sight: bool) -> str:
    return technique.issues_word(moment.state)


def _people(moment: LiveMoment, _in_sight: bool) -> str:
    return _("participants {n}").format(n=here(moment.voices)) if seated(moment.state) else ""


def _guide(moment: LiveMoment, _in_sight: bool) -> str:
    return _("guide") if moment.state.guide else ""


def _poll(moment: LiveMoment, _in_sight: bool) -> str:
    row = poll_verbs.poll_at_hand(moment.state) if moment.state.polls else None
    if row is None:
        return ""
    found = polls.result(moment.state, row)
    return _("poll {n}").format(n=found.total) if found.total else _("poll")


def _consensus(moment: LiveMoment, in_sight: bool) -> str:
    if not moment.state.consensus and not in_sight:
        return ""
    return _("who agrees")


def _proposal(moment: LiveMoment, in_sight: bool) -> str:
    return _("proposal") if moment.pace_is_due or in_sight else ""


def _breakouts(moment: LiveMoment, in_sight: bool) -> str:
    rooms, item = open_rooms(moment.state), moment.state.current_item
    if rooms:
        return _("rooms {n}").format(n=len(rooms))
    splits = item is not None and is_in_breakout(moment.state, item.id)
    return _("breakout groups") if splits or in_sight else ""


def _briefing(_moment: LiveMoment, in_sight: bool) -> str:
    return _("bring up to date") if in_sight else ""


def _gallery(moment: LiveMoment, _in_sight: bool) -> str:
    return _("gallery") if places(moment.state) else ""


def _mirror(_moment: LiveMoment, in_sight: bool) -> str:
    return _("mirror") if in_sight else ""


def _personas(moment: LiveMoment, _in_sight: bool) -> str:
    return _("persona") if moment.state.personas else ""


def _earlier(moment: LiveMoment, in_sight: bool) -> str:
    return _("earlier groups") if in_sight or (moment.earlier and moment.earlier.groups) else ""


def _read_back(moment: LiveMoment, in_sight: bool) -> str:
    n = len(looking_back.summary_lines(moment.state)) if moment.state.summary_lines else 0
    return _("read-back {n}").format(n=n) if n or in_sight else ""


def _closing(moment: LiveMoment, in_sight: bool) -> str:
    session = moment.state.session
    if session.phase != "ended" and session.debrief_at is None and not in_sight:
        return ""
    found = looking_back.debrief(moment.state, moment.now)
    return _("debrief {done}/{all}").format(done=found.done, all=len(looking_back.FIELDS))


BOARDS: tuple[BoardEntry, ...] = (
    BoardEntry("observers", _observers, lambda: observers.ObserversBoard, FaceAction.OBSERVERS),
    BoardEntry("tests", _tests, lambda: checks.ChecksBoard, FaceAction.TESTS),
    BoardEntry("issues", _issues, lambda: issues.IssuesBoard),
    BoardEntry("people", _people, lambda: people.PeopleBoard),
    BoardEntry("guide", _guide, lambda: guide.GuideBoard),
    BoardEntry("poll", _poll, lambda: poll.PollBoard, FaceAction.POLL_BOARD),
    BoardEntry("consensus", _consensus, lambda: consensus.ConsensusBoard, FaceAction.CONSENSUS_BOARD),
    BoardEntry("proposal", _proposal, lambda: proposal.ProposalBoard, FaceAction.PACE),
    BoardEntry("breakouts", _breakouts, lambda: breakouts.BreakoutsBoard, FaceAction.BREAKOUTS),
    BoardEntry("briefing", _briefing, lambda: briefing.BriefingBoard, FaceAction.BRIEF),
    BoardEntry("gallery", _gallery, lambda: gallery.GalleryBoard, FaceAction.GALLERY),
    BoardEntry("mirror", _mirror, lambda: mirror.MirrorBoard, FaceAction.MIRROR),
    BoardEntry("personas", _personas, lambda: personas.PersonasBoard, FaceAction.PERSONA),
    BoardEntry("earlier", _earlier, lambda: earlier.EarlierBoard, FaceAction.EARLIER_GROUPS),
    BoardEntry("read_back", _read_back, lambda: read_back.ReadBackBoard, FaceAction.SUMMARY),
    BoardEntry("closing", _closing, lambda: closing.ClosingBoard, FaceAction.DEBRIEF),
)


class Boards(Mapping[str, Board]):
    """The boards of one live screen; there is one of each kind, made when it is first in sight."""

    def __init__(self, entries: Sequence[BoardEntry], make: Callable[[type[Board]], Board]) -> None:
        self._entries = {entry.name: entry for entry in entries}
        self._make = make
        self._made: dict[str, Board] = {}

    def __getitem__(self, name: str) -> Board:
        if name not in self._made:
            self._made[name] = self._make(self._entries[name].kind())
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def made(self) -> Iterable[Board]:
        """Return the boards that were in sight."""
        return self._made.values()

    def titles(self, moment: LiveMoment, in_sight: str) -> dict[str, str]:
        """Return the words of the tab line, by board, while the board of this name is in sight."""
        told = {name: entry.title(moment, name == in_sight) for name, entry in self._entries.items()}
        return {name: title for name, title in told.items() if title}
