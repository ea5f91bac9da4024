"""The commands of how a group answers: stimuli, polls, and who agrees."""

from __future__ import annotations

from kring.commands import answering, cut
from kring.commands.command import LINES, LIVE, Command, FaceAction, Part, Shortcut
from kring.commands.decisions import by
from kring.domain.decide.group import consensus, polls, stimuli
from kring.domain.text import N_

# fmt: off
ANSWER = Command("answer", N_("answer"), N_("Log a participant's answer to the poll; a second one corrects the first."),
    "answers", LIVE | LINES, by(polls.answer), cut.words(2, 2), (Shortcut("l"),), (Part.SEAT, Part.ANSWER),
    ("antwoord",), "answer 3 8", timed=True)
POLL = Command("poll", N_("poll"),
    N_("Show how the poll stands; put one to the group, ask it again, or log counts without names."), "answers",
    LIVE | LINES, answering.poll, cut.whole, (Shortcut("P"),), (), ("peiling",), "poll counts 8=3 7=2",
    action=FaceAction.POLL_BOARD, bare=FaceAction.POLL, timed=True)
CONSENSUS = Command("consensus", N_("who agrees"),
    N_("Show who agrees, or log it: agrees, nods, example, dissents, shakes, counterexample, no response, clear."),
    "answers", LIVE | LINES, by(consensus.note), answering.cut_stance, (Shortcut("C"),), (), ("instemming",),
    "consensus 2.1 4 agrees", action=FaceAction.CONSENSUS_BOARD, bare=FaceAction.CONSENSUS, timed=True)
STATEMENT = Command("statement", N_("statement"),
    N_("Write down a statement that came up, to log who agrees; its label (2.1a) rewords or removes it."),
    "answers", LIVE | LINES, answering.statement, cut.whole, (), (Part.TEXT,), ("stelling",),
    "statement 2.1 te veel gedoe")

ANSWER_COMMANDS: tuple[Command, ...] = (
    Command("show", N_("stimulus"), N_("Log that stimulus material is shown; what was on is taken away by that."),
        "answers", LIVE | LINES, by(stimuli.show), cut.optional, (Shortcut("w"),), (Part.STIMULUS,), ("toon",),
        "show A", timed=True),
    Command("hide", N_("taken away"), N_("Log that stimulus material is taken away: all that is on, or the one named."),
        "answers", LIVE | LINES, by(stimuli.take_away), cut.optional, (Shortcut("W"),), (), ("weghalen",), "hide A",
        timed=True),
    ANSWER,
    Command("answers", N_("answers"), N_("Log several answers to the poll in one line."), "answers", LINES,
        answering.answers, cut.whole, aliases=("antwoorden",), usage="answers 3 8, 4 7", timed=True),
    POLL,
    CONSENSUS,
    STATEMENT,
    Command("chat", N_("chat"),
        N_("Tell who wrote in the chat on this question, and who is still to be asked to explain."), "answers", LINES,
        cut=cut.optional, usage="chat 2.1", action=FaceAction.CHAT),
)
# fmt: on
