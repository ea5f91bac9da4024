"""What the tables of the talk, the notes, the sound and the analysis hold."""

from __future__ import annotations

from kring.domain.text import N_
from kring.exports.columns.described import AT, ID, REMOVED, SPAN, WHO, Described, T

__all__ = ["SPOKEN"]

_TURN = N_("which turn")
_NOTE = N_("which note")
_CODE = N_("which code")
_TURN_KIND = N_("`participant`, `moderator`, `crosstalk`, `unknown` or `silence`")
_SEGMENT = N_("which file of the recording")

SPOKEN: dict[str, Described] = {
    "turns": Described(
        N_("From start to end of one person speaking, or of a silence."),
        {
            "id": ID,
            "kind": _TURN_KIND,
            "participant": N_("who, if it is a participant"),
            "item": N_("the question that was open"),
            **SPAN,
            "logged_by": N_("who pressed the key"),
            "changed_at": N_("when it was corrected afterwards"),
            "removed_at": N_("when it turned out to be no turn; empty = it counts"),
        },
    ),
    "notes": Described(
        N_("What was written down."),
        {
            "number": N_("a number for the search; it has no meaning"),
            "id": ID,
            "kind": N_(
                "`quote` (word for word), `paraphrase`, `remark` (the note-taker's own view), `nonverbal`, `summary` "
                "or `mark` (a moment)"
            ),
            "text": N_("what it says"),
            "item": N_("the question that it is about"),
            "participant": N_("who said or did it"),
            "speaker_kind": N_("what kind of speaker, where it is no participant"),
            "tags": N_("tags, as a JSON array"),
            "starred": N_("1 = important"),
            "parked": N_("1 = a question for later"),
            "stub": N_("1 = only the first words, to be completed from the recording: not to be quoted as it is"),
            "at": N_("when it was said"),
            "t": T,
            "author": N_("who wrote it"),
            "role": N_("in which role"),
            "written_at": N_("when it was written"),
            "changed_at": N_("when it was corrected"),
            "raised_at": N_("when the parked question was put to the group"),
            "removed_at": REMOVED,
        },
    ),
    "issues": Described(
        N_("Technical issues."),
        {
            "id": ID,
            "title": N_("what went wrong"),
            "participant": N_("for whom; empty = for everybody"),
            "item": N_("the question that was open"),
            **SPAN,
            "minutes_lost": N_("minutes lost, as somebody judged it; empty = not said"),
            "logged_by": N_("who wrote it"),
        },
    ),
    "cues": Described(
        N_("Private messages to the moderator."),
        {
            "id": ID,
            "text": N_("what it says"),
            "value": N_("fills the place in a text of the program itself"),
            "sender": N_("who sent it"),
            "automatic": N_("1 = the program sent it"),
            "at": AT,
            "t": T,
            "seen_at": N_("when it was acknowledged"),
            "seen_by": N_("by whom"),
        },
    ),
    "recordings": Described(
        N_("Which stretch of the session was recorded."),
        {
            "id": ID,
            "source": N_("`platform` or `kring`"),
            **SPAN,
            "device": N_("the microphone"),
            "folder": N_("where the files lie, seen from the session file"),
            "why": N_("why it ended"),
        },
    ),
    "segments": Described(
        N_("The files of kring's own recording."),
        {
            "id": ID,
            "recording": N_("of which recording"),
            "number": N_("order"),
            "file": N_("where the file lies, seen from the session file"),
            "rate": N_("samples a second"),
            "channels": N_("how many channels"),
            "device": N_("the microphone"),
            **SPAN,
            "frames": N_("how many samples a channel"),
            "why": N_("why it ended"),
            "sha256": N_("checksum of the file"),
            "bytes": N_("size of the file"),
        },
    ),
    "anchors": Described(
        N_("How a recording lies on the clock: how many samples had come in at a moment."),
        {
            "id": ID,
            "segment": _SEGMENT,
            "frames": N_("how many samples had come in"),
            "elapsed_us": N_("microseconds since the computer started"),
            "wall_ms": N_("the computer's clock, in milliseconds since 1970"),
            "at": AT,
            "t": T,
        },
    ),
    "voice": Described(
        N_("Stretches of sound in which somebody speaks, whoever it is."),
        {"id": ID, "segment": _SEGMENT, **SPAN},
    ),
    "turn_proposals": Described(
        N_("Changes of the turns that the sound suggests; nothing changes before somebody accepts one."),
        {
            "id": ID,
            "change": N_("`move`, `reassign`, `add` or `remove`"),
            "turn": _TURN,
            "kind": _TURN_KIND,
            "participant": WHO,
            **SPAN,
            "method": N_("how it was found"),
            "decided_at": N_("when somebody decided on it"),
            "decided_by": N_("who decided"),
            "accepted": N_("1 = accepted, 0 = refused; empty = nobody decided"),
            "removed_at": REMOVED,
        },
    ),
    "transcript": Described(
        N_("What was said as a machine wrote it down: a draft."),
        {
            "number": N_("a number for the search; it has no meaning"),
            "id": ID,
            "turn": _TURN,
            "participant": WHO,
            "speaker_kind": _TURN_KIND,
            "text": N_("the words"),
            "words": N_("each word with its begin and end on the session's clock, as a JSON array"),
            "language": N_("in which language"),
            "engine": N_("what wrote it"),
            **SPAN,
            "removed_at": REMOVED,
        },
    ),
    "codes": Described(
        N_("The codebook; a theme is a code above others."),
        {
            "id": ID,
            "name": N_("the code"),
            "description": N_("when to give it"),
            "colour": N_("its colour"),
            "parent": N_("the theme that it belongs to"),
            "added_by": N_("who added it"),
            "added_at": N_("when it was added"),
            "removed_at": REMOVED,
        },
    ),
    "codings": Described(
        N_("One coder's code on one note or one turn."),
        {
            "id": ID,
            "code": _CODE,
            "note": _NOTE,
            "turn": _TURN,
            "coder": N_("who gave it"),
            "at": AT,
            "removed_at": REMOVED,
        },
    ),
    "memos": Described(
        N_("What a researcher thinks of a note, a turn, a code, or of the session as a whole."),
        {
            "id": ID,
            "text": N_("what it says"),
            "note": _NOTE,
            "turn": _TURN,
            "code": _CODE,
            "author": N_("who wrote it"),
            "at": AT,
            "changed_at": N_("when it was corrected"),
            "removed_at": REMOVED,
        },
    ),
    "turn_judgements": Described(
        N_("Whom a second coder hears in a turn, beside what the log says."),
        {
            "id": N_("the turn and the coder"),
            "turn": _TURN,
            "coder": N_("who listened"),
            "kind": _TURN_KIND,
            "participant": WHO,
            "at": AT,
        },
    ),
    "coreq": Described(
        N_("The researcher's answers to items of COREQ, the checklist for reports on interviews and focus groups."),
        {
            "id": N_("number of the item"),
            "answer": N_("the answer"),
            "answered_by": N_("who answered"),
            "answered_at": N_("when it was answered"),
        },
    ),
    "events": Described(
        N_("The truth: everything that happened, in order of arrival; all other tables are made from it."),
        {
            "seq": N_("order of arrival"),
            "id": N_("the event's own id, with its time in it"),
            "hlc": N_("order in time, the same on every computer"),
            "at": AT,
            "t": T,
            "actor": N_("who did it"),
            "role": N_("in which role"),
            "device": N_("on which computer, a random number"),
            "kind": N_("what happened: `note_added`, `floor_given`, `item_opened` …"),
            "v": N_("version of its form"),
            "data": N_("the facts, as JSON"),
            "salt": N_("with the digest, shows that the data is as it was written"),
            "digest": N_("checksum of the data"),
            "chain": N_("the link that shows when an event was changed or taken away"),
        },
    ),
}
