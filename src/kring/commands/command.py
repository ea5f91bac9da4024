"""What the table says of a command; `kring.commands.table` has one entry for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, Flag, auto
from typing import Literal

import msgspec

from kring.domain.decide import Decision
from kring.domain.decide.earlier import said_later
from kring.domain.decide.ending import OpenPoint
from kring.domain.state import State
from kring.domain.text import N_, Refused, Sentence
from kring.domain.time_text import when_at_end

Group = Literal[
    "guide",
    "leading",
    "answers",
    "floor",
    "notes",
    "people",
    "checks",
    "session",
    "program",
    "moving",
    "showing",
    "correcting",
    "coding",
]
Bar = Literal["prepared", "lobby", "moderator", "assistant", "ended", "typing", "review"]
"""A key bar: before the doors open and before the start, of each role, after the end, for who types, of the review."""
Answers = tuple[str, ...]
Decide = Callable[..., Decision]
"""Makes a decision of the answers to what a command asks."""


class Face(Flag):
    """Where a command can be given: on the live screens, in typed lines, in the review."""

    LIVE = auto()
    LINES = auto()
    REVIEW = auto()


LIVE, LINES, REVIEW = Face


class Part(Enum):
    """What a command may ask; those up to ME a face gives by itself, from its cursor and from who reads what."""

    NOTE = auto()
    CHECK = auto()
    TURN = auto()
    TURN_HERE = auto()
    NOTE_OR_TURN = auto()
    MEMO_ON = auto()
    PROPOSAL = auto()
    PROPOSALS = auto()
    MOMENT = auto()
    BEGIN = auto()
    BEGUN = auto()
    KNOWN = auto()
    ME = auto()
    SEAT = auto()
    SEATS = auto()
    SEAT_OR_TEXT = auto()
    STATUS = auto()
    CHECK_TO_DO = auto()
    PEOPLE = auto()
    CONSENT = auto()
    HOW = auto()
    ITEM = auto()
    ITEM_TO_COME = auto()
    QUESTION = auto()
    PROBE = auto()
    STIMULUS = auto()
    PROBE_KIND = auto()
    YIELD = auto()
    SITUATION = auto()
    NONVERBAL = auto()
    OPEN_ISSUE = auto()
    OBSERVER_QUESTION = auto()
    NOTES_SHOWN = auto()
    MARKED = auto()
    CUE = auto()
    SPEAKER = auto()
    STOP = auto()
    DECISION = auto()
    CODE_CHANGE = auto()
    CODE_INTO = auto()
    CODINGS = auto()
    COLOUR = auto()
    CODE = auto()
    CODE_OR_SESSION = auto()
    NOTE_LINE = auto()
    TAGS = auto()
    ANSWER = auto()
    SUMMARY = auto()
    DEBRIEF = auto()
    MINUTES = auto()
    MINUTES_LOST = auto()
    WHY = auto()
    OWN_PROBE = auto()
    TEXT = auto()
    PASSAGE = auto()
    WORDS = auto()
    TIME = auto()
    WHEN = auto()
    AGO = auto()
    WRONG = auto()
    CHANGE = auto()
    TIMES = auto()
    CODE_NAME = auto()
    CODE_TEXT = auto()
    THEME = auto()
    MEMO = auto()
    DOUBT = auto()
    TAKEN_AS = auto()
    PLACE = auto()


PROMPTS: Mapping[Part | None, str] = {
    Part.NOTE_LINE: N_("Note"),
    Part.TAGS: N_("Tags"),
    Part.WHY: N_("Why? Enter: no reason"),
    Part.TIME: N_("Time on the session's clock"),
    Part.WHEN: N_("Time of day, such as 21:02, or how long ago, such as -5m"),
    Part.AGO: N_("How long ago, such as -2m, or the time of day"),
    Part.CHANGE: N_("Its time (20:14, 20:14-20:16), who or what it was, or remove"),
    Part.TIMES: N_("Time"),
    Part.CODE_NAME: N_("Code"),
    Part.CODE_TEXT: N_("Name: description"),
    Part.THEME: N_("Theme above it; empty: none"),
    Part.MEMO: N_("Memo"),
    Part.OWN_PROBE: N_("What you asked"),
    Part.PEOPLE: N_("Whose consent: seats or names, with commas between them, or all"),
    Part.SEATS: N_("Who: seats or names, with commas between them"),
    Part.CONSENT: N_("To what: yes, no, or audio, quoting …"),
    Part.HOW: N_("How it was given"),
}
"""What stands before a text, where the name of its command doesn't say it."""
MAY_BE_EMPTY = (Part.WHY, Part.THEME, Part.MEMO)


class FaceAction(Enum):
    """What a face does itself; each face maps those of its slice of the table."""

    UNDO = auto()
    REDO = auto()
    PLAN = auto()
    STATUS = auto()
    BRIEF = auto()
    DRAFT = auto()
    ROLE = auto()
    SHARE = auto()
    OBSERVERS = auto()
    FIND = auto()
    RECORD = auto()
    LISTEN = auto()
    HELP = auto()
    QUIT = auto()
    PALETTE = auto()
    THEME = auto()
    CHECKLIST = auto()
    TESTS = auto()
    GALLERY = auto()
    ADMIT = auto()
    MICROPHONE = auto()
    PANEL = auto()
    UNFOLD = auto()
    OPEN_LINK = auto()
    COPY_LINK = auto()
    TALKERS = auto()
    POLL = auto()
    POLL_BOARD = auto()
    CONSENSUS = auto()
    CONSENSUS_BOARD = auto()
    CHAT = auto()
    CONSENTS = auto()
    SUMMARY = auto()
    DEBRIEF = auto()
    TOPLINE = auto()
    MIRROR = auto()
    PERSONA = auto()
    EARLIER_GROUPS = auto()
    GUIDE = auto()
    CHECKS = auto()
    NOTES = auto()
    NEWS = auto()
    WAIT = auto()
    RIGHT = auto()
    EARLIER = auto()
    PACE = auto()
    ROOMS = auto()
    BREAKOUTS = auto()
    MOVE = auto()
    GO_TO_TIME = auto()
    CHOOSE_STOP = auto()
    NEXT_STOP = auto()
    PLAY = auto()
    SPEED = auto()
    FILTER = auto()
    FILES = auto()
    STUBS = auto()
    SHOW_ALL = auto()
    SIDE = auto()
    LARGE = auto()
    SCROLL = auto()
    HIDE_CODERS = auto()
    HIDE_SPEAKERS = auto()
    NAMES = auto()


class Shortcut(msgspec.Struct, frozen=True):
    """A key, and the text that it stands for; `typing` = it works while a line is typed too."""

    key: str
    text: str = ""
    label: str = ""
    typing: bool = False


class Choice(msgspec.Struct, frozen=True):
    """One key that answers a question, the answer, what stands behind the key, and what is asked then."""

    key: str
    answer: str
    word: str = ""
    look: str = ""
    then: tuple[Part, ...] = ()


class Hint(msgspec.Struct, frozen=True):
    """How a command stands in the key bars: its rank in each, 1 for what matters most; where there is no room, the
    highest number goes first. The keys of `text` are shown, else the first one; what `is_last` stands at the end.

    `key_of` and `label_of` say what to show where that depends on what is so now.
    """

    ranks: Mapping[Bar, int]
    text: str | None = None
    label: str = ""
    is_last: bool = False
    key_of: Callable[[State], str] | None = None
    label_of: Callable[[State], str] | None = None


class Confirm(msgspec.Struct, frozen=True):
    """What a screen asks before a command is done, and when; `declined` is said when it wasn't meant.

    `open_points` gives what is still to be done first, as far as there is anything; `told` why it is asked now;
    `lapsed` is said where `when` changes while it is asked.
    """

    question: str
    when: Callable[[State], bool]
    why: str = ""
    declined: str = ""
    open_points: Callable[[State, int], Sequence[OpenPoint]] = lambda _state, _now: ()
    told: Callable[[State], Sentence] | None = None
    lapsed: str = N_("Something was done meanwhile.")


class Shown(msgspec.Struct, frozen=True):
    """What a command would do, and what follows, as it was shown; the decision that does just that, and its outcome."""

    told: Sequence[Sentence]
    decision: Decision
    after: State


class More(msgspec.Struct, frozen=True):
    """What may still be said of an act that is done, and how that is offered; `after` = only after such an answer."""

    part: Part
    prompt: str
    offer: str
    after: Answers = ()


class Command(msgspec.Struct, frozen=True, eq=False):
    """One thing that people can do: its words, keys and help, what it asks, and what it decides.

    `decide` makes a decision of the answers, which `cut` takes from a typed line; `first` is what must be done before
    it, if anything. What is `timed` can be said later, with the moment typed behind it; `decide_at` decides that where
    it is more than the same act at that moment. `action` is what a face does itself, `bare` what it does where nothing
    was said behind the command. `asks_by_name` is asked when a screen was told the command's name, where its key needs
    nothing. `only` is the role that alone may do it; `possible` refuses, before anything is asked, where every answer
    would be. `preview` tells what it would do, and what follows, which a screen shows before it is done. `instead` are
    the commands that its key stands for on rows of other tables.
    """

    word: str
    label: str
    help: str
    group: Group
    faces: Face
    decide: Decide | None = None
    cut: Callable[[str], Answers] | None = None
    keys: tuple[Shortcut, ...] = ()
    asks: tuple[Part, ...] = ()
    aliases: Answers = ()
    usage: str = ""
    hints: tuple[Hint, ...] = ()
    confirm: Confirm | None = None
    more: More | None = None
    action: FaceAction | None = None
    bare: FaceAction | None = None
    asks_by_name: tuple[Part, ...] = ()
    first: Callable[..., Decision | None] | None = None
    timed: bool = False
    decide_at: Callable[..., Decision] | None = None
    instead: Mapping[str, Command] | None = None
    behind_dialogs: bool = False
    only: str = ""
    preview: Callable[..., Shown] | None = None
    possible: Callable[[State], object] | None = None

    def require_possible(self, role: str, state: State) -> None:
        """Refuse before anything is asked what this role may not do, or what can't be done now whatever the answer."""
        self.require_role(role)
        if self.possible is not None:
            self.possible(state)

    def require_role(self, role: str) -> None:
        """Refuse what only another role may do."""
        if self.only not in ("", role):
            raise Refused("Only the {role} does that.", role=Sentence(self.only))

    def decision_of(self, text: str) -> Decision:
        """Return what the text typed behind the command's word decides; raises Refused where that makes no sense."""
        assert self.decide is not None and self.cut is not None, self.word  # noqa: PT018
        said, when = when_at_end(text.strip()) if self.timed else (text.strip(), None)
        if when is None:
            return self.decide(*self.cut(said))
        return (
            self.decide_at(when, *self.cut(said)) if self.decide_at else said_later(self.decide(*self.cut(said)), when)
        )
