"""What is true now: one frozen struct is one table, its fields are the columns.

Its `__doc__` says what a table holds, the annotation of a field what its column is (`domain/columns.py`): people read
both, in the manual and in Datasette. A row's values go into the file as they are: a `Moment` as ISO text, a tuple as a
JSON array (`store/values.py`).
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from kring.domain.columns import (
    Attributes,
    Column,
    Contact,
    FileName,
    Id,
    Name,
    Organisation,
    Personal,
    Ref,
    Staff,
    Words,
)
from kring.domain.text import N_

NoteKind = Literal["quote", "paraphrase", "remark", "nonverbal", "summary", "mark", "chat"]
TurnKind = Literal["participant", "moderator", "crosstalk", "unknown", "silence"]
Status = Literal["expected", "waiting", "present", "away", "left", "no_show"]
ConsentSource = Literal["plan", "session"]
Phase = Literal["prepared", "lobby", "live", "ended"]
GuideKind = Literal[
    "section", "break", "question", "yield", "probe", "instruction", "stimulus", "poll", "activity", "breakout", "note"
]
QuestionKind = Literal["opening", "introductory", "transition", "key", "ending"]
ProbeKind = Literal["detail", "elaboration", "clarification", "example", "contrast"]
QuestionStatus = Literal["new", "accepted", "asked", "declined"]
NotesShown = Literal["none", "starred", "all"]
ObserverNames = Literal["codes", "first_names"]
Situation = Literal["talker", "silent", "expert", "side_track", "conflict", "emotion"]
NonverbalCode = Literal[
    "nods", "shakes_head", "laughs", "frowns", "sighs", "looks_away", "crosses_arms", "silent", "moved"
]
Reminder = Literal["camera", "feelings", "chat", "introductions"]
PollKind = Literal["single", "multiple", "scale", "ranking"]
Stance = Literal["agrees", "dissents", "example_for", "example_against", "nods", "shakes", "no_response"]
CheckPhase = Literal["week_before", "half_hour_before", "start", "during", "break", "after"]
RoomsBy = Literal["drawn", "segment", "hand"]
RecordingSource = Literal["platform", "kring"]
ImportKind = Literal["transcript", "proposals", "file"]
ImportClock = Literal["utc", "wall", "time of day", "recording", "none"]
TakenAs = Literal["name", "word", "open"]
MatchedAs = Literal["participant", "moderator", "team", "unknown", "left_out"]
SpeechSource = Literal["log", "transcript"]
SurveyKind = Literal["nps", "mark", "choice", "open"]
Righted = Literal[
    "turns", "room_turns", "visits", "pauses", "attendance", "issues", "recordings", "answers", "stimuli", "showings",
    "session",
]  # fmt: skip
TurnChange = Literal["move", "reassign", "add", "remove"]
DebriefField = Literal["impression", "surprise", "difference", "guide", "quality", "hypothesis", "action"]


class Moment(int):
    """A point in time: epoch milliseconds UTC."""


FIRST_MS = -62_135_596_800_000  # year 1
LAST_MS = 253_402_300_799_999  # year 9999
Whole = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]  # what a file's column can hold


# rows, facts and events hold no cycles: with gc=False the collector need not walk through thousands of them
class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One row of one table; `id` is the same in memory, in the file and on every laptop."""

    TABLE: ClassVar[str]
    id: Annotated[str, Id(N_("the row's own id"))]


# what several tables have
AT = Column(N_("when"))
T = Column(N_("when, in seconds on the session's clock; empty before the start"))
STARTED = Column(N_("from when"))
ENDED = Column(N_("until when; empty = goes on"))
DURATION = Column(N_("how long, in seconds"))
REMOVED = Column(N_("when it was taken out; empty = it counts"))
WHO = Ref(N_("which participant"), "participants")
SPEAKER = Column(N_("`participant`, `moderator`, `crosstalk`, `unknown` or `silence`"))
ITEM = Ref(N_("which line of the guide"), "guide")
TURN = Ref(N_("which turn"), "turns")
NOTE = Ref(N_("which note"), "notes")
ROOM = Ref(N_("in which room"), "rooms")
POLL = Ref(N_("which poll"), "polls")
ROUND = Column(N_("1 = the first time that it was asked, 2 = asked again …"))
CODE = Ref(N_("which code"), "codes")
SEGMENT = Ref(N_("which file of the recording"), "segments")
IMPORT = Ref(N_("the act that brought it in; empty = it came into being here"), "imports")
LABEL = Name(N_("the name in the file, of who is nobody on the list of participants"))


class SessionRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The session itself; one row.")

    TABLE: ClassVar[str] = "session"
    id: Annotated[str, Id(N_("the session's own id"))]
    title: Annotated[str, Words(N_("title of the plan"))] = ""
    objective: Annotated[str, Words(N_("what the study wants to know"))] = ""
    study: Annotated[str, Words(N_("the study that the session belongs to"))] = ""
    group_number: Annotated[str, Words(N_("which group of the study"))] = ""
    audience: Annotated[str, Words(N_("who the study is about, as the plan says"))] = ""
    persona: Annotated[str, Words(N_("the personas that the group is about, as the plan names them"))] = ""
    language: Annotated[str | None, Column(N_("`nl` or `en`"))] = None
    form: Annotated[str | None, Column(N_("`online`, `in_person` or `hybrid`"))] = None
    planned_start: Annotated[str | None, Column(N_("local time at which it should start"))] = None
    planned_min: Annotated[float | None, Column(N_("how many minutes it should take"))] = None
    project_number: Annotated[str, Words(N_("number of the project, as the plan says"))] = ""
    client: Annotated[str, Organisation(N_("who commissioned the study"))] = ""
    agency: Annotated[str, Organisation(N_("who carries the study out"))] = ""
    recruiter: Annotated[str, Words(N_("who recruited the participants"))] = ""
    incentive: Annotated[str, Words(N_("what participants get for taking part"))] = ""
    stimulus_versions: Annotated[str, Words(N_("which versions of the stimulus material were used"))] = ""
    destroyed_on: Annotated[str, Words(N_("when sound and personal data are destroyed, as the plan says"))] = ""
    platform: Annotated[str, Words(N_("where an online group meets"))] = ""
    link: Annotated[str, Contact(N_("link to the meeting"))] = ""
    assistant_phone: Annotated[str, Contact(N_("whom participants can ring"))] = ""
    moderator: Annotated[str, Staff(N_("the moderator, as the plan says"))] = ""
    assistant: Annotated[str, Staff(N_("the assistant, as the plan says"))] = ""
    plan_file: Annotated[str, FileName(N_("name of the plan's file"))] = ""
    quote_drafts: Annotated[
        bool, Column(N_("1 = the computer may write out what was recorded of a quote that was caught half"))
    ] = False
    columns: Annotated[
        tuple[str, ...], Words(N_("other columns of the list of participants that may leave in files with codes"))
    ] = ()
    silence_s: Annotated[int, Column(N_("how many seconds of silence the moderator is counted after a question"))] = 5
    asked_s: Annotated[int, Column(N_("from how many seconds open at a stretch a question counts as asked"))] = 5
    sentences: Annotated[
        tuple[tuple[str, str], ...],
        Words(N_("the plan's own sentences for a difficult moment, as pairs of the situation and what to say")),
    ] = ()
    reminders: Annotated[bool, Column(N_("1 = the moderator is reminded of what a group online needs"))] = False
    observer_names: Annotated[
        ObserverNames,
        Column(N_("what observers see of the names of who allowed them to watch: `codes` or `first_names`")),
    ] = "codes"
    back_room_kept: Annotated[bool, Column(N_("1 = what observers say to each other is kept"))] = False
    observers_see: Annotated[
        NotesShown, Column(N_("which notes observers see: `none`, the `starred` ones, or `all`"))
    ] = "starred"
    speech_source: Annotated[
        SpeechSource,
        Column(N_("whose turns the report counts: the `log` made by hand, or the `transcript` of a file")),
    ] = "log"
    zone: Annotated[str, Column(N_("time zone of the session"))] = ""
    utc_offset_min: Annotated[int, Column(N_("its distance from UTC, in minutes"))] = 0
    phase: Annotated[Phase, Column(N_("`prepared`, `lobby` (doors open), `live` or `ended`"))] = "prepared"
    created_at: Annotated[Moment | None, Column(N_("when the file was made"))] = None
    doors_at: Annotated[Moment | None, Column(N_("when the doors opened"))] = None
    started_at: Annotated[Moment | None, Column(N_("when the session started"))] = None
    ended_at: Annotated[Moment | None, Column(N_("when the session ended"))] = None
    ended_by: Annotated[str | None, Column(N_("the event by which the session ended"))] = None
    passed_gates: Annotated[
        tuple[str, ...], Words(N_("checks that were still open when the session was started all the same"))
    ] = ()
    debrief_at: Annotated[Moment | None, Column(N_("when the team began to look back on the talk"))] = None
    debrief_skipped_at: Annotated[Moment | None, Column(N_("when the team decided not to look back"))] = None
    debrief_skipped_why: Annotated[str, Words(N_("why the team did not look back"))] = ""
    open_visit: Annotated[str | None, Ref(N_("the visit that is open now"), "visits")] = None
    open_pause: Annotated[str | None, Ref(N_("the pause that is open now"), "pauses")] = None
    open_recording: Annotated[str | None, Ref(N_("the platform's recording that runs now"), "recordings")] = None


class StaffRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Who of the team worked in the file.")

    TABLE: ClassVar[str] = "staff"
    id: Annotated[str, Id(N_("role and name"), ends_with="name")]
    name: Annotated[str, Staff(N_("how they are called"))]
    role: Annotated[str, Column(N_("`moderator`, `assistant` or another role"))]
    joined_at: Annotated[Moment, Column(N_("when they opened the file first"))]
    computer: Annotated[str, Column(N_("on which computer, a random number"))] = ""


class RoleChangeRow(Row, frozen=True, kw_only=True):
    __doc__ = N_(
        "When somebody of the team took another role: an assistant who went on to lead, or the other way round."
    )

    TABLE: ClassVar[str] = "role_changes"
    name: Annotated[str, Staff(N_("who it was"))]
    was: Annotated[str, Column(N_("the role until then"))]
    role: Annotated[str, Column(N_("the role from then on"))]
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    item: Annotated[str | None, Ref(N_("the question that was open"), "guide")] = None


class GuideRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The discussion guide, a row for each line of it.")

    TABLE: ClassVar[str] = "guide"
    id: Annotated[str, Id(N_("stays the same when the plan is read again"))]
    parent: Annotated[str | None, Ref(N_("the section of a question, the question of a probe"), "guide")] = None
    position: Annotated[int, Column(N_("order"))] = 0
    number: Annotated[str, Column(N_("number as on the screen: 2.1"))] = ""
    kind: Annotated[
        GuideKind,
        Column(
            N_(
                "`section`, `break`, `question`, `yield` (what it must bring), `probe`, `instruction`, `stimulus`, "
                "`poll`, `activity`, `breakout` or `note`"
            )
        ),
    ] = "note"
    title: Annotated[str, Words(N_("the text"))] = ""
    question_kind: Annotated[
        QuestionKind | None, Column(N_("`opening`, `introductory`, `transition`, `key` or `ending`"))
    ] = None
    probe_kind: Annotated[
        ProbeKind | None,
        Column(N_("of a probe `detail`, `elaboration`, `clarification`, `example` or `contrast`, where the plan says")),
    ] = None
    must_ask: Annotated[bool, Column(N_("1 = must be asked"))] = False
    planned_s: Annotated[int | None, Column(N_("time box in seconds; of a range the longest"))] = None
    planned_low_s: Annotated[int | None, Column(N_("of a range the shortest, in seconds"))] = None
    added_s: Annotated[int, Column(N_("seconds given or taken while live"))] = 0
    until: Annotated[str | None, Column(N_("fixed time of day of its end"))] = None
    warn_s: Annotated[
        int | None, Column(N_("from how many seconds left it counts as soon over; empty = a fifth of its time"))
    ] = None
    options: Annotated[tuple[str, ...], Words(N_("the options of a poll"))] = ()
    label: Annotated[str | None, Words(N_("of a stimulus its letter; of a question its number in the plan"))] = None
    file: Annotated[str | None, FileName(N_("the file that belongs to it"))] = None
    url: Annotated[str | None, Words(N_("the link that belongs to it"))] = None
    asked_at: Annotated[Moment | None, Column(N_("when the question was opened first, or counted as asked"))] = None
    asked_by_hand: Annotated[bool, Column(N_("1 = somebody counted it as asked, however long it was open"))] = False
    used_at: Annotated[Moment | None, Column(N_("when the probe was used first, or the stimulus shown"))] = None
    skipped_at: Annotated[Moment | None, Column(N_("when it was skipped"))] = None
    removed_at: Annotated[Moment | None, Column(N_("when a plan that was read again no longer had it"))] = None


class PacingRow(Row, frozen=True, kw_only=True):
    __doc__ = N_(
        "Proposals for the time to come that somebody decided on: a row for each line of the guide that got another "
        "time, or would have."
    )

    TABLE: ClassVar[str] = "pacing"
    item: Annotated[str, ITEM]
    before_s: Annotated[int, Column(N_("how many seconds it would have had in all"))]
    after_s: Annotated[int, Column(N_("how many it would have by the proposal"))]
    skipped: Annotated[bool, Column(N_("1 = it would be skipped"))] = False
    accepted: Annotated[bool, Column(N_("1 = accepted, 0 = declined"))] = False
    over_s: Annotated[
        int, Column(N_("how many seconds the expected end was behind the plan then; below zero ahead of it"))
    ] = 0
    still_over_s: Annotated[int, Column(N_("how many seconds it would be behind by the proposal"))] = 0
    at: Annotated[Moment, Column(N_("when it was decided"))]
    t: Annotated[float | None, T] = None
    decided_by: Annotated[str, Staff(N_("who decided"))] = ""


class ParticipantRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The participants, by code.")

    TABLE: ClassVar[str] = "participants"
    id: Annotated[str, Id(N_("the code: P1"))]
    name: Annotated[str, Name(N_("the name; empty in an export with codes"))] = ""
    seat: Annotated[int, Column(N_("the key that gives them the floor"))] = 0
    segment: Annotated[str, Words(N_("the segment"))] = ""
    attributes: Annotated[
        tuple[tuple[str, str], ...], Attributes(N_("the other columns of the plan's table, as pairs"))
    ] = ()
    consent: Annotated[str, Personal(N_("consent as the plan has it"))] = ""
    status: Annotated[Status, Column(N_("`expected`, `waiting`, `present`, `away`, `left` or `no_show`"))] = "expected"
    status_at: Annotated[Moment | None, Column(N_("since when that is so"))] = None
    reason: Annotated[str, Personal(N_("why"))] = ""
    hand_at: Annotated[Moment | None, Column(N_("since when a hand is up"))] = None
    seen_at: Annotated[
        Moment | None, Column(N_("when they were first seen by what stands in no other row: a hand that was up"))
    ] = None
    on_list: Annotated[bool, Column(N_("0 = came without being on the list"))] = True
    removed_at: Annotated[Moment | None, REMOVED] = None
    withdrawn_at: Annotated[
        Moment | None, Column(N_("when they withdrew in the session; nothing of theirs is shown since then"))
    ] = None
    withdrawal: Annotated[str | None, Column(N_("the event by which they withdrew"))] = None
    place: Annotated[
        int | None, Column(N_("place in the gallery or around the table, from 1; empty = nobody arranged it"))
    ] = None
    additions: Annotated[
        str,
        Column(N_("which event added who was not on the list; where two computers did, both, with a space between")),
    ] = ""


class VisitRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("One time that an item of the guide was open; going back makes another row.")

    TABLE: ClassVar[str] = "visits"
    item: Annotated[str, ITEM]
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, ENDED] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    paused_s: Annotated[float, Column(N_("of which pause, in seconds"))] = 0.0
    removed_at: Annotated[Moment | None, REMOVED] = None


class PauseRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("When the session was paused: the guide's clock stood still.")

    TABLE: ClassVar[str] = "pauses"
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, ENDED] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class AttendanceRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("One row for each stretch that somebody had one status.")

    TABLE: ClassVar[str] = "attendance"
    participant: Annotated[str, WHO]
    status: Annotated[Status, Column(N_("`expected`, `waiting`, `present`, `away`, `left` or `no_show`"))]
    reason: Annotated[str, Personal(N_("why"))] = ""
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, ENDED] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    logged: Annotated[bool, Column(N_("1 = somebody logged it, 0 = it followed from a turn"))] = True
    removed_at: Annotated[Moment | None, REMOVED] = None


class BriefingRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("When somebody who came late, or came back, was told what was said so far.")

    TABLE: ClassVar[str] = "briefings"
    participant: Annotated[str, WHO]
    item: Annotated[str | None, Ref(N_("the question that was open"), "guide")] = None
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    logged_by: Annotated[str, Staff(N_("who told"))] = ""


class ConsentRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What each participant consents to.")

    TABLE: ClassVar[str] = "consents"
    participant: Annotated[str, WHO]
    scope: Annotated[str, Words(N_("for what: `all`, or a scope as the plan names it"))]
    given: Annotated[bool, Column(N_("1 = yes, 0 = no or taken back"))]
    at: Annotated[Moment, Column(N_("when it was read from the plan, or noted in the session"))]
    how: Annotated[str, Words(N_("how it was given, as far as that was noted"))] = ""
    source: Annotated[ConsentSource, Column(N_("`plan`, or `session` where it was noted there"))] = "plan"
    noted_by: Annotated[str, Staff(N_("who noted it in the session"))] = ""


class TurnRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("From start to end of one person speaking, or of a silence.")

    TABLE: ClassVar[str] = "turns"
    kind: Annotated[TurnKind, SPEAKER]
    participant: Annotated[str | None, Ref(N_("who, if it is a participant"), "participants")] = None
    item: Annotated[str | None, Ref(N_("the question that was open"), "guide")] = None
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, ENDED] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    logged_by: Annotated[str, Staff(N_("who pressed the key"))] = ""
    changed_at: Annotated[Moment | None, Column(N_("when it was corrected afterwards"))] = None
    removed_at: Annotated[Moment | None, Column(N_("when it turned out to be no turn; empty = it counts"))] = None

    @property
    def is_running(self) -> bool:
        """Whether it has no end yet and counts."""
        return self.ended_at is None and self.removed_at is None


class RoomRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Rooms in which parts of the group talked apart.")

    TABLE: ClassVar[str] = "rooms"
    number: Annotated[int, Column(N_("its number"))]
    item: Annotated[str | None, Ref(N_("the line of the guide that was open"), "guide")] = None
    leader: Annotated[str, Staff(N_("who led it"))] = ""
    computer: Annotated[
        str,
        Column(
            N_(
                "the leader's computer, a random number; empty where it is not known, or is that of another room too: "
                "only what kring recorded there holds this room"
            )
        ),
    ] = ""
    how: Annotated[RoomsBy, Column(N_("how people came to it: `drawn` at random, by `segment`, or by `hand`"))] = "hand"
    seed: Annotated[
        int | None, Column(N_("by which number they were drawn: the same people and number give the same rooms"))
    ] = None
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, ENDED] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    open_turn: Annotated[str | None, Ref(N_("the turn that is open there now"), "room_turns")] = None


class RoomStayRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Who was in which room, and when.")

    TABLE: ClassVar[str] = "room_stays"
    room: Annotated[str, ROOM]
    participant: Annotated[str, WHO]
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, ENDED] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class RoomTurnRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Who spoke in a room: apart from `turns`, for several rooms talk at once.")

    TABLE: ClassVar[str] = "room_turns"
    room: Annotated[str, ROOM]
    kind: Annotated[TurnKind, SPEAKER]
    participant: Annotated[str | None, Ref(N_("who, if it is a participant"), "participants")] = None
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, ENDED] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    logged_by: Annotated[str, Staff(N_("who pressed the key"))] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None


class NoteRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What was written down.")

    TABLE: ClassVar[str] = "notes"
    number: Annotated[int, Column(N_("its number, its own for good; two computers apart may give the same"))] = 0
    kind: Annotated[
        NoteKind,
        Column(
            N_(
                "`quote` (word for word), `paraphrase`, `remark` (the note-taker's own view), `nonverbal`, `summary`, "
                "`mark` (a moment) or `chat` (written in the chat by the participant)"
            )
        ),
    ]
    text: Annotated[str, Words(N_("what it says"))] = ""
    item: Annotated[str | None, Ref(N_("the question that it is about"), "guide")] = None
    participant: Annotated[str | None, Ref(N_("who said or did it"), "participants")] = None
    speaker_kind: Annotated[TurnKind | None, Column(N_("what kind of speaker, where it is no participant"))] = None
    speaker_by_itself: Annotated[
        bool, Column(N_("1 = who spoke was taken from the log of that moment, and follows it; nobody confirmed it yet"))
    ] = False
    room: Annotated[str | None, Ref(N_("in which room of a part of the group it was said"), "rooms")] = None
    tags: Annotated[tuple[str, ...], Words(N_("tags, as a JSON array"))] = ()
    starred: Annotated[bool, Column(N_("1 = important"))] = False
    parked: Annotated[bool, Column(N_("1 = a question for later"))] = False
    stub: Annotated[
        bool, Column(N_("1 = only the first words, to be completed from the recording: not to be quoted as it is"))
    ] = False
    drafted: Annotated[
        bool,
        Column(N_("1 = its words came from a machine and nobody listened to them yet: not to be quoted as they are")),
    ] = False
    at: Annotated[Moment, Column(N_("when it was said"))]
    t: Annotated[float | None, T] = None
    code: Annotated[
        NonverbalCode | None,
        Column(
            N_(
                "of a nonverbal note that was made by one key: `nods`, `shakes_head`, `laughs`, `frowns`, `sighs`, "
                "`looks_away`, `crosses_arms`, `silent` or `moved`"
            )
        ),
    ] = None
    author: Annotated[str, Staff(N_("who wrote it"))] = ""
    role: Annotated[str, Column(N_("in which role"))] = ""
    written_at: Annotated[Moment, Column(N_("when it was written"))]
    changed_at: Annotated[Moment | None, Column(N_("when it was corrected"))] = None
    raised_at: Annotated[Moment | None, Column(N_("when the parked question was put to the group"))] = None
    import_id: Annotated[str | None, IMPORT] = None
    label: Annotated[str, LABEL] = ""
    replies_to: Annotated[str | None, Ref(N_("which message of the chat it answers"), "notes")] = None
    private: Annotated[bool, Column(N_("1 = written to one person in the chat, not to all"))] = False
    private_to: Annotated[str, Name(N_("to whom then, by the name in the file"))] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None


class CheckRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The checklist.")

    TABLE: ClassVar[str] = "checks"
    number: Annotated[int, Column(N_("its number, its own for good; 0 = it is not ticked itself"))] = 0
    phase: Annotated[CheckPhase, Column(N_("`week_before`, `half_hour_before`, `start`, `during`, `break` or `after`"))]
    position: Annotated[int, Column(N_("order"))] = 0
    title: Annotated[str, Words(N_("what to check"))] = ""
    gate: Annotated[bool, Column(N_("1 = asked for before the start"))] = False
    planned: Annotated[bool, Column(N_("1 = from the plan, 0 = added"))] = False
    each: Annotated[
        bool, Column(N_("1 = the pattern of which every participant gets copies; not to be ticked itself"))
    ] = False
    parts: Annotated[tuple[str, ...], Words(N_("the parts of such a pattern"))] = ()
    pattern: Annotated[str | None, Ref(N_("of a copy, its pattern"), "checks")] = None
    participant: Annotated[str | None, Ref(N_("of a copy, whose it is"), "participants")] = None
    item: Annotated[str | None, Ref(N_("the moment in the guide that it belongs to"), "guide")] = None
    url: Annotated[str | None, Words(N_("the link that belongs to it"))] = None
    done_at: Annotated[Moment | None, Column(N_("when it was ticked; empty = it was not"))] = None
    done_by: Annotated[str | None, Staff(N_("by whom"))] = None
    removed_at: Annotated[Moment | None, REMOVED] = None
    recording: Annotated[bool, Column(N_("1 = it asks for a recording that runs, which ticks it"))] = False
    consent: Annotated[bool, Column(N_("1 = it asks for everybody's consent, which ticks it"))] = False
    waived_at: Annotated[Moment | None, Column(N_("when it was said not to apply; empty = it applies"))] = None
    waived_by: Annotated[str | None, Staff(N_("who said that it does not apply"))] = None


class IssueRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Technical issues.")

    TABLE: ClassVar[str] = "issues"
    title: Annotated[str, Words(N_("what went wrong"))]
    participant: Annotated[str | None, Ref(N_("for whom; empty = for everybody"), "participants")] = None
    item: Annotated[str | None, Ref(N_("the question that was open"), "guide")] = None
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, ENDED] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    minutes_lost: Annotated[float | None, Column(N_("minutes lost, as somebody judged it; empty = not said"))] = None
    logged_by: Annotated[str, Staff(N_("who wrote it"))] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None
    failed_check: Annotated[str | None, Ref(N_("the check that failed, if that is what it is"), "checks")] = None


class CueRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Private messages to the moderator.")

    TABLE: ClassVar[str] = "cues"
    text: Annotated[str, Words(N_("what it says"))]
    value: Annotated[str, Words(N_("fills the place in a text of the program itself"))] = ""
    sender: Annotated[str, Staff(N_("who sent it"))] = ""
    automatic: Annotated[bool, Column(N_("1 = the program sent it"))] = False
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    seen_at: Annotated[Moment | None, Column(N_("when it was acknowledged"))] = None
    seen_by: Annotated[str | None, Staff(N_("by whom"))] = None
    question: Annotated[
        str | None, Ref(N_("the question of an observer that it is; empty = it is none"), "observer_questions")
    ] = None
    same_as: Annotated[str | None, Ref(N_("the cue of another computer that says the same, and counts"), "cues")] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class ObserverQuestionRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Questions of observers, who only watch, and what became of each.")

    TABLE: ClassVar[str] = "observer_questions"
    number: Annotated[int, Column(N_("its number, its own for good; two computers apart may give the same"))] = 0
    text: Annotated[str, Words(N_("the question"))]
    status: Annotated[
        QuestionStatus,
        Column(N_("`new`, `accepted` (the moderator gets it as a cue), `asked` (put to the group) or `declined`")),
    ] = "new"
    reason: Annotated[str, Words(N_("why, as the observer is told"))] = ""
    item: Annotated[str | None, Ref(N_("the question that was open"), "guide")] = None
    asked_by: Annotated[str, Staff(N_("which observer"))] = ""
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    decided_at: Annotated[Moment | None, Column(N_("when it was accepted or declined; empty = new"))] = None
    decided_by: Annotated[str, Staff(N_("who accepted or declined it"))] = ""
    raised_at: Annotated[Moment | None, Column(N_("when it was put to the group"))] = None
    raised_by: Annotated[str, Staff(N_("who logged that it was put to the group"))] = ""


class BackRoomRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What observers said to each other, where the plan has that kept; no screen of the team shows it.")

    TABLE: ClassVar[str] = "back_room"
    text: Annotated[str, Words(N_("what it says"))]
    said_by: Annotated[str, Staff(N_("which observer"))] = ""
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None


class StimulusRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What is shown or handed out.")

    TABLE: ClassVar[str] = "stimuli"
    item: Annotated[str | None, ITEM] = None
    label: Annotated[str, Words(N_("its letter"))] = ""
    title: Annotated[str, Words(N_("what it is"))] = ""
    file: Annotated[str | None, FileName(N_("the file that belongs to it"))] = None
    shown_at: Annotated[Moment | None, Column(N_("when it was shown first"))] = None
    t: Annotated[float | None, T] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class ShowingRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("One time that stimulus material was shown; showing it again makes another row.")

    TABLE: ClassVar[str] = "showings"
    stimulus: Annotated[str, Ref(N_("what was shown"), "stimuli")]
    item: Annotated[str | None, Ref(N_("the question that was open"), "guide")] = None
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, Column(N_("when it was taken away; empty = it is still on"))] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    shown_by: Annotated[str, Staff(N_("who showed it"))] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None


class PollRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The polls of the plan.")

    TABLE: ClassVar[str] = "polls"
    item: Annotated[str | None, ITEM] = None
    kind: Annotated[
        PollKind,
        Column(N_("`single` (one option), `multiple` (several), `scale` (a number) or `ranking` (all in order)")),
    ] = "single"
    title: Annotated[str, Words(N_("what is asked"))] = ""
    options: Annotated[tuple[str, ...], Words(N_("what can be answered"))] = ()
    removed_at: Annotated[Moment | None, REMOVED] = None


class YieldRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What questions must bring, by the plan, and whether that was heard.")

    TABLE: ClassVar[str] = "yields"
    item: Annotated[str | None, Ref(N_("the question that must bring it"), "guide")] = None
    title: Annotated[str, Words(N_("what must be heard"))] = ""
    heard_at: Annotated[Moment | None, Column(N_("when it was heard; empty = it was not"))] = None
    heard_by: Annotated[str | None, Staff(N_("who ticked it"))] = None
    t: Annotated[float | None, T] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class SegmentDefinitionRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Who belongs to which segment, as the study had it when the plan was read.")

    TABLE: ClassVar[str] = "segment_definitions"
    segment: Annotated[str, Words(N_("the segment"))]
    definition: Annotated[str, Words(N_("who belongs to it"))] = ""
    since: Annotated[str | None, Column(N_("the day from which that holds; empty = always"))] = None
    holds: Annotated[bool, Column(N_("1 = it held on the day of the session"))] = False
    removed_at: Annotated[Moment | None, REMOVED] = None


class PersonaRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The personas of the study: made-up people, never participants.")

    TABLE: ClassVar[str] = "personas"
    id: Annotated[str, Id(N_("the name of the persona"))]
    segment: Annotated[str, Words(N_("the segment that it stands for"))] = ""
    demographics: Annotated[str, Words(N_("age, family, work"))] = ""
    behaviour: Annotated[str, Words(N_("what they do"))] = ""
    goals: Annotated[str, Words(N_("what they want to reach"))] = ""
    frustrations: Annotated[str, Words(N_("what is in their way"))] = ""
    matters: Annotated[str, Words(N_("what matters to them"))] = ""
    media: Annotated[str, Words(N_("where they are reached"))] = ""
    message: Annotated[str, Words(N_("what the client says to them"))] = ""
    others: Annotated[
        tuple[tuple[str, str], ...], Words(N_("what else the study says of them, as pairs of heading and text"))
    ] = ()
    removed_at: Annotated[Moment | None, REMOVED] = None


class ProbeRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Probes that were put to the group, a row for each time.")

    TABLE: ClassVar[str] = "probes"
    item: Annotated[str | None, Ref(N_("the question that was open"), "guide")] = None
    planned: Annotated[str | None, Ref(N_("the probe of the guide; empty = one of the moderator's own"), "guide")] = (
        None
    )
    kind: Annotated[
        ProbeKind | None,
        Column(N_("`detail`, `elaboration`, `clarification`, `example` or `contrast`; empty = nobody said")),
    ] = None
    text: Annotated[str, Words(N_("what was asked"))] = ""
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    used_by: Annotated[str, Staff(N_("who logged it"))] = ""


class InvitationRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Whom the moderator invited to speak, and when.")

    TABLE: ClassVar[str] = "invitations_to_speak"
    participant: Annotated[str, WHO]
    item: Annotated[str | None, Ref(N_("the question that was open"), "guide")] = None
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    invited_by: Annotated[str, Staff(N_("who logged it"))] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None


class SentenceRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Sentences for a difficult moment that were put on the moderator's screen.")

    TABLE: ClassVar[str] = "sentences"
    situation: Annotated[Situation, Column(N_("`talker`, `silent`, `expert`, `side_track`, `conflict` or `emotion`"))]
    text: Annotated[str, Words(N_("what it says"))] = ""
    item: Annotated[str | None, Ref(N_("the question that was open"), "guide")] = None
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    shown_by: Annotated[str, Staff(N_("who asked for it"))] = ""


class ReminderRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Reminders of what a group online needs, which the moderator put away.")

    TABLE: ClassVar[str] = "reminders"
    reminder: Annotated[Reminder, Column(N_("`camera`, `feelings`, `chat` or `introductions`"))]
    at: Annotated[Moment, Column(N_("when it was put away"))]
    t: Annotated[float | None, T] = None
    seen_by: Annotated[str, Staff(N_("by whom"))] = ""


class PollRoundRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("One time that a poll was asked; asking it again makes another row.")

    TABLE: ClassVar[str] = "poll_rounds"
    poll: Annotated[str, POLL]
    number: Annotated[int, ROUND] = 1
    item: Annotated[str | None, Ref(N_("the question that was open"), "guide")] = None
    at: Annotated[Moment, Column(N_("when it was asked, or answered first"))]
    t: Annotated[float | None, T] = None


class AnswerRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The answer of one participant to one poll, in one of its rounds; the last one given counts.")

    TABLE: ClassVar[str] = "answers"
    poll: Annotated[str, POLL]
    round: Annotated[int, ROUND] = 1
    participant: Annotated[str, WHO]
    value: Annotated[str, Words(N_("the answer; several with `; ` between them, of a ranking the first one first"))]
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    import_id: Annotated[str | None, IMPORT] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class PollCountRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("How many chose an option of a poll, where the answers were counted without names.")

    TABLE: ClassVar[str] = "poll_counts"
    poll: Annotated[str, POLL]
    round: Annotated[int, ROUND] = 1
    value: Annotated[str, Words(N_("the option"))]
    count: Annotated[int, Column(N_("how many chose it"))] = 0
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    counted_by: Annotated[str, Staff(N_("who counted"))] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None


class StatementRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Statements that came up on a question, of which it is noted who agrees.")

    TABLE: ClassVar[str] = "statements"
    item: Annotated[str | None, ITEM] = None
    number: Annotated[int, Column(N_("its number on that question, its own for good: 1 = a"))] = 0
    text: Annotated[str, Words(N_("what it says"))]
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    added_by: Annotated[str, Staff(N_("who wrote it"))] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None


class StanceRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Where one participant stands on a question or on a statement; no row = nobody looked.")

    TABLE: ClassVar[str] = "consensus"
    item: Annotated[str, ITEM]
    statement: Annotated[str | None, Ref(N_("which statement; empty = the question itself"), "statements")] = None
    participant: Annotated[str, WHO]
    stance: Annotated[
        Stance,
        Column(
            N_(
                "`agrees`, `example_for`, `nods`, `dissents`, `example_against`, `shakes` (the head) or `no_response` "
                "(looked at, nothing seen)"
            )
        ),
    ]
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    noted_by: Annotated[str, Staff(N_("who noted it"))] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None


class RecordingRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Which stretch of the session was recorded.")

    TABLE: ClassVar[str] = "recordings"
    source: Annotated[str, Column(N_("`platform` or `kring`"))]
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, ENDED] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    device: Annotated[str, Words(N_("the microphone"))] = ""
    computer: Annotated[str, Column(N_("of kring's own: on which computer, a random number"))] = ""
    folder: Annotated[str, Words(N_("where the files lie, seen from the session file"))] = ""
    why: Annotated[str, Words(N_("why it ended"))] = ""
    without_consent: Annotated[
        tuple[str, ...], Words(N_("who had not consented to audio when it began all the same, by code"))
    ] = ()


class SegmentRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The files of sound: of kring's own recording, and of one of the platform that was brought in.")

    TABLE: ClassVar[str] = "segments"
    source: Annotated[RecordingSource, Column(N_("`kring`, or `platform` of a file that was brought in"))] = "kring"
    recording: Annotated[str | None, Ref(N_("of which recording of kring"), "recordings")] = None
    number: Annotated[int, Column(N_("order"))]
    file: Annotated[str, FileName(N_("where the file lies, seen from the session file"))]
    rate: Annotated[int, Column(N_("samples a second"))]
    channels: Annotated[int, Column(N_("how many channels"))]
    device: Annotated[str, Words(N_("the microphone"))] = ""
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment | None, ENDED] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    frames: Annotated[int | None, Column(N_("how many samples a channel"))] = None
    why: Annotated[str, Words(N_("why it ended"))] = ""
    sha256: Annotated[str, Column(N_("checksum of the file"))] = ""
    bytes: Annotated[int | None, Column(N_("size of the file"))] = None
    import_id: Annotated[str | None, IMPORT] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class AnchorRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("How a recording lies on the clock: how many samples had come in at a moment.")

    TABLE: ClassVar[str] = "anchors"
    segment: Annotated[str, SEGMENT]
    frames: Annotated[int, Column(N_("how many samples had come in"))]
    elapsed_us: Annotated[int, Column(N_("microseconds since the computer started"))]
    wall_ms: Annotated[int, Column(N_("the computer's clock, in milliseconds since 1970"))]
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None


class VoiceRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Stretches of sound in which somebody speaks, whoever it is.")

    TABLE: ClassVar[str] = "voice"
    segment: Annotated[str, SEGMENT]
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment, ENDED]
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float, DURATION]


class TurnProposalRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Changes of the turns that the sound suggests; nothing changes before somebody accepts one.")

    TABLE: ClassVar[str] = "turn_proposals"
    number: Annotated[int, Column(N_("its place among those that were proposed together"))] = 0
    change: Annotated[TurnChange, Column(N_("`move`, `reassign`, `add` or `remove`"))]
    turn: Annotated[str | None, TURN] = None
    kind: Annotated[TurnKind, SPEAKER]
    participant: Annotated[str | None, WHO] = None
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment, ENDED]
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float, DURATION]
    method: Annotated[str, Column(N_("how it was found"))] = ""
    decided_at: Annotated[Moment | None, Column(N_("when somebody decided on it"))] = None
    decided_by: Annotated[str | None, Staff(N_("who decided"))] = None
    accepted: Annotated[bool | None, Column(N_("1 = accepted, 0 = refused; empty = nobody decided"))] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class ImportRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Acts that brought in what a machine or another program wrote.")

    TABLE: ClassVar[str] = "imports"
    kind: Annotated[ImportKind, Column(N_("`transcript` of a machine here, `proposals`, or `file` of another program"))]
    number: Annotated[int, Column(N_("number of the file, its own for good; 0 = it was no file"))] = 0
    source: Annotated[str, Column(N_("where it comes from; of a file its format"))] = ""
    engine: Annotated[str, Column(N_("what wrote it down"))] = ""
    language: Annotated[str, Column(N_("`nl` or `en`"))] = ""
    read_at: Annotated[Moment, Column(N_("when it was brought in"))]
    read_by: Annotated[str, Staff(N_("who brought it in"))] = ""
    file: Annotated[str, FileName(N_("name of the file"))] = ""
    sha256: Annotated[str, Column(N_("checksum of the file"))] = ""
    clock: Annotated[
        ImportClock | None,
        Column(
            N_(
                "from where the times in the file count: `utc`, `wall` (date and time of day), `time of day`, "
                "`recording` (its beginning) or `none`"
            )
        ),
    ] = None
    offset_s: Annotated[
        float | None,
        Column(N_("how many seconds its times were moved; of `recording` where on the session's clock that began")),
    ] = None
    counts: Annotated[
        tuple[tuple[str, int], ...], Words(N_("how many of each came in, as pairs of what and how many"))
    ] = ()
    skipped: Annotated[int, Column(N_("how many lines of the file were not read"))] = 0
    also: Annotated[
        tuple[str, ...], Words(N_("rows that an earlier file brought in and that are in this file too, as JSON"))
    ] = ()
    removed_at: Annotated[Moment | None, REMOVED] = None
    removed_why: Annotated[str, Words(N_("why it was taken out"))] = ""


class ImportNameRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Names in files that were brought in, and whom each of them means.")

    TABLE: ClassVar[str] = "import_names"
    import_id: Annotated[str, IMPORT]
    label: Annotated[str, Name(N_("the name in the file; empty in an export with codes"))] = ""
    who: Annotated[
        MatchedAs,
        Column(N_("`participant`, `moderator`, `team` (of it, but not leading), `unknown` or `left_out`")),
    ]
    participant: Annotated[str | None, WHO] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class ReactionRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Signs under messages of the chat, such as a thumb, a row for each and each who gave it.")

    TABLE: ClassVar[str] = "chat_reactions"
    import_id: Annotated[str, IMPORT]
    note: Annotated[str, Ref(N_("under which message"), "notes")]
    sign: Annotated[str, Words(N_("the sign"))]
    participant: Annotated[str | None, WHO] = None
    label: Annotated[str, LABEL] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None


class SignalRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What people did with a button of the meeting: raised a hand, reacted, unmuted.")

    TABLE: ClassVar[str] = "signals"
    import_id: Annotated[str, IMPORT]
    participant: Annotated[str | None, WHO] = None
    label: Annotated[str, LABEL] = ""
    what: Annotated[str, Words(N_("what it was, in the words of the file"))]
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class PlatformStayRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("When people were in the meeting by the platform's own list, beside the attendance that was logged.")

    TABLE: ClassVar[str] = "platform_stays"
    import_id: Annotated[str, IMPORT]
    participant: Annotated[str | None, WHO] = None
    label: Annotated[str, LABEL] = ""
    in_waiting_room: Annotated[bool, Column(N_("1 = in the waiting room, which is not in the meeting"))] = False
    role: Annotated[str, Words(N_("in which role, in the words of the file"))] = ""
    started_at: Annotated[Moment | None, Column(N_("from when; empty = the list doesn't say"))] = None
    ended_at: Annotated[Moment | None, Column(N_("until when; empty = the list doesn't say"))] = None
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float | None, DURATION] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class PlatformAnswerRow(Row, frozen=True, kw_only=True):
    __doc__ = N_(
        "Answers to polls of the platform that are no answer of a participant to a poll of the plan, or that differ "
        "from what was logged."
    )

    TABLE: ClassVar[str] = "platform_answers"
    import_id: Annotated[str, IMPORT]
    poll: Annotated[str | None, Ref(N_("the poll of the plan that asks the same; empty = none does"), "polls")] = None
    question: Annotated[str, Words(N_("what was asked"))]
    participant: Annotated[str | None, Ref(N_("which participant; empty = nobody of the list"), "participants")] = None
    label: Annotated[str, LABEL] = ""
    value: Annotated[str, Words(N_("the answer; several with `; ` between them"))]
    at: Annotated[Moment | None, AT] = None
    t: Annotated[float | None, T] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class SurveyQuestionRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The questions of surveys that were brought in.")

    TABLE: ClassVar[str] = "survey_questions"
    import_id: Annotated[str, IMPORT]
    position: Annotated[int, Column(N_("order"))] = 0
    name: Annotated[str, Words(N_("what the survey calls it"))] = ""
    title: Annotated[str, Words(N_("the question"))] = ""
    kind: Annotated[
        SurveyKind,
        Column(N_("`nps` (how likely to recommend, 0 to 10), `mark` (numbers), `choice` (few answers) or `open`")),
    ] = "open"
    removed_at: Annotated[Moment | None, REMOVED] = None


class SurveyAnswerRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What each respondent of a survey answered, a row for each question that has an answer.")

    TABLE: ClassVar[str] = "survey_answers"
    import_id: Annotated[str, IMPORT]
    respondent: Annotated[int, Column(N_("number of the respondent in that survey"))]
    participant: Annotated[
        str | None, Ref(N_("which participant that is; empty = nobody of the list"), "participants")
    ] = None
    question: Annotated[str, Ref(N_("which question"), "survey_questions")]
    value: Annotated[str, Words(N_("the answer"))]
    complete: Annotated[bool, Column(N_("1 = the respondent came to the end of the survey"))] = True
    test: Annotated[bool, Column(N_("1 = somebody who made the survey tried it"))] = False
    told_by_file: Annotated[
        str,
        Personal(N_("code that a column of the file tells: who withdraws takes the answers along; for nothing else")),
    ] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None


class AttachmentRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Files that are kept in the session file; their bytes are in `attached_files`, by checksum.")

    TABLE: ClassVar[str] = "attachments"
    import_id: Annotated[str, IMPORT]
    name: Annotated[str, FileName(N_("name of the file"))]
    media_type: Annotated[str, Column(N_("what it is, such as `image/png`"))] = ""
    sha256: Annotated[str, Column(N_("checksum of the file"))]
    bytes: Annotated[int, Column(N_("size of the file"))]
    at: Annotated[Moment | None, Column(N_("the moment that it belongs to; empty = the whole session"))] = None
    t: Annotated[float | None, T] = None
    added_by: Annotated[str, Staff(N_("who brought it in"))] = ""
    erased_at: Annotated[Moment | None, Column(N_("when its bytes were erased; what came in of it stays"))] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class TranscriptRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What was said, as a machine here wrote it down (a draft), or as a file of another program has it.")

    TABLE: ClassVar[str] = "transcript"
    import_id: Annotated[str | None, Ref(N_("the act that brought it in"), "imports")] = None
    source: Annotated[str, Column(N_("where it comes from: `draft` by a machine here, or the format of a file"))] = ""
    turn: Annotated[str | None, TURN] = None
    participant: Annotated[str | None, WHO] = None
    speaker_kind: Annotated[TurnKind | None, SPEAKER] = None
    label: Annotated[str, LABEL] = ""
    text: Annotated[str, Words(N_("the words"))]
    words: Annotated[
        tuple[tuple[float, float, str], ...],
        Words(N_("each word with its begin and end on the session's clock, as a JSON array")),
    ] = ()
    language: Annotated[str, Column(N_("in which language"))] = ""
    engine: Annotated[str, Words(N_("what wrote it"))] = ""
    started_at: Annotated[Moment, STARTED]
    ended_at: Annotated[Moment, ENDED]
    t: Annotated[float | None, T] = None
    duration_s: Annotated[float, DURATION]
    approximate: Annotated[bool, Column(N_("1 = the file says only nearly when it was said"))] = False
    removed_at: Annotated[Moment | None, REMOVED] = None


class CodeRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The codebook; a theme is a code above others.")

    TABLE: ClassVar[str] = "codes"
    name: Annotated[str, Words(N_("the code"))]
    description: Annotated[str, Words(N_("when to give it"))] = ""
    colour: Annotated[str, Words(N_("its colour"))] = ""
    parent: Annotated[str | None, Ref(N_("the theme that it belongs to"), "codes")] = None
    added_by: Annotated[str, Staff(N_("who added it"))] = ""
    added_at: Annotated[Moment, Column(N_("when it was added"))]
    merged_into: Annotated[str | None, Ref(N_("the code that it went into"), "codes")] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class CodingRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("One coder's code on one note or one turn.")

    TABLE: ClassVar[str] = "codings"
    code: Annotated[str, CODE]
    note: Annotated[str | None, NOTE] = None
    turn: Annotated[str | None, TURN] = None
    coder: Annotated[str, Staff(N_("who gave it"))] = ""
    at: Annotated[Moment, AT]
    removed_at: Annotated[Moment | None, REMOVED] = None


class CodedUntilRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("How far each coder coded everything, also where no code fits.")

    TABLE: ClassVar[str] = "coded_until"
    id: Annotated[str, Id(N_("the coder"), ends_with="coder")]
    coder: Annotated[str, Staff(N_("who coded"))]
    until: Annotated[Moment, Column(N_("up to when in the session"))]
    at: Annotated[Moment, AT]


class NameRulingRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Words that may be names, and what somebody decided: whose name it is, or that it is a word.")

    TABLE: ClassVar[str] = "name_rulings"
    words: Annotated[str, Name(N_("the word, or words that belong together; empty in an export with codes"))] = ""
    taken_as: Annotated[Literal["name", "word"], Column(N_("`name` or `word`"))]
    participant: Annotated[str | None, Ref(N_("whose name; empty = of whoever bears it"), "participants")] = None
    place: Annotated[str, Column(N_("the row in which it holds, as table/id; empty = wherever the words stand"))] = ""
    ruled_by: Annotated[str, Staff(N_("who decided"))] = ""
    at: Annotated[Moment, AT]
    removed_at: Annotated[Moment | None, REMOVED] = None


class MemoRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What a researcher thinks of a note, a turn, a code, or of the session as a whole.")

    TABLE: ClassVar[str] = "memos"
    text: Annotated[str, Words(N_("what it says"))]
    note: Annotated[str | None, NOTE] = None
    turn: Annotated[str | None, TURN] = None
    code: Annotated[str | None, CODE] = None
    author: Annotated[str, Staff(N_("who wrote it"))] = ""
    at: Annotated[Moment, AT]
    changed_at: Annotated[Moment | None, Column(N_("when it was corrected"))] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class TurnJudgementRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("Whom a second coder hears in a turn, beside what the log says.")

    TABLE: ClassVar[str] = "turn_judgements"
    id: Annotated[str, Id(N_("the turn and the coder"), ends_with="coder")]
    turn: Annotated[str, TURN]
    coder: Annotated[str, Staff(N_("who listened"))]
    kind: Annotated[TurnKind, SPEAKER]
    participant: Annotated[str | None, WHO] = None
    at: Annotated[Moment, AT]


class CoreqRow(Row, frozen=True, kw_only=True):
    __doc__ = N_(
        "The researcher's answers to items of COREQ, the checklist for reports on interviews and focus groups."
    )

    TABLE: ClassVar[str] = "coreq"
    id: Annotated[str, Id(N_("number of the item"))]
    answer: Annotated[str, Words(N_("the answer"))]
    answered_by: Annotated[str, Staff(N_("who answered"))] = ""
    answered_at: Annotated[Moment, Column(N_("when it was answered"))]


class SummaryLineRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The summary for the group, a row for each line of it.")

    TABLE: ClassVar[str] = "summary_lines"
    number: Annotated[int, Column(N_("its number, its own for good"))] = 0
    text: Annotated[str, Words(N_("what it says"))]
    note: Annotated[str | None, Ref(N_("the note that it was made of"), "notes")] = None
    written_by: Annotated[str, Staff(N_("who wrote it"))] = ""
    written_at: Annotated[Moment, Column(N_("when it was written"))]
    changed_at: Annotated[Moment | None, Column(N_("when it was corrected"))] = None
    read_at: Annotated[Moment | None, Column(N_("when it was last read back to the group; empty = it was not"))] = None
    removed_at: Annotated[Moment | None, REMOVED] = None


class SummaryAnswerRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What each participant said of the summary when it was read back.")

    TABLE: ClassVar[str] = "summary_answers"
    participant: Annotated[str, WHO]
    line: Annotated[str | None, Ref(N_("the line that it is about; empty = the whole"), "summary_lines")] = None
    agreed: Annotated[bool, Column(N_("1 = said that it is right, 0 = corrected it"))] = False
    correction: Annotated[str, Words(N_("what was not right, in the note-taker's words"))] = ""
    at: Annotated[Moment, AT]
    t: Annotated[float | None, T] = None
    noted_by: Annotated[str, Staff(N_("who noted it"))] = ""
    removed_at: Annotated[Moment | None, REMOVED] = None


class DebriefRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("What the team answered in the debrief, a row for each field and each of them.")

    TABLE: ClassVar[str] = "debrief"
    id: Annotated[str, Id(N_("the field and who answered"), ends_with="author")]
    field: Annotated[
        DebriefField,
        Column(
            N_(
                "`impression`, `surprise`, `difference` (from earlier groups), `guide` (what to change in it), "
                "`quality`, `hypothesis` or `action`"
            )
        ),
    ]
    answer: Annotated[str, Words(N_("the answer"))]
    author: Annotated[str, Staff(N_("who answered"))] = ""
    role: Annotated[str, Column(N_("in which role"))] = ""
    answered_at: Annotated[Moment, Column(N_("when it was answered"))]
    removed_at: Annotated[Moment | None, REMOVED] = None


class DeviceRow(Row, frozen=True, kw_only=True):
    __doc__ = N_("The computers that worked in the session, and their clocks.")

    TABLE: ClassVar[str] = "devices"
    id: Annotated[str, Id(N_("the computer, a random number"))]
    boot: Annotated[str, Column(N_("which run of the computer the clock was tied to wall time in"))] = ""
    wall_ms: Annotated[int | None, Column(N_("wall time at that moment, in ms since 1970 (UTC)"))] = None
    elapsed_ms: Annotated[int | None, Column(N_("how long the computer ran then, in ms"))] = None
    awake_ms: Annotated[int | None, Column(N_("how long of that it did not sleep, in ms"))] = None
    drift_ms: Annotated[int, Column(N_("how far its wall clock walked away since then, in ms"))] = 0
    slept_ms: Annotated[int, Column(N_("how long it slept since then, in ms"))] = 0
    open_recording: Annotated[str | None, Ref(N_("kring's own recording that runs on it now"), "recordings")] = None


# in the order above, which is that of the tables in a file
ROWS: tuple[type[Row], ...] = tuple(Row.__subclasses__())
