"""The answers to choose from by key, where what a command asks has such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kring.commands import decisions as d
from kring.commands.command import Choice, Part
from kring.commands.watched.observers import NOTES_SHOWN
from kring.domain import leading
from kring.domain.measures.looking_back import FIELDS
from kring.domain.text import N_
from kring.domain.words import DEBRIEF_WORDS

CHOICES: Mapping[Part, Sequence[Choice]] = {
    Part.STATUS: (
        Choice("1", "waiting", N_("waiting room")),
        Choice("2", "present", N_("present")),
        Choice("3", "away", N_("away")),
        Choice("4", "left", N_("left")),
        Choice("5", "no-show", N_("no-show")),
        Choice("6", "lost", N_("connection lost")),
    ),
    Part.CONSENT: (
        Choice("1", "yes", N_("everything")),
        Choice("2", "yes, except quoting", N_("everything but quoting")),
        Choice("0", "no", N_("nothing")),
    ),
    Part.PROBE_KIND: tuple(
        Choice(str(place), kind, word) for place, (kind, word) in enumerate(leading.PROBE_KINDS.items(), 1)
    ),
    Part.SITUATION: tuple(
        Choice(key, moment, leading.SITUATIONS[moment])
        for key, moment in zip("tsezcm", leading.SITUATIONS, strict=True)
    ),
    Part.NONVERBAL: tuple(
        Choice(key, code, leading.NONVERBAL[code]) for key, code in zip("nhlfzwase", leading.NONVERBAL, strict=True)
    ),
    Part.AGO: (
        Choice("1", "-30s", N_("30 s ago")),
        Choice("2", "-1m", N_("1 min ago")),
        Choice("3", "-2m", N_("2 min ago")),
        Choice("4", "-5m", N_("5 min ago")),
    ),
    Part.NOTES_SHOWN: NOTES_SHOWN,
    Part.CUE: tuple(Choice(key, key, text) for key, text in d.QUICK_CUES.items()),
    Part.DEBRIEF: (
        *(Choice(str(number), str(number), DEBRIEF_WORDS[field]) for number, field in enumerate(FIELDS, 1)),
        Choice("0", "skip", N_("leave it out")),
    ),
    Part.STOP: (
        Choice("m", "mark", N_("marks")),
        Choice("*", "star", N_("stars")),
        Choice("s", "stub", N_("quotes to complete")),
        Choice("u", "uncovered", N_("not recorded")),
        Choice("?", "unknown", N_("unknown speakers")),
        Choice("c", "code", N_("coded")),
        Choice("o", "memo", N_("memos")),
        Choice("d", "disputed", N_("coders disagree")),
    ),
    Part.DECISION: (Choice("1", "accept", N_("accept")), Choice("0", "decline", N_("decline"))),
    Part.CODE_CHANGE: (
        Choice("1", "name", N_("name"), then=(Part.CODE_TEXT,)),
        Choice("2", "colour", N_("colour"), then=(Part.COLOUR,)),
        Choice("3", "theme", N_("theme"), then=(Part.THEME,)),
        Choice("4", "memo", N_("memo"), then=(Part.MEMO,)),
        Choice("5", "merge", N_("merge into …"), then=(Part.CODE_INTO, Part.WHY)),
        Choice("6", "split", N_("split"), then=(Part.CODINGS, Part.CODE_NAME, Part.WHY)),
        Choice("0", "remove", N_("remove")),
    ),
    Part.COLOUR: (
        *(Choice(key, key, look=colour) for key, colour in d.COLOURS.items()),
        Choice("0", "0", N_("none")),
    ),
}
"""The answers to choose from by key; those that depend on the session a face finds itself."""
OTHER_SPEAKERS = (
    Choice("m", "moderator", N_("moderator")),
    Choice("x", "crosstalk", N_("crosstalk")),
    Choice("u", "unknown", N_("unknown")),
    Choice("n", "nobody", N_("nobody")),
)
"""Who may speak beside the participants."""
