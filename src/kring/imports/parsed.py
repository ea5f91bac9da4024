"""What a file of another program holds, on its own clock and with its own names, before anything is brought in.

The models are checked by pydantic, since what comes in was written elsewhere. Times are whole milliseconds on the
clock of the file (`Clock` says from where they count); `line` is where in the file it stands, from 1 on, or the row
of a sheet.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kring.domain.text import Sentence

Line = Annotated[int, Field(ge=1)]
Millis = int


class Clock(StrEnum):
    """From where the times in a file count."""

    UTC = "utc"
    """From 1970-01-01 UTC: the file says the zone, or is known to be written in UTC."""
    WALL = "wall"
    """Date and time of day where the file was made, without its zone: counted from 1970-01-01 as if that were UTC."""
    TIME_OF_DAY = "time of day"
    """From midnight of the first day in the file; past midnight it counts on beyond 24 hours."""
    RECORDING = "recording"
    """From the beginning of the platform's recording, or of the sound that was transcribed."""
    NONE = "none"
    """No times, or none that place it in the evening."""


class Read(BaseModel):
    """Something that stands in a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: Line


class Utterance(Read):
    """A stretch of speech; `words` with begin and end in ms, `is_approximate` where its time is only near."""

    start_ms: Millis | None
    end_ms: Millis | None = None
    speaker: str = ""
    text: str
    words: tuple[tuple[Millis, Millis, str], ...] = ()
    is_approximate: bool = False


class Reaction(BaseModel):
    """A sign under a message, and who gave it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sign: str
    people: tuple[str, ...] = ()


class Message(Read):
    """Something written in the chat; `replies_to` is the line of the message that it answers."""

    at_ms: Millis | None
    author: str
    text: str
    recipient: str = ""
    is_private: bool = False
    replies_to: Line | None = None
    reactions: tuple[Reaction, ...] = ()


class Signal(Read):
    """What somebody did with a button: raised a hand, reacted, unmuted, in the words of the file."""

    at_ms: Millis
    person: str
    what: str


class Stay(Read):
    """Somebody was in the meeting, or in its waiting room, from one moment to another."""

    person: str
    joined_ms: Millis | None = None
    left_ms: Millis | None = None
    duration_s: int | None = None
    in_waiting_room: bool = False
    role: str = ""


class Answer(Read):
    """What somebody answered to one question of a poll; no name where it was anonymous."""

    question: str
    answers: tuple[str, ...]
    person: str = ""
    at_ms: Millis | None = None


class Question(BaseModel):
    """A column of a survey: the code that the file has for it (else its heading), its heading, and what it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    heading: str
    kind: str
    """`nps` (0-10 how likely to recommend), `mark` (numbers), `choice` (few values), `open` (words)."""


class Response(Read):
    """What one respondent filled in: `values` per question, "" where nothing.

    `keys` may tell who it is and are never stored: the heading of a column with what it says.
    `is_test` = somebody who made the questionnaire tried it.
    """

    values: tuple[str, ...]
    keys: tuple[tuple[str, str], ...] = ()
    is_complete: bool = True
    is_test: bool = False


class Attached(Read):
    """A file that is kept as it is, such as a picture of a whiteboard; `at_ms` is only a proposal."""

    name: str
    media_type: str
    at_ms: Millis | None = None


class Sound(BaseModel):
    """What a recording sounds like: how long it is, and from when to when somebody speaks in it, whoever that is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lasts_ms: Millis
    speech: tuple[tuple[Millis, Millis], ...] = ()


class Skipped(BaseModel):
    """What was not read, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    line: Line
    why: Sentence


class Parsed(BaseModel):
    """All that a file holds.

    `begins_utc_ms` is the moment at which its clock began, where the file or its name says so in UTC;
    `begins_wall_ms` where it says so without a zone. `dropped` are headings of columns that never come in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    format: str
    clock: Clock
    begins_utc_ms: Millis | None = None
    begins_wall_ms: Millis | None = None
    utterances: tuple[Utterance, ...] = ()
    messages: tuple[Message, ...] = ()
    signals: tuple[Signal, ...] = ()
    stays: tuple[Stay, ...] = ()
    answers: tuple[Answer, ...] = ()
    questions: tuple[Question, ...] = ()
    responses: tuple[Response, ...] = ()
    attached: tuple[Attached, ...] = ()
    sound: Sound | None = None
    dropped: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[Sentence, ...] = ()
