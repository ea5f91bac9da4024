"""How the talk is led, drawn: the silence that is counted, a sentence for the moment, whom to invite, who was heard."""

from __future__ import annotations

from kring.domain.leading import REMINDERS
from kring.domain.measures.group.moment import sentence_now
from kring.domain.measures.group.reminders import reminder_now
from kring.domain.measures.group.turns import heard_on_question, opening_round
from kring.domain.measures.group.waiting import silence_count
from kring.domain.time_text import as_clock
from kring.system.i18n import _
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, Span, cut, line, spread, width

MOST_NAMED = 2
"""So many come behind the one who is next."""
MOST_SQUARES = 9


def silence(moment: LiveMoment) -> Line:
    """Return how far the silence is counted: `silence 3 of 5 counts ▪▪▪▫▫`; white, for silence is no alarm."""
    found = silence_count(moment.state, moment.now)
    if found is None:
        return EMPTY
    counts, of = found.passed_ms // 1000, found.of_ms // 1000
    if counts > of:
        return line((_("silence, {n} counts").format(n=counts), "current"))
    squares = "▪" * counts + "▫" * (of - counts) if of <= MOST_SQUARES else ""
    return line(
        (_("silence {n} of {of} counts {squares}").format(n=counts, of=of, squares=squares).rstrip(), "current")
    )


def to_say(moment: LiveMoment) -> str:
    """Return the sentence for the moment, else a reminder, else nothing; it's one grey line on the card."""
    sentence = sentence_now(moment.state)
    if sentence is not None:
        return f"“{sentence.text}”"
    reminder = reminder_now(moment.state, moment.now)
    return _(REMINDERS[reminder]) if reminder is not None else ""


def turns(moment: LiveMoment, room: int) -> list[Line]:
    """Return whom to invite and how many were heard, on one row where there is room; none where nobody is there."""
    heard = heard_on_question(moment.voices)
    state = moment.state
    if state.session.phase != "live" or state.open_pause is not None or heard.of < 2:
        return []
    named, told = invite(moment), _heard(moment, heard.heard, heard.of)
    row = spread(named, told, room)
    fits = width(named) + width(told) + 2 <= room
    return [row] if fits else [cut(told, room), cut(named, room)]


def invite(moment: LiveMoment) -> Line:
    """Return whom to invite next, and who comes behind; empty where there is nobody, and outside the talk."""
    if moment.state.session.phase != "live" or moment.state.open_pause is not None:
        return EMPTY
    first, *others = [voice.person.name or voice.person.id for voice in moment.to_invite] or [""]
    if not first:
        return EMPTY
    spans: list[Span] = [("U ", "key"), (_("invite {who}").format(who=first), "")]
    if others:
        spans.append(("   " + _("then {names}").format(names=", ".join(others[:MOST_NAMED])), "quiet"))
    return line(*spans)


def _heard(moment: LiveMoment, heard: int, of: int) -> Line:
    item = moment.state.current_item
    if item is None or item.kind != "question":
        return EMPTY
    told = opening(moment) or _("heard {n} of {of}").format(n=heard, of=of)
    return line((told, ""))


def opening(moment: LiveMoment) -> str:
    """Return how many the opening round still has to hear, and the time for each; empty where it's no such round."""
    going = opening_round(moment.state, moment.now, moment.voices)
    if going is None or not going.not_yet:
        return ""
    told = _("{n} of {of} not yet heard").format(n=going.not_yet, of=going.of)
    return told if going.each_ms is None else f"{told}, {_('{time} each').format(time=as_clock(going.each_ms))}"
