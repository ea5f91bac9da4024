"""The commands with which a talk is led: what a question yields, probes, whom to invite, a sentence for the moment."""

from __future__ import annotations

from msgspec.structs import replace

from kring.commands.bars import hint
from kring.commands.command import LINES, LIVE, Answers, Command, FaceAction, More, Part, Shortcut
from kring.commands.cut import nothing, optional, whole
from kring.commands.decisions import by
from kring.domain import facts as f
from kring.domain import leading, lookup
from kring.domain.decide import Decision, notes
from kring.domain.decide.group import leading as verbs
from kring.domain.decide.session import require_live
from kring.domain.note_line import NoteDraft
from kring.domain.rows import NonverbalCode, Situation
from kring.domain.state import State
from kring.domain.text import N_, pattern
from kring.system.i18n import language, translated

_NUMBERED = pattern(r"(\d{1,3})(?:\s+(.*))?$")


def _probe_and_rest(text: str) -> Answers:
    """Take which probe, and behind a number its kind or, behind 0, one's own words."""
    found = _NUMBERED.match(whole(text)[0])
    return tuple(part for part in found.groups() if part) if found else (text,)


def sentence(word: str) -> Decision:
    """Put up the sentence for a difficult moment: the plan's own, else ours in the language of the group."""

    def decide(state: State, now: int) -> f.SentenceShown:
        moment = leading.situation(word)
        return verbs.say(state, now, word, sentence_for(state, moment) if moment is not None else "")

    return decide


def sentence_for(state: State, situation: Situation) -> str:
    """Return what to say in a difficult moment: as the plan has it, else in the language of the group."""
    own = dict(state.session.sentences).get(situation)
    return own or translated(leading.SENTENCES[situation], state.session.language or language())


def nonverbal(*answers: str) -> Decision:
    """Write down what somebody shows without words: a code, with whoever shows it before it if that is told."""

    def decide(state: State, now: int) -> f.NoteAdded:
        who, code = _who_and_code(" ".join(answers))
        text = translated(leading.NONVERBAL[code], state.session.language or language())
        draft = NoteDraft(kind="nonverbal", text=text)
        if who:
            draft = replace(draft, speaker=("participant", lookup.person(state, who).id))
        return replace(notes.add(state, now, draft), code=code)

    return decide


def _who_and_code(said: str) -> tuple[str, NonverbalCode]:
    """Return who shows something, or nothing, and the code at the end, which may have several words."""
    words = said.split()
    for place in range(len(words)):
        code = leading.nonverbal_code(" ".join(words[place:]))
        if code is not None:
            return " ".join(words[:place]), code
    raise leading.not_known(said, leading.NONVERBAL_NAMED)


# fmt: off
INVITE = Command("invite", N_("invite"), N_("Log that you invite somebody to speak: who is next, or the one named."),
    "leading", LIVE | LINES, by(verbs.invite), optional, (Shortcut("U"),), (), ("uitnodigen",), "invite 3",
    (hint(moderator=18),), asks_by_name=(Part.SEAT,), timed=True)

LEADING: tuple[Command, ...] = (
    Command("yield", N_("yield"), N_("Tick what the question must yield, now that it was heard."), "leading",
        LIVE | LINES, by(verbs.hear), whole, (Shortcut("O"),), (Part.YIELD,), ("opbrengst",), "yield 2",
        (hint(moderator=17),), timed=True),
    Command("unheard", N_("yield not heard"), N_("Take the tick of a yield away."), "leading", LINES,
        by(verbs.unhear), whole, (), (), ("ongehoord",), "unheard 2"),
    Command("probe", N_("probe"),
        N_("Log that a probe was used, its kind behind it if you like; 0 and a text is one of your own."), "leading",
        LIVE | LINES, by(verbs.probe), _probe_and_rest, (Shortcut("p"),), (Part.PROBE,), ("doorvraag",),
        "probe 0 who was with you?", (hint(moderator=12),), timed=True,
        more=More(Part.PROBE_KIND, N_("Kind of probe"), N_("Tab: its kind"))),
    INVITE,
    Command("say", N_("sentence"), N_("Put up a sentence to say: for a talker, a silent one, an expert, and so on."),
        "leading", LIVE | LINES, sentence, whole, (Shortcut("S"),), (Part.SITUATION,), ("zin",), "say talker",
        possible=require_live),
    Command("nonverbal", N_("nonverbal"), N_("Write down what somebody shows without words, by one key."), "leading",
        LIVE | LINES, nonverbal, whole, (Shortcut("N"),), (Part.NONVERBAL,), ("nonverbaal",),
        "nonverbal 4 nods"),
    Command("mirror", N_("mirror"), N_("Show how you lead: your share, how long you wait, whom you invited."),
        "leading", LIVE | LINES, None, nothing, (Shortcut("H"),), (), ("spiegel",), action=FaceAction.MIRROR,
        only="moderator"),
    Command("persona", N_("persona card"),
        N_("Show the card of the persona beside whoever speaks, or beside somebody: made up, never a participant."),
        "leading", LIVE | LINES, aliases=("personakaart",), usage="persona 3", action=FaceAction.PERSONA),
    Command("groups", N_("earlier groups"),
        N_("Show what earlier groups of the study said on the question that is open, or on one that is named."),
        "leading", LIVE | LINES, keys=(Shortcut("equals_sign"),), aliases=("groepen",), usage="groups 3",
        action=FaceAction.EARLIER_GROUPS),
)
# fmt: on
