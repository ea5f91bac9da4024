"""What stands on a page, of what observers may see: sentences, and times from which the page counts on.

The page puts each text where it belongs and makes none of it itself, so that nothing of a person is ever markup.
"""

from __future__ import annotations

from typing import Any

from kring.domain.time_text import as_clock
from kring.domain.words import NOTE_WORDS
from kring.observing.view import Floor, Item, Note, Poll, Share, View
from kring.system.i18n import _, ngettext, percent

Shown = dict[str, Any]
FOR_THE_ROOM = ("activity", "breakout", "break")
"""Lines of the guide that are said to participants as they stand."""


def shown(view: View) -> Shown:
    """Return what the page of observers shows."""
    item = view.item or view.section
    return {
        "title": view.title,
        "standing": _standing(view),
        "runs": view.standing == "running",
        "counts": view.standing in {"running", "paused"},
        "elapsed": view.elapsed_ms if view.standing in {"running", "paused"} else None,
        "section": _line(view.section) if view.item is not None else "",
        "question": _line(item),
        "clock": _clock(view),
        "floor": _floor(view),
        "shares": [_share(share) for share in view.shares],
        "present": _present(view),
        "stimuli": _("Shown now: {what}").format(what=", ".join(view.stimuli)) if view.stimuli else "",
        "notes_told": _notes_told(view),
        "notes": [_note(note) for note in reversed(view.notes)],
        "polls": [_poll(poll) for poll in view.polls],
        "kept": _("It is kept with the session.") if view.back_room_kept else _("It is not kept."),
    }


def clock_for_room(view: View) -> Shown:
    """Return what participants see: the assignment or the break that is on, and its time; nothing else, no names."""
    lines = (view.item, view.section) if view.standing in {"running", "paused"} else ()
    on = next((line for line in lines if line is not None and line.kind in FOR_THE_ROOM), None)
    return {
        "runs": view.standing == "running",
        "instruction": on.text if on is not None else "",
        "clock": None if on is None or on.left_ms is None else {"left": on.left_ms, "what": "", "over": ""},
    }


def _standing(view: View) -> str:
    match view.standing:
        case "before":
            return _("The session has not begun yet.")
        case "doors_open":
            return _("Participants are coming in; the session has not begun yet.")
        case "running":
            return _("The session is on.")
        case "paused":
            return _("The session is paused.")
    return _("The session is over.")


def _line(item: Item | None) -> str:
    return f"{item.number} {item.text}".strip() if item is not None else ""


def _clock(view: View) -> Shown | None:
    """Return the time of the question, or else that of its section."""
    item = next((each for each in (view.item, view.section) if each is not None and each.left_ms is not None), None)
    if item is None:
        return None
    match item.kind:
        case "break":
            left, over = _("until the end of the break"), _("past the end of the break")
        case "section":
            left, over = _("left for this section"), _("over the time of this section")
        case "activity" | "breakout":
            left, over = _("left for this assignment"), _("over the time of this assignment")
        case _:
            left, over = _("left for this question"), _("over the time of this question")
    return {"left": item.left_ms, "what": left, "over": over}


def _floor(view: View) -> str:
    match view.floor:
        case Floor("participant", label):
            return _("{who} has the floor.").format(who=label)
        case Floor("moderator"):
            return _("The moderator has the floor.")
        case Floor("crosstalk"):
            return _("Several people talk at once.")
        case Floor("somebody"):
            return _("Somebody has the floor.")
    return _("Nobody has the floor.") if view.standing == "running" else ""


def _share(share: Share) -> Shown:
    told = percent(share.share)
    if share.speaking:
        told = _("{share}, speaks now").format(share=told)
    elif not share.heard:
        told = _("has not spoken yet")
    return {"who": share.label, "part": share.share, "speaking": share.speaking, "told": told}


def _present(view: View) -> str:
    if view.standing not in {"running", "paused"}:
        return ""
    return ngettext("{n} participant is present.", "{n} participants are present.", view.present).format(n=view.present)


def _notes_told(view: View) -> str:
    match view.notes_shown:
        case "none":
            return _("The moderator shows no notes.")
        case "starred":
            return _("The notes that the team chose, the last one first.")
    return _("All notes that may be shown, the last one first.")


def _note(note: Note) -> Shown:
    at = "" if note.at_ms is None else as_clock(note.at_ms)
    return {"time": at, "kind": _(NOTE_WORDS[note.kind]), "who": note.who, "text": note.text}


def _poll(poll: Poll) -> Shown:
    most = max((bar.count for bar in poll.bars), default=0) or 1
    return {
        "title": poll.title,
        "bars": [{"who": bar.option, "part": bar.count / most, "told": str(bar.count)} for bar in poll.bars],
    }
