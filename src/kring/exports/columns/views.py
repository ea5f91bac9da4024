"""What the views hold, which tell the story."""

from __future__ import annotations

from kring.domain.text import N_
from kring.exports.columns.described import AT, DURATION, ID, QUESTION, Described, T

__all__ = ["VIEWS"]

_SECTION_ID = N_("the row of `guide`")

VIEWS: dict[str, Described] = {
    "timeline": Described(
        N_("Everything that happened, in order."),
        {
            "t": T,
            "at": AT,
            "what": N_(
                "`visit`, `turn`, a kind of note, `issue`, `attendance`, `cue`, `pause`, `recording` or `answer`"
            ),
            "participant": N_("whose it is, if it is a participant's"),
            "question": QUESTION,
            "text": N_("what it says"),
            "duration_s": DURATION,
        },
    ),
    "talk_time": Described(
        N_("How much each participant spoke."),
        {
            "participant": N_("the code: P1"),
            "name": N_("the name; empty in an export with codes"),
            "segment": N_("the customer group"),
            "status": N_("how they stood at the end"),
            "turns": N_("how often they had the floor"),
            "talk_s": N_("how long they spoke, in seconds"),
            "present_s": N_("how long they were present since the start, in seconds"),
            "talk_s_per_minute_present": N_("corrected for presence: compare people by this one"),
            "share_percent": N_(
                "share of voice as on the screen: talk time per minute present, over that of all participants"
            ),
            "raw_share_percent": N_("part of all talk by participants, not corrected for presence"),
        },
    ),
    "time_by_item": Described(
        N_(
            "Every section, break and question with its own visits; time on a question counts for the question, not "
            "for its section."
        ),
        {
            "number": N_("number as on the screen: 2.1"),
            "title": N_("the text"),
            "kind": N_("`section`, `break` or `question`"),
            "question_kind": N_("`opening`, `introductory`, `transition`, `key` or `ending`"),
            "must_ask": N_("1 = must be asked"),
            "planned_s": N_("seconds planned, with those given or taken"),
            "visits": N_("how often it was open"),
            "spent_s": N_("seconds spent, pauses left out"),
            "first_t": N_("when first, in seconds on the session's clock"),
            "asked": N_("1 = asked"),
            "skipped": N_("1 = skipped"),
            "id": _SECTION_ID,
        },
    ),
    "plan_and_actual": Described(
        N_("Every section and break against its plan, all its questions counted in."),
        {
            "number": N_("number as on the screen: 2.1"),
            "title": N_("the text"),
            "planned_s": N_("seconds planned, with those given or taken"),
            "spent_s": N_("seconds spent, pauses left out"),
            "over_s": N_("the difference: above zero is over"),
            "skipped": N_("1 = skipped"),
            "id": _SECTION_ID,
        },
    ),
    "quotes": Described(
        N_("What was said word for word."),
        {
            "t": T,
            "at": N_("when it was said"),
            "participant": N_("who said it"),
            "name": N_("the name; empty in an export with codes"),
            "question": QUESTION,
            "text": N_("the words"),
            "stub": N_("1 = only the first words, to be completed from the recording: not to be quoted as it is"),
            "starred": N_("1 = important"),
            "tags": N_("tags, as a JSON array"),
            "author": N_("who wrote it"),
        },
    ),
    "coverage": Described(
        N_("Every note and every turn, and whether the recording holds it."),
        {
            "what": N_("`note` or `turn`"),
            "kind": N_("what kind of note or turn"),
            "t": T,
            "at": AT,
            "participant": N_("whose it is, if it is a participant's"),
            "question": QUESTION,
            "text": N_("what it says"),
            "recorded_by": N_("`kring`, `platform`, or empty: not in any recording"),
            "id": N_("the row of `notes` or `turns`"),
        },
    ),
    "quotes_by_code": Described(
        N_("What was coded, by code."),
        {
            "code": N_("the code"),
            "coder": N_("who gave it"),
            "t": T,
            "participant": N_("who said it"),
            "question": QUESTION,
            "kind": N_("what kind of note"),
            "text": N_("what it says"),
            "id": ID,
        },
    ),
}
