"""What is true now: one frozen struct is one table, its fields are the columns.

A row's values go into the file as they are: a `Moment` as ISO text, a tuple as a JSON array (`store/values.py`).
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

NoteKind = Literal["quote", "paraphrase", "remark", "nonverbal", "summary", "mark"]
TurnKind = Literal["participant", "moderator", "crosstalk", "unknown", "silence"]
Status = Literal["expected", "waiting", "present", "away", "left", "no_show"]
Phase = Literal["prepared", "lobby", "live", "ended"]
GuideKind = Literal[
    "section", "break", "question", "probe", "instruction", "stimulus", "poll", "activity", "breakout", "note"
]
QuestionKind = Literal["opening", "introductory", "transition", "key", "ending"]
CheckPhase = Literal["week_before", "half_hour_before", "start", "during", "break", "after"]
RecordingSource = Literal["platform", "kring"]
TurnChange = Literal["move", "reassign", "add", "remove"]


class Moment(int):
    """A point in time: epoch milliseconds UTC."""


FIRST_MS = -62_135_596_800_000  # year 1
LAST_MS = 253_402_300_799_999  # year 9999
Whole = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]  # what a file's column can hold


# rows, facts and events hold no cycles: with gc=False the collector need not walk through thousands of them
class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One row of one table; `id` is the same in memory, in the file and on every laptop."""

    TABLE: ClassVar[str]
    id: str
