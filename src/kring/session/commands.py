"""THE command table: one declaration a command. Key bar, palette, help, keymap, line mode and manual come from it.

A command turns the text behind its word into a call of a verb; the session does the call. The screen asks for the
parts of that text one by one (`asks`), the line mode takes them from the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, cast

from kring.domain.decide import checks, floor, guide, notes, people, recording, session
from kring.domain.state import State
from kring.domain.text import N_, Refused, one_line
from kring.session import parsing as text
from kring.session.parsing import Call, Reader

Group = Literal["session", "guide", "floor", "people", "notes", "checks", "program"]
Part = Literal[
    "seat",
    "status",
    "item",
    "item to come",
    "question",
    "answer",
    "probe",
    "issue",
    "open issue",
    "note",
    "note line",
    "cue",
    "minutes",
    "minutes lost",
    "why",
    "text",
    "tags",
    "passage",
    "words",
]

GROUPS: dict[Group, str] = {
    "guide": N_("Guide and time"),
    "floor": N_("Floor"),
    "notes": N_("Notes"),
    "people": N_("Participants"),
    "checks": N_("Checklist and technique"),
    "session": N_("Session"),
    "program": N_("Program"),
}


class Shortcut(NamedTuple):
    """A key on the live screens, and the text that it stands for; `typing` = it works while a line is typed too."""

    key: str
    text: str = ""
    label: str = ""
    typing: bool = False


class Command(NamedTuple):
    """One thing that people can do: its word, what it's called, its keys, what it asks, and the verb it calls.

    `read` is None where the program itself acts, not a verb (undo, status, help …); `screen` = only on the screens.
    `asks_by_name` is what is asked when it is chosen by its name, where its key needs nothing.
    """

    word: str
    label: str
    help: str
    group: Group
    read: Reader | None
    keys: tuple[Shortcut, ...] = ()
    asks: tuple[Part, ...] = ()
    aliases: tuple[str, ...] = ()
    usage: str = ""
    screen: bool = False
    asks_by_name: tuple[Part, ...] = ()


# fmt: off
COMMANDS: tuple[Command, ...] = (
    Command("next", N_("next"), N_("Go to the next question that is not skipped."), "guide",
        text.no_text(guide.advance), (Shortcut("f2", typing=True), Shortcut("right")), aliases=("volgende",)),
    Command("back", N_("back"), N_("Go back to the question before; a visit of its own."), "guide",
        text.no_text(guide.back), (Shortcut("f7", typing=True), Shortcut("left")), aliases=("terug",)),
    Command("go", N_("go to"), N_("Jump to any question, section or break."), "guide", text.needed(guide.go),
        (Shortcut("g"),), ("item",), ("naar",), "go 2.3"),
    Command("skip", N_("skip"), N_("Skip the next question or the one named; again: take it back."), "guide",
        text.one_text(guide.skip), (Shortcut("s"),), ("item to come",), ("overslaan",), "skip 2.3"),
    Command("asked", N_("asked"), N_("Count a question as asked without opening it; again: as not asked."), "guide",
        text.needed(guide.asked), (Shortcut("question_mark"),), ("question",), ("gesteld",), "asked 2.3"),
    Command("probe", N_("probe"), N_("Log that a probe was used."), "guide", text.needed(guide.probe),
        (Shortcut("p"),), ("probe",), ("doorvraag",), "probe 1"),
    Command("time", N_("time"), N_("Give the section minutes, or take them."), "guide", text.time,
        (Shortcut("plus", "+1", N_("1 min more")), Shortcut("minus", "-1", N_("1 min less"))), ("minutes",),
        ("tijd",), "time +2"),
    Command("show", N_("stimulus"), N_("Log that stimulus material is shown."), "guide",
        text.one_text(guide.show_stimulus), (Shortcut("w"),), (), ("toon",), "show A"),
    Command("answer", N_("answer"), N_("Log a participant's answer to the poll."), "guide", text.answer,
        (Shortcut("l"),), ("seat", "answer"), ("antwoord",), "answer 3 8"),
    Command("floor", N_("speaks"), N_("Somebody else has the floor."), "floor", text.needed(floor.give),
        (*(Shortcut(str(seat % 10), str(seat), N_("seat {seat} speaks")) for seat in range(1, 11)),
         Shortcut("space", "nobody", N_("nobody")), Shortcut("f5", "nobody", N_("nobody"), typing=True),
         Shortcut("m", "moderator", N_("moderator")), Shortcut("x", "crosstalk", N_("crosstalk")),
         Shortcut("u", "unknown", N_("unknown")), Shortcut("full_stop")),
        ("seat",), ("woord", "spreekt"), "floor 3"),
    Command("name", N_("who was it"), N_("Say who the unknown speaker was."), "floor", text.needed(floor.name_turn),
        (Shortcut("k"),), ("seat",), ("was",), "name 3"),
    Command("hand", N_("hand"), N_("Put somebody on the queue, or take them off."), "floor", text.needed(floor.hand),
        (Shortcut("h"),), ("seat",), ("hand",), "hand 6"),
    Command("note", N_("note"), N_("Write a note; question, speaker and time attach by themselves."), "notes",
        text.note, (Shortcut("n"), Shortcut("f8", typing=True)), ("note line",), ("notitie",),
        'note "te veel gedoe" #app'),
    Command("mark", N_("mark"), N_("Mark this moment."), "notes", text.one_text(notes.mark),
        (Shortcut("f3", typing=True),), (), ("markeer",)),
    Command("star", N_("star"), N_("Star the last note, or take its star away."), "notes", text.one_text(notes.star),
        (Shortcut("asterisk"),), ("note",), ("ster",), "star 2"),
    Command("tag", N_("tag"), N_("Put a tag on a note, or take it off."), "notes", text.tag,
        (Shortcut("number_sign"),), ("note", "tags"), ("label",), "tag last #app"),
    Command("edit", N_("edit"), N_("Correct a note."), "notes", text.edit, (Shortcut("e"),), ("note", "note line"),
        ("bewerk",), "edit 1 ~ andere tekst"),
    Command("remove", N_("remove"), N_("Take a note out; its history stays in the file."), "notes",
        text.one_text(notes.remove), (Shortcut("delete"),), ("note",), ("verwijder",), "remove 1"),
    Command("raise", N_("asked later"), N_("Log that a parked question was put to the group."), "notes",
        text.one_text(notes.raised), (Shortcut("j"),), (), ("ingebracht",), "raise"),
    Command("attend", N_("attendance"), N_("Waiting, present, away, left or no-show."), "people", text.attend,
        (Shortcut("a"),), ("seat", "status"), ("aanwezig",), "attend 4 away"),
    Command("add", N_("new participant"), N_("Take in somebody who was not on the list."), "people",
        text.needed(people.add), (Shortcut("b"),), ("text",), ("nieuw",), "add Noor"),
    Command("rename", N_("rename"), N_("Correct a participant's name."), "people", text.rename, (), ("seat", "text"),
        ("hernoem",), "rename 4 Piet"),
    Command("tick", N_("tick"), N_("Tick a check, or take its tick away."), "checks", text.needed(checks.tick),
        (Shortcut("t"),), (), ("vink",), "tick 4"),
    Command("check", N_("new check"), N_("Add a check to the checklist."), "checks", text.needed(checks.add_check),
        (), ("text",), ("controle",), "check gordijn dicht"),
    Command("issue", N_("technical issue"), N_("Something went wrong; name the person first if it is one."), "checks",
        text.needed(checks.open_issue), (Shortcut("i"),), ("issue",), ("storing",), "issue P4 geluid"),
    Command("solved", N_("solved"), N_("A technical issue is over; minutes lost may follow."), "checks", text.solved,
        (Shortcut("v"),), ("open issue",), ("opgelost",), "solved 4 3"),
    Command("cue", N_("cue"), N_("Slip a cue to the moderator."), "session", text.cue,
        (Shortcut("c"),), ("cue",), ("seintje",), "cue nog 5 minuten"),
    Command("seen", N_("cue seen"), N_("Acknowledge the oldest cue."), "session", text.one_text(notes.see_cue),
        (Shortcut("enter"), Shortcut("f9", typing=True)), (), ("gezien",)),
    Command("doors", N_("doors open"), N_("Open the waiting room."), "session", text.no_text(session.open_doors),
        (Shortcut("d"),), (), ("deuren",)),
    Command("start", N_("start"), N_("Start the talk; open gates are asked for. `start anyway` passes them, logged."),
        "session", text.start, (Shortcut("f10", typing=True),), (), ("begin",), "start anyway"),
    Command("pause", N_("pause"), N_("Stop the guide's clock, or let it go on."), "session",
        text.no_text(session.pause), (Shortcut("f4", typing=True),), (), ("pauze",)),
    Command("recording", N_("platform REC"), N_("Log that the platform's recording started, or stopped."), "session",
        text.no_text(recording.platform), (Shortcut("r"),), (), ("opname",)),
    Command("record", N_("record"), N_("Let kring record with the microphone, or stop that."), "session", None,
        (Shortcut("R"),), (), ("neemop",)),
    Command("microphone", N_("microphone"), N_("Choose the microphone and check the sound."), "session", None,
        (Shortcut("M"),), (), ("microfoon",), screen=True),
    Command("listen", N_("listen"), N_("Play the recording from a note, a question (2.3) or a moment (42:13)."),
        "session", None, (Shortcut("L"),), (), ("luister",), "listen 2.3", asks_by_name=("passage",)),
    Command("end", N_("end"), N_("End the session; what is open closes with it."), "session",
        text.no_text(session.end), (Shortcut("f12", typing=True),), (), ("einde",)),
    Command("undo", N_("undo"), N_("Take back your own last act."), "program", None,
        (Shortcut("z"), Shortcut("ctrl+t", typing=True)), (), ("ongedaan",)),
    Command("redo", N_("redo"), N_("Bring back what you undid."), "program", None, (Shortcut("y"),), (), ("opnieuw",)),
    Command("plan", N_("read plan again"), N_("Read the plan file again after editing it."), "program", None,
        (Shortcut("f11"),), (), ("herlees",)),
    Command("status", N_("status"), N_("Say where the session stands."), "program", None, (), (), ("stand",)),
    Command("find", N_("find"), N_("Show only the notes with these words; empty shows all."), "program", None,
        (Shortcut("slash"), Shortcut("f")), (), ("zoek",), "", screen=True),
    Command("panel", N_("other panel"), N_("Show or enter the next panel."), "program", None,
        (Shortcut("tab"), Shortcut("f6", typing=True)), (), ("paneel",), "", screen=True),
    Command("open", N_("open link"), N_("Open the link of the check, or of the meeting."), "program", None,
        (Shortcut("o"),), (), ("open",), "", screen=True),
    Command("copy", N_("copy link"), N_("Copy the link of the check, or of the meeting."), "program", None,
        (Shortcut("ctrl+y"),), (), ("kopieer",), "", screen=True),
    Command("theme", N_("light or dark"), N_("Change between the light and the dark theme."), "program", None,
        (), (), ("thema",), "", screen=True),
    Command("palette", N_("everything"), N_("Find any command by name."), "program", None,
        (Shortcut("ctrl+p", typing=True),), (), ("alles",), "", screen=True),
    Command("help", N_("help"), N_("Show every command and key."), "program", None, (Shortcut("f1", typing=True),),
        (), ("hulp",)),
    Command("quit", N_("quit"), N_("Close the program; the session goes on in the file."), "program", None,
        (Shortcut("ctrl+q", typing=True),), (), ("stop",)),
)
# fmt: on

BY_WORD: dict[str, Command] = {
    word: command for command in reversed(COMMANDS) for word in (*command.aliases, command.word)
}


class Table(NamedTuple):
    """The commands of one face, and the headings of their groups."""

    groups: Mapping[str, str]
    commands: tuple[Command, ...]
    by_word: Mapping[str, Command]


LIVE = Table(cast("Mapping[str, str]", GROUPS), COMMANDS, BY_WORD)


def command_of(line: str) -> tuple[Command, str]:
    """Return the command that a typed line begins with, and the text behind it, or refuse."""
    word, _, said = line.strip().partition(" ")
    command = BY_WORD.get(word.casefold())
    if command is None:
        raise Refused("There is no command {word}; help shows them all.", word=one_line(word))
    return command, said.strip()


def call_of(state: State, command: Command, said: str) -> Call:
    """Return the call that a command makes of the text behind it, or refuse."""
    assert command.read is not None
    return command.read(state, said)
