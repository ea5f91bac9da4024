"""The part of the command table that is done in the review only."""

from __future__ import annotations

from kring.commands import decisions as d
from kring.commands.bars import hint
from kring.commands.command import REVIEW, Command, FaceAction, Part, Shortcut
from kring.commands.decisions import by
from kring.domain.decide import coding, notes
from kring.domain.text import N_

# fmt: off
WHO = Command("who", N_("who"), N_("Say who speaks in a turn, or whom a note is about."), "correcting", REVIEW,
    d.say_who, keys=(Shortcut("k"),), asks=(Part.NOTE_OR_TURN, Part.SPEAKER, Part.WHY), hints=(hint(review=6),))
SETTLE = Command("decide", N_("proposal"), N_("Accept or decline a change of the turns that the sound suggests."),
    "correcting", REVIEW, d.settle, keys=(Shortcut("p"),), asks=(Part.PROPOSAL, Part.DECISION))
FIND_ENTRY = Command("find", N_("find"),
    N_("Show only what holds these words; beginnings and other forms of a word count."), "showing", REVIEW,
    keys=(Shortcut("slash"),), hints=(hint(review=2),), action=FaceAction.FIND)

ONLY_IN_REVIEW: tuple[Command, ...] = (
    Command("move", N_("move in time"), N_("Go back or forth in time; boards and sound follow."), "moving", REVIEW,
        keys=(Shortcut("right", "+1", N_("1 s later")), Shortcut("left", "-1", N_("1 s earlier")),
            Shortcut("full_stop", "+10", N_("10 s later")), Shortcut("comma", "-10", N_("10 s earlier")),
            Shortcut("right_square_bracket", "+60", N_("1 min later")),
            Shortcut("left_square_bracket", "-60", N_("1 min earlier"))), action=FaceAction.MOVE),
    Command("go", N_("go to a time"), N_("Go to a time on the session's clock, such as 34:12 or 1:04:30."), "moving",
        REVIEW, keys=(Shortcut("g"),), asks=(Part.TIME,), action=FaceAction.GO_TO_TIME),
    Command("jump", N_("jump between"), N_("Choose what n/N jump to: marks, stars, stubs, what was not recorded …"),
        "moving", REVIEW, keys=(Shortcut("j"),), asks=(Part.STOP,), hints=(hint(review=17),),
        action=FaceAction.CHOOSE_STOP),
    Command("next", N_("next one"), N_("Go to the next or the previous one of those."), "moving", REVIEW,
        keys=(Shortcut("n", "next", N_("next")), Shortcut("N", "previous", N_("previous"))),
        action=FaceAction.NEXT_STOP),
    Command("play", N_("play"), N_("Play the recording from 5 s before the row; again: pause."), "moving", REVIEW,
        keys=(Shortcut("space"),), hints=(hint(review=7),), action=FaceAction.PLAY),
    Command("speed", N_("speed"), N_("Play faster or slower."), "moving", REVIEW,
        keys=(Shortcut("greater_than_sign", "faster", N_("faster")),
            Shortcut("less_than_sign", "slower", N_("slower"))), action=FaceAction.SPEED),

    FIND_ENTRY,
    Command("filter", N_("filter"), N_("Show only one kind, speaker, question, tag or code."), "showing", REVIEW,
        keys=(Shortcut("f"),), hints=(hint(review=3),), action=FaceAction.FILTER),
    Command("stubs", N_("to complete"), N_("Show the queue of quotes to complete; again: everything."), "showing",
        REVIEW, keys=(Shortcut("q"),), hints=(hint(review=9),), action=FaceAction.STUBS),
    Command("all", N_("show all"), N_("Take every filter away."), "showing", REVIEW, keys=(Shortcut("F"),),
        action=FaceAction.SHOW_ALL),
    Command("side", N_("beside"), N_("Choose what stands beside the timeline; again at the charts: the next chart."),
        "showing", REVIEW, keys=(Shortcut("f2", "details", N_("details"), typing=True),
            Shortcut("f3", "moderator", N_("moderator's board"), typing=True),
            Shortcut("f4", "assistant", N_("assistant's board"), typing=True),
            Shortcut("f5", "charts", N_("charts"), typing=True),
            Shortcut("f6", "codebook", N_("codebook"), typing=True),
            Shortcut("f7", "agreement", N_("agreement"), typing=True),
            Shortcut("tab", "next", N_("next"))),
        hints=(hint("next", review=8),), action=FaceAction.SIDE),
    Command("large", N_("large"), N_("Maximise or restore the side panel."), "showing", REVIEW,
        keys=(Shortcut("v"), Shortcut("f8", typing=True)), hints=(hint(review=12),), action=FaceAction.LARGE),
    Command("scroll", N_("scroll beside"), N_("Scroll what stands beside the timeline."), "showing", REVIEW,
        keys=(Shortcut("right_curly_bracket", "+5", N_("down")), Shortcut("left_curly_bracket", "-5", N_("up"))),
        action=FaceAction.SCROLL),

    Command("edit", N_("edit"), N_("Correct a note, or complete a quote; for a turn: say who speaks."), "correcting",
        REVIEW, d.reword, keys=(Shortcut("e"), Shortcut("enter")), asks=(Part.NOTE, Part.NOTE_LINE, Part.WHY),
        hints=(hint(review=4),), instead={"turns": WHO, "turn_proposals": SETTLE}),
    WHO,
    Command("times", N_("time"), N_("Correct the time of a note, or begin and end of a turn."), "correcting", REVIEW,
        d.say_when, keys=(Shortcut("i"),), asks=(Part.NOTE_OR_TURN, Part.BEGIN, Part.TIMES, Part.WHY),
        hints=(hint(review=15),)),
    Command("split", N_("split"), N_("Make two turns of one at this second; say who speaks from here on."),
        "correcting", REVIEW, d.split, keys=(Shortcut("s"),),
        asks=(Part.TURN_HERE, Part.MOMENT, Part.SPEAKER, Part.WHY), hints=(hint(review=14),)),
    Command("merge", N_("merge"), N_("Make one turn of this one and the next one; its speaker stays."), "correcting",
        REVIEW, d.merge, keys=(Shortcut("plus"),), asks=(Part.TURN, Part.WHY)),
    Command("add", N_("new turn"), N_("Put in a turn that nobody logged, from this second on."), "correcting", REVIEW,
        d.add_turn, keys=(Shortcut("a"),), asks=(Part.SPEAKER, Part.BEGIN, Part.TIMES, Part.WHY)),
    Command("remove", N_("remove"), N_("Take out a note or a turn; its history stays in the file."), "correcting",
        REVIEW, d.take_out, keys=(Shortcut("delete"),), asks=(Part.NOTE_OR_TURN, Part.WHY)),
    Command("tag", N_("tag"), N_("Put a tag on a note, or take it off: `-#app`."), "correcting", REVIEW, d.tag,
        keys=(Shortcut("number_sign"),), asks=(Part.NOTE, Part.TAGS), hints=(hint(review=16),)),
    Command("star", N_("star"), N_("Star a note."), "correcting", REVIEW, by(notes.star),
        keys=(Shortcut("asterisk"),), asks=(Part.NOTE,)),
    Command("unstar", N_("no star"), N_("Take the star of a note away."), "correcting", REVIEW, by(notes.unstar),
        keys=(Shortcut("X"),), asks=(Part.NOTE,)),
    SETTLE,
    Command("decideall", N_("all proposals"), N_("Accept or decline all proposals that are shown."), "correcting",
        REVIEW, d.settle, keys=(Shortcut("P"),), asks=(Part.PROPOSALS, Part.DECISION)),

    Command("code", N_("code"), N_("Put a code on a note or a turn, or take it off; a new name makes a new code."),
        "coding", REVIEW, d.code, keys=(Shortcut("c"),), asks=(Part.NOTE_OR_TURN, Part.ME, Part.CODE_NAME),
        hints=(hint(review=5),), first=d.new_code),
    Command("memo", N_("memo"), N_("Write a memo on a note or a turn; where there is one of yours, change it."),
        "coding", REVIEW, d.write_memo, keys=(Shortcut("o"),), asks=(Part.MEMO_ON, Part.ME, Part.MEMO),
        hints=(hint(review=13),)),
    Command("remember", N_("memo on …"), N_("Write a memo on a code, or on the session as a whole."), "coding", REVIEW,
        d.write_memo, keys=(Shortcut("O"),), asks=(Part.CODE_OR_SESSION, Part.ME, Part.MEMO)),
    Command("codebook", N_("change a code"),
        N_("Change a code's name, description, colour or theme; merge, split or remove it."), "coding",
        REVIEW, d.change_code, keys=(Shortcut("b"),), asks=(Part.CODE, Part.ME, Part.CODE_CHANGE)),
    Command("judge", N_("I hear"), N_("Say as a second coder who speaks in a turn; the log stays as it is."), "coding",
        REVIEW, by(coding.judge), keys=(Shortcut("l"),), asks=(Part.TURN, Part.SPEAKER)),
    Command("coded", N_("all coded"),
        N_("Say that you coded everything up to this second, also where no code fits; agreement is counted over that."),
        "coding", REVIEW, d.coded_until, keys=(Shortcut("D"),), asks=(Part.MOMENT,)),
    Command("hide", N_("hide codes"), N_("Hide or show what other coders did."), "coding", REVIEW,
        keys=(Shortcut("h"),), action=FaceAction.HIDE_CODERS),
    Command("blind", N_("hide speakers"), N_("Hide or show who speaks in the log, to judge the turns blind."), "coding",
        REVIEW, keys=(Shortcut("H"),), action=FaceAction.HIDE_SPEAKERS),
)
# fmt: on
