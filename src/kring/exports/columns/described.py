"""The form in which a table or view is described."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.text import N_


class Described(NamedTuple):
    """What a table or view holds, and what each of its columns is."""

    what: str
    columns: dict[str, str]


ID = N_("the row's own id")
AT = N_("when")
T = N_("when, in seconds on the session's clock; empty before the start")
STARTED = N_("from when")
ENDED = N_("until when; empty = goes on")
DURATION = N_("how long, in seconds")
WHO = N_("which participant")
ITEM = N_("which line of the guide")
QUESTION = N_("number of the question")
REMOVED = N_("when it was taken out; empty = it counts")
SPAN = {"started_at": STARTED, "ended_at": ENDED, "t": T, "duration_s": DURATION}
