"""THE command table: one entry a command. Key bars, palette, help, keymap, line mode and manual come from it.

To add a command, add its entry here and its verb in `kring.domain.decide`. What a face does itself for it is a
`FaceAction`, which that face maps.
"""

from __future__ import annotations

from collections.abc import Sequence

from kring.commands import consenting, cut, marks, naming, pacing, righting, rooms
from kring.commands import decisions as d
from kring.commands.answer_table import ANSWER_COMMANDS
from kring.commands.bars import hint
from kring.commands.command import (
    LINES,
    LIVE,
    REVIEW,
    Command,
    Confirm,
    Face,
    FaceAction,
    Group,
    More,
    Part,
    Shortcut,
)
from kring.commands.decisions import by
from kring.commands.importing import IMPORT_COMMANDS
from kring.commands.leading import LEADING
from kring.commands.review_table import ONLY_IN_REVIEW
from kring.commands.sharing import SHARE
from kring.commands.watched.observers import OBSERVER_COMMANDS
from kring.domain.consent import against_recording, answers
from kring.domain.decide import checks, ending, floor, guide, looking_back, notes, people, recording, session
from kring.domain.decide.group import leading, observers
from kring.domain.state import State
from kring.domain.text import N_, Refused, Sentence, one_line

GROUPS: dict[Group, str] = {
    "moving": N_("Through the session"),
    "showing": N_("What is shown"),
    "correcting": N_("Correcting"),
    "coding": N_("Coding"),
    "guide": N_("Guide and time"),
    "leading": N_("Leading the talk"),
    "answers": N_("Stimuli, polls and agreement"),
    "floor": N_("Floor"),
    "notes": N_("Notes"),
    "people": N_("Participants"),
    "checks": N_("Checklist and technique"),
    "session": N_("Session"),
    "program": N_("Program"),
}
BOTH = LIVE | LINES
EVERYWHERE = LIVE | LINES | REVIEW


def _keys_of_seats(state: State) -> str:
    seats = [person.seat for person in state.participants.values() if person.removed_at is None]
    return f"1-{min(max(seats, default=9), 9)}"


RECORD_ANYWAY = N_("Record all the same? That is logged.")
NOT_RECORDED = N_("No recording was started.")


def _who_did_not_consent(state: State) -> Sentence:
    return Sentence("Consent to audio: {answers}.", {"answers": answers(state, "audio").in_words()})


def _pause_or_resume(state: State) -> str:
    return N_("resume") if state.open_pause is not None else N_("pause")


# fmt: off
NOTE = Command("note", N_("note"), N_("Write a note; question, speaker and time attach by themselves."), "notes", BOTH,
    d.write, cut.as_it_is, (Shortcut("n"), Shortcut("f8", typing=True)), (Part.NOTE_LINE, Part.BEGUN), ("notitie",),
    'note "te veel gedoe" #app', (hint(before=16, moderator=4, assistant=1, ended=4),))
EDIT = Command("edit", N_("edit"), N_("Correct a note."), "notes", BOTH, d.rewrite, cut.note_and_line,
    (Shortcut("e"),), (Part.NOTE, Part.NOTE_LINE, Part.KNOWN), ("bewerk",), "edit 1 ~ andere tekst",
    (hint(assistant=15, ended=6),))
ATTEND = Command("attend", N_("attendance"), N_("Waiting, present, away, connection lost, left or no-show."), "people",
    BOTH, d.attend, cut.who_and_status, (Shortcut("a"),), (Part.SEATS, Part.STATUS), ("aanwezig",),
    "attend 4 away -2m", (hint(before=5, assistant=9),),
    more=More(Part.WHY, N_("Why"), N_("Tab: why"), ("away", "left")), timed=True, decide_at=d.attend_since)
GO = Command("go", N_("go to"), N_("Jump to any question, section or break."), "guide", BOTH, by(guide.go), cut.whole,
    (Shortcut("g"),), (Part.ITEM,), ("naar",), "go 2.3", (hint(moderator=10),), timed=True,
    possible=session.require_live)
SOLVED = Command("solved", N_("solved"), N_("A technical issue is over; minutes lost may follow."), "checks", BOTH,
    d.solve, cut.issue_and_minutes, (Shortcut("v"),), (Part.OPEN_ISSUE,), ("opgelost",), "solved 4 3",
    more=More(Part.MINUTES_LOST, N_("Minutes lost"), N_("Tab: fewer minutes lost")),
    timed=True)
ADD = Command("add", N_("new participant"), N_("Take in somebody who was not on the list."), "people", BOTH,
    by(people.add), cut.whole, (Shortcut("b"),), (Part.TEXT,), ("nieuw",), "add Noor")
DRAFT = Command("draft", N_("complete quote"),
    N_("Have this computer write out a quote that was caught half; you correct it, and it counts once it was heard."),
    "notes", LIVE, keys=(Shortcut("Q"),), action=FaceAction.DRAFT, only="assistant")
BRIEF = Command("brief", N_("bring up to date"),
    N_("Tell who came late what was said so far, for the chat; logged where a person is named."), "people", BOTH,
    by(people.brief), cut.whole, (Shortcut("B"),), (), ("bijpraten",), "brief 8", bare=FaceAction.BRIEF,
    action=FaceAction.BRIEF)
TICK = Command("tick", N_("tick"), N_("Tick a check."), "checks", BOTH, by(checks.tick),
    cut.whole, (Shortcut("t"),), (), ("vink",), "tick 4", (hint(before=4, assistant=4, ended=1),),
    action=FaceAction.CHECKLIST)
CONSENT = Command("consent", N_("consent"),
    N_("Log to what somebody consents, or no longer: yes, no, or scopes by name; `all` is everybody, but for some."),
    "people", EVERYWHERE, consenting.settle, consenting.cut_line, (Shortcut("T"),), (Part.PEOPLE, Part.CONSENT),
    ("toestemming",), "consent all yes except 2, 5 (aloud)", (hint(before=14),), bare=FaceAction.CONSENTS,
    more=More(Part.HOW, N_("How it was given"), N_("Tab: how it was given")))
SUMMARY = Command("summary", N_("read-back"),
    N_("The summary for the group: `make` it of starred notes, write a line by its number, say that it was `read`."),
    "notes", BOTH, by(looking_back.summarise), cut.words(1, 2), (Shortcut("Y"),), (Part.SUMMARY, Part.TEXT),
    ("samenvatting",), "summary 1 te duur", bare=FaceAction.SUMMARY)
CORRECT = Command("correct", N_("says of the summary"),
    N_("Log what somebody says of the summary: ok, or what is not right; `2:` in front is about line 2."), "notes",
    BOTH, by(looking_back.answer_summary), cut.words(2, 2), (), (Part.SEAT, Part.TEXT), ("verbetering",),
    "correct 3 ok")
DEBRIEF = Command("debrief", N_("debrief"),
    N_("Look back with the team: `begin`, answer a field by its number, or `skip` with a reason."), "session", BOTH,
    by(looking_back.look_back), cut.words(1, 2), (Shortcut("J"),), (Part.DEBRIEF, Part.TEXT), ("nabespreking",),
    "debrief 2 niemand wist het", (hint(ended=2),), bare=FaceAction.DEBRIEF)
ADMIT = Command("admit", N_("admit"),
    N_("Everybody who waits is present; where nobody waits, everybody expected. `except` leaves people out."), "people",
    BOTH, d.admit, cut.optional, (Shortcut("A"),), (), ("toelaten",), "admit all except 5", (hint(before=9),),
    action=FaceAction.ADMIT, timed=True, decide_at=d.admit_since)
FLOOR = Command("floor", N_("speaks"), N_("Somebody else has the floor."), "floor", BOTH, by(floor.give), cut.whole,
    (*(Shortcut(str(seat % 10), str(seat), N_("seat {seat} speaks")) for seat in range(1, 11)),
     Shortcut("space", "nobody", N_("nobody")), Shortcut("f5", "nobody", N_("nobody"), typing=True),
     Shortcut("m", "moderator", N_("moderator")), Shortcut("x", "crosstalk", N_("crosstalk")),
     Shortcut("u", "unknown", N_("unknown")), Shortcut("full_stop")),
    (Part.SEAT,), ("woord", "spreekt"), "floor 3",
    (hint(moderator=2, assistant=2, key_of=_keys_of_seats),
     hint("nobody", moderator=7, assistant=7, typing=4, label=N_("nobody"))),
    bare=FaceAction.TALKERS, behind_dialogs=True, timed=True)
SEEN = Command("seen", N_("cue seen"), N_("Acknowledge the oldest cue, or put a reminder away."), "session", BOTH,
    by(leading.see), cut.optional, (Shortcut("enter"), Shortcut("f9", typing=True)), (), ("gezien",), "",
    only="moderator")
PLACE = Command("place", N_("place in the gallery"),
    N_("Put somebody at a place of the gallery or the table; who is there takes theirs."), "people", BOTH,
    by(people.place), cut.words(2, 2), (), (Part.SEAT, Part.TEXT), ("plaats",), "place 7 2")
GALLERY = Command("gallery", N_("gallery"), N_("Show people as the platform does, or around the table."), "people",
    LIVE, keys=(Shortcut("G"),), action=FaceAction.GALLERY)
TESTS = Command("tests", N_("people × tests"), N_("Show the tests of each person as a table."), "checks", LIVE,
    keys=(Shortcut("K"),), hints=(hint(before=10, assistant=17),), action=FaceAction.TESTS)
FAILED = Command("failed", N_("failed"),
    N_("A check failed: opens a technical issue with whose it is; what is wrong may follow a colon."), "checks", BOTH,
    d.fail, cut.check_and_what, (), (Part.CHECK_TO_DO,), ("mislukt",), "failed 4 camera: stays dark", ())
WAIVE = Command("waive", N_("not applicable"), N_("Say that a check does not apply."), "checks", BOTH,
    by(checks.waive), cut.whole, (), (Part.CHECK_TO_DO,), ("nvt",), "waive 4 camera")
TOPLINE = Command("topline", N_("topline"),
    N_("Write one page on the evening, of what was noted, beside the session file."), "session", EVERYWHERE, None,
    cut.nothing, action=FaceAction.TOPLINE)
UNTICK = Command("untick", N_("untick"), N_("Take the tick of a check away."), "checks", BOTH,
    by(checks.untick), cut.whole, (), (Part.CHECK,), ("ontvink",), "untick 4")
START = Command("start", N_("start"),
    N_("Start the talk; open gates are asked for. `start anyway` passes them, logged."), "session", BOTH,
    d.start, cut.one_of(*d.ANYWAY), (Shortcut("f10", typing=True),), (), ("begin",), "start anyway",
    (hint(before=2),),
    confirm=Confirm(N_("The doors are not open. Start all the same?"),
        lambda state: state.session.phase == "prepared", declined=N_("The session has not started."),
        lapsed=N_("The doors are open already.")),
    timed=True)
ROOMS = Command("rooms", N_("breakout groups"),
    N_("Send the group to rooms: drawn, or a room for each segment; give them time; have everybody back."),
    "guide", BOTH, rooms.of_all, rooms.cut_all, (Shortcut("D"),), (), ("kamers",), "rooms draw 2",
    bare=FaceAction.ROOMS, action=FaceAction.BREAKOUTS)
ROOM = Command("room", N_("room"), N_("Send people to a room, or say who leads it: `room 2 lead Bo`."), "guide", LINES,
    rooms.of_one, rooms.cut_one, (), (), ("kamer",), "room 2 3,4,5")
PLATFORM = Command("recording", N_("platform REC"), N_("Log that the platform's recording started, or stopped."),
    "session", LIVE, by(recording.switch), keys=(Shortcut("r"),), hints=(hint(before=8),),
    confirm=Confirm(RECORD_ANYWAY, lambda state: state.open_recording is None and bool(against_recording(state)),
        declined=NOT_RECORDED, told=_who_did_not_consent))
RECORD = Command("record", N_("record"), N_("Let kring record with the microphone, or stop that."), "session", BOTH,
    None, cut.nothing, (Shortcut("R"),), (), ("neemop",), "", (hint(before=6),), action=FaceAction.RECORD,
    confirm=Confirm(RECORD_ANYWAY, lambda state: state.open_own_recording is None and bool(against_recording(state)),
        declined=NOT_RECORDED, told=_who_did_not_consent))
END = Command("end", N_("end"), N_("End the session, or say when it had ended; what is open closes then."), "session",
    BOTH, by(ending.end), cut.optional, (Shortcut("f12", typing=True),), (), ("einde",), "end 21:02",
    confirm=Confirm(N_("End the session?"), lambda state: state.session.phase == "live",
        N_("What runs ends with it: turn, pause, issue, recording. Undo brings it back."),
        open_points=ending.open_points, lapsed=N_("The session has ended.")))
GO_ON = Confirm(N_("The session has ended. Go on with it all the same?"), lambda state: state.session.phase == "ended",
    N_("It goes on as if it had not ended; what was logged since then counts again."),
    declined=N_("The session has ended."))
PACE = Command("pace", N_("proposal"),
    N_("Propose what to shorten or skip so that the time to come fits; then accept or decline it."), "guide", BOTH,
    pacing.decide, pacing.cut, (Shortcut("V"),), (), ("voorstel",), "pace accept 4.2 -2, 6.3 skip",
    action=FaceAction.PACE)
FIND = Command("find", N_("find"), N_("Show only the notes with these words; empty shows all."), "program", BOTH,
    None, None, (Shortcut("slash"), Shortcut("f")), (), ("zoek",), "find app",
    (hint(assistant=14, ended=7),), action=FaceAction.FIND)
COPY = Command("copy", N_("copy link"),
    N_("Copy the link of what is on now: a check, a stimulus, a whiteboard, else the meeting."), "program", BOTH,
    None, cut.nothing, (Shortcut("ctrl+y"),), (), ("kopieer",), action=FaceAction.COPY_LINK)
QUIT = Command("quit", N_("quit"), N_("Close the program; the session goes on in the file."), "program", BOTH,
    None, cut.nothing, (Shortcut("ctrl+q", typing=True),), (), ("stop",), "", (hint(ended=5, is_last=True),),
    action=FaceAction.QUIT)

COMMANDS: tuple[Command, ...] = (
    Command("next", N_("next"), N_("Go to the next question that is not skipped."), "guide", BOTH,
        by(guide.advance), cut.time_only, (Shortcut("f2", typing=True), Shortcut("right")), (), ("volgende",), "",
        (hint(moderator=1, assistant=12, typing=1),), behind_dialogs=True, timed=True),
    Command("back", N_("back"), N_("Go back one question; logged as a new visit."), "guide", BOTH,
        by(guide.back), cut.time_only, (Shortcut("f7", typing=True), Shortcut("left")), (), ("terug",), timed=True),
    GO,
    Command("skip", N_("skip"), N_("Skip the next question, or the one named."), "guide", BOTH,
        by(guide.skip), cut.optional, (Shortcut("s"),), (Part.ITEM_TO_COME,), ("overslaan",), "skip 2.3",
        (hint(moderator=14),), timed=True),
    Command("unskip", N_("skip no longer"), N_("Take a question that is skipped back into the talk."), "guide", LINES,
        by(guide.unskip), cut.whole, (), (), ("niet-overslaan",), "unskip 2.3", timed=True),
    Command("asked", N_("asked"), N_("Mark as asked without opening it."), "guide", BOTH,
        by(guide.asked), cut.whole, (Shortcut("question_mark"),), (Part.QUESTION,), ("gesteld",), "asked 2.3",
        timed=True),
    Command("unask", N_("not asked"), N_("Say that a question was not asked after all."), "guide", LINES,
        by(guide.unask), cut.whole, (), (), ("niet-gesteld",), "unask 2.3", timed=True),
    Command("time", N_("time"), N_("Add or take minutes for this section."), "guide", BOTH, d.add_time,
        cut.words(1, 2), (Shortcut("plus", "+1", N_("1 min more")), Shortcut("minus", "-1", N_("1 min less"))),
        (Part.MINUTES,), ("tijd",), "time +2",
        (hint(moderator=15, label=N_("minute"), key_of=lambda _state: "+ -"),)),
    PACE,
    ROOMS,
    ROOM,
    *ANSWER_COMMANDS,

    *LEADING,

    FLOOR,
    Command("name", N_("who was it"),
        N_("Say who it was: the unknown speaker, or who spoke last and was logged wrong."), "floor", BOTH,
        by(floor.name_turn), cut.whole, (Shortcut("k"),), (Part.SEAT,), ("was",), "name 3", possible=floor.last_turn),
    Command("hand", N_("hand"), N_("Put somebody on the queue."), "floor", BOTH, by(floor.hand),
        cut.whole, (Shortcut("h"),), (Part.SEAT,), ("hand",), "hand 6", (hint(moderator=11, assistant=11),)),
    Command("lower", N_("hand down"), N_("Take somebody off the queue."), "floor", LINES, by(floor.lower),
        cut.whole, (), (), ("hand-omlaag",), "lower 6"),

    NOTE,
    Command("mark", N_("mark"), N_("Mark this moment."), "notes", BOTH, by(notes.mark), cut.optional,
        (Shortcut("f3", typing=True),), (), ("markeer",), "", (hint(moderator=6, assistant=13, typing=2),),
        behind_dialogs=True),
    Command("star", N_("star"), N_("Star the last note, or the one named."), "notes", BOTH, by(notes.star),
        cut.optional, (Shortcut("asterisk"),), (Part.NOTE,), ("ster",), "star 2"),
    Command("unstar", N_("no star"), N_("Take the star of a note away."), "notes", LINES, by(notes.unstar),
        cut.optional, (), (), ("ster-weg",), "unstar 2"),
    Command("tag", N_("tag"), N_("Put a tag on a note, or take it off: `-#app`."), "notes", BOTH, d.tag,
        cut.note_and_tags, (Shortcut("number_sign"),), (Part.NOTE, Part.TAGS), ("label",), "tag last #app -#prijs"),
    EDIT,
    DRAFT,
    Command("remove", N_("remove"), N_("Take a note out; its history stays in the file."), "notes", BOTH,
        by(notes.remove), cut.optional, (Shortcut("delete"),), (Part.NOTE,), ("verwijder",), "remove 1"),
    Command("raise", N_("asked later"),
        N_("Log that a question of an observer, or else a parked one, was put to the group."), "notes", BOTH,
        by(observers.raise_next), cut.optional, (Shortcut("j"),), (), ("ingebracht",), "raise"),

    SUMMARY,
    CORRECT,

    ATTEND,
    ADMIT,
    GALLERY,
    PLACE,
    ADD,
    CONSENT,
    BRIEF,
    Command("rename", N_("rename"), N_("Correct a participant's name."), "people", BOTH, by(people.rename),
        cut.words(2, 2), (), (Part.SEAT, Part.TEXT), ("hernoem",), "rename 4 Piet"),

    TICK,
    TESTS,
    FAILED,
    WAIVE,
    UNTICK,
    Command("unmark", N_("take a mark back"),
        N_("Take one of the marks back: a tick, asked, skipped, a hand that is up, a star."), "correcting", LIVE,
        marks.unmark, keys=(Shortcut("X"),), asks=(Part.MARKED,)),
    Command("check", N_("new check"), N_("Add a check to the checklist."), "checks", BOTH, by(checks.add_check),
        cut.whole, (), (Part.TEXT,), ("controle",), "check gordijn dicht"),
    Command("issue", N_("technical issue"),
        N_("Log a technical issue; start with the person's seat if it concerns one."), "checks", BOTH,
        by(checks.open_issue), cut.whole, (Shortcut("i"),), (Part.SEAT_OR_TEXT,), ("storing",), "issue P4 geluid",
        (hint(before=15, assistant=6),), timed=True),
    SOLVED,

    Command("cue", N_("cue"), N_("Slip a cue to the moderator."), "session", BOTH, d.cue, cut.whole,
        (Shortcut("c"),), (Part.CUE,), ("seintje",), "cue nog 5 minuten", (hint(moderator=13, assistant=5),)),
    SEEN,
    Command("doors", N_("doors open"), N_("Open the waiting room."), "session", BOTH, by(session.open_doors),
        cut.time_only, (Shortcut("d"),), (), ("deuren",), "", (hint(prepared=1),), timed=True),
    START,
    Command("pause", N_("pause"), N_("Stop the guide's clock, or resume it."), "session", LIVE,
        by(session.switch_pause), keys=(Shortcut("f4", typing=True),),
        hints=(hint(moderator=5, label_of=_pause_or_resume), hint(typing=3, label_of=_pause_or_resume)),
        behind_dialogs=True, confirm=GO_ON),
    Command("pause", N_("pause"), N_("Stop the guide's clock."), "session", LINES, by(session.pause), cut.time_only,
        aliases=("pauze",), timed=True),
    Command("resume", N_("resume"), N_("Resume the guide's clock."), "session", LINES, by(session.resume),
        cut.time_only, aliases=("hervat",), timed=True, confirm=GO_ON),
    PLATFORM,
    Command("recording", N_("platform REC"),
        N_("Log that the platform's recording started, or with `off` that it stopped."), "session", LINES,
        d.log_recording, cut.one_of(*d.ON, *d.OFF), aliases=("opname",), usage="recording off", timed=True),
    RECORD,
    Command("microphone", N_("microphone"), N_("Choose the microphone and check the sound."), "session", LIVE,
        keys=(Shortcut("M"),), hints=(hint(before=7),), action=FaceAction.MICROPHONE),
    Command("listen", N_("listen"), N_("Play the recording from a note, a question (2.3) or a moment (42:13)."),
        "session", BOTH, None, None, (Shortcut("L"),), (), ("luister",), "listen 2.3", action=FaceAction.LISTEN,
        asks_by_name=(Part.PASSAGE,)),
    SHARE,
    *OBSERVER_COMMANDS,
    END,
    DEBRIEF,
    TOPLINE,
    Command("role", N_("change roles"), N_("Lead the talk from now on, or assist again; what you do counts as that."),
        "session", BOTH, None, cut.nothing, (Shortcut("F"),), (), ("rol", "overnemen"), "", action=FaceAction.ROLE,
        confirm=Confirm(N_("Change roles?"), lambda _state: True,
            N_("Who assists leads from now on; who leads assists."), declined=N_("The roles stay as they are."))),

    Command("earlier", N_("was earlier"), N_("Say that your last act was longer ago: a question, a turn, a pause."),
        "correcting", BOTH, None, cut.a_moment, (Shortcut("less_than_sign"),), (Part.AGO,), ("eerder",), "earlier -2m",
        action=FaceAction.EARLIER),
    Command("right", N_("put right"), N_("Put right what was logged; what follows is shown before it is done."),
        "correcting", EVERYWHERE, righting.put_right, cut.optional, (Shortcut("E"),),
        (Part.WRONG, Part.CHANGE, Part.WHY), ("rechtzetten",), "right question 1 20:14", action=FaceAction.RIGHT,
        preview=righting.shown),

    Command("names", N_("names in texts"),
        N_("Decide whether a word that may be a name is one: it counts in every report and export with codes."),
        "correcting", LINES | REVIEW, naming.rule, cut.words(2, 3), (), (Part.DOUBT, Part.TAKEN_AS, Part.PLACE),
        ("namen",), "names bakker word", bare=FaceAction.NAMES),

    *ONLY_IN_REVIEW,
    *IMPORT_COMMANDS,

    Command("undo", N_("undo"), N_("Take back your own last act."), "program", EVERYWHERE, None, cut.one_of(*d.ANYWAY),
        (Shortcut("z"), Shortcut("ctrl+t", typing=True)), (), ("ongedaan",), "",
        (hint(before=13, moderator=9, assistant=10, ended=9, review=10),), action=FaceAction.UNDO),
    Command("redo", N_("redo"), N_("Bring back what you undid."), "program", EVERYWHERE, None, cut.nothing,
        (Shortcut("y"),), (), ("opnieuw",), action=FaceAction.REDO),
    Command("plan", N_("read plan again"), N_("Read the plan file again after editing it."), "program", BOTH,
        None, cut.one_of(*d.ANYWAY), (Shortcut("f11"),), (), ("herlees",), action=FaceAction.PLAN),
    Command("status", N_("status"), N_("Say where the session stands."), "program", BOTH, cut=cut.nothing,
        aliases=("stand",), action=FaceAction.STATUS),
    FIND,
    Command("panel", N_("other panel"), N_("Show or enter the next panel."), "program", LIVE,
        keys=(Shortcut("tab"), Shortcut("f6", typing=True)),
        hints=(hint(before=12, moderator=16, assistant=16, ended=8),), action=FaceAction.PANEL),
    Command("unfold", N_("unfold"), N_("Show all that comes with the question, or fold it again."), "program", LIVE,
        keys=(Shortcut("I"),), action=FaceAction.UNFOLD, only="moderator"),
    Command("open", N_("open link"), N_("Open what is on now: a check, a stimulus, a whiteboard, else the meeting."),
        "program", LIVE, keys=(Shortcut("o"),), action=FaceAction.OPEN_LINK),
    COPY,
    Command("theme", N_("light or dark"), N_("Change between the light and the dark theme."), "program",
        LIVE | REVIEW, action=FaceAction.THEME),
    Command("palette", N_("everything"), N_("Find any command by name."), "program", LIVE | REVIEW,
        keys=(Shortcut("ctrl+p", typing=True),), action=FaceAction.PALETTE,
        hints=(hint(before=11, moderator=8, assistant=8, ended=10, review=11, is_last=True),)),
    Command("help", N_("help"), N_("Show every command and key."), "program", EVERYWHERE, None, None,
        (Shortcut("f1", typing=True),), (), ("hulp",), "",
        (hint(before=3, moderator=3, assistant=3, ended=3, review=1, is_last=True),), action=FaceAction.HELP),
    QUIT,
    Command("quit", N_("quit"), N_("Close the program; everything is saved."), "program", REVIEW,
        keys=(Shortcut("ctrl+q", typing=True),), action=FaceAction.QUIT),

    Command("guide", N_("guide"), N_("List the sections, or what stands in one."), "program", LINES,
        aliases=("leidraad",), usage="guide 2", action=FaceAction.GUIDE),
    Command("checks", N_("checklist"), N_("List what is open on the checklist now, or all, or what holds a text."),
        "program", LINES, aliases=("controlelijst",), usage="checks camera", action=FaceAction.CHECKS),
    Command("notes", N_("notes"), N_("List the newest notes, or those that hold a text."), "program", LINES,
        aliases=("notities",), usage="notes #app", action=FaceAction.NOTES),
    Command("news", N_("news"), N_("Say what others did since you asked last."), "program", LINES,
        cut=cut.nothing, aliases=("nieuws",), action=FaceAction.NEWS),
    Command("wait", N_("wait"), N_("Let simulated time pass."), "program", LINES, aliases=("wacht",),
        usage="wait 90s", action=FaceAction.WAIT),
)
# fmt: on


class Slice:
    """The commands of one face, in the order of the table."""

    def __init__(self, commands: Sequence[Command], face: Face) -> None:
        self.face = face
        self.commands = tuple(command for command in commands if face in command.faces)
        self.groups = {group: heading for group, heading in GROUPS.items() if self.of(group)}
        self._by_word = {
            word: command for command in reversed(self.commands) for word in (*command.aliases, command.word)
        }
        self._elsewhere = {command.word for command in commands}

    def of(self, group: Group) -> list[Command]:
        """Return the commands of a group."""
        return [command for command in self.commands if command.group == group]

    def named(self, word: str) -> Command:
        """Return the command of this name, in one language or the other, or refuse."""
        command = self._by_word.get(word.casefold())
        if command is not None:
            return command
        if word.casefold() in self._elsewhere:
            raise Refused("{word} works on the screens only.", word=one_line(word))
        raise Refused("There is no command {word}; help shows them all.", word=one_line(word))

    def read(self, line: str) -> tuple[Command, str]:
        """Return the command that a typed line begins with, and the text behind it, or refuse."""
        word, _space, text = line.strip().partition(" ")
        if word.isdecimal():
            raise Refused("There is no command {word}; floor {word} gives a seat the floor.", word=one_line(word))
        if word.casefold() not in self._by_word and word.casefold() not in self._elsewhere:
            told = N_("There is no command {word}; help shows them all. A note begins with: note")
            raise Refused(told, word=one_line(word))
        return self.named(word), text.strip()


OF_LIVE, OF_LINES, OF_REVIEW = (Slice(COMMANDS, face) for face in (LIVE, LINES, REVIEW))
