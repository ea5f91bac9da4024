"""An entry of the timeline as it's shown: when, on which question, who, and what; kinds differ by sign and word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kring.domain import rows as r
from kring.domain.consent import quoting_remark
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.time_text import as_clock, as_length
from kring.domain.words import NOTE_WORDS, SPEAKER_WORDS, STATUS_SENTENCES, called, numbered
from kring.review.entries import SPOKEN, Entry
from kring.review.filters import NOTHING
from kring.review.model import ReviewModel
from kring.system.i18n import _, as_written, say
from kring.ui.review import codes
from kring.ui.views.notes import SHORT_SPEAKERS, SIGNS
from kring.ui.views.technique import said
from kring.ui.widgets.line import Line, Span, cut, line, pad, plain, spread, width, wrap

Teller = Callable[[ReviewModel, Entry, Any, str], list[Span]]
WIDE = 56
SESSION_WORDS = {
    "doors": N_("The doors are open"),
    "start": N_("The session starts"),
    "end": N_("The session has ended"),
}
CHANGE_WORDS: dict[r.TurnChange, str] = {
    "move": N_("other times"),
    "reassign": N_("somebody else"),
    "add": N_("a turn is missing"),
    "remove": N_("nobody speaks"),
}
INDENT = "   "
"""Before what stands under a turn."""
TIME_CELLS = 9
LONGEST_NAME = 14
NAMED = frozenset(("note", "transcript", "poll", "platform"))
"""The kinds that don't say themselves whose they are."""
LIT = "asks underline"
HIDDEN = "··"
"""What stands for a speaker while turns are judged blind."""


def draw(model: ReviewModel, entry: Entry, room: int) -> list[Line]:
    """Return an entry as lines: a question across the list, a turn as a heading, under it what was noted in it."""
    wide = room >= WIDE
    hour = model.begin()
    ahead = "−" if entry.at < hour else ""
    over = model.turn_over(entry)
    prefix: list[Span] = [(f"{ahead + as_clock(abs(entry.at - hour)):>8} ", "muted")]
    if over is not None:
        prefix.insert(0, (INDENT, ""))
    elif wide and model.filter != NOTHING:
        prefix.append((f"{numbered(model.state, entry.item)[:4]:<4} ", "muted"))
    if who := _who(model, entry, over):
        prefix.append((f"{who} ", "key" if who == HIDDEN else "bold"))
    spans = [*prefix, *_what(model, entry), *_marks(model, entry)]
    hang = len(INDENT) + TIME_CELLS if wide else TIME_CELLS
    lines = wrap(line(*spans), room, hang=min(hang, room // 3))
    tail = line((_tail(entry), "muted"))
    if tail and wide and width(lines[-1]) + width(tail) + 2 <= room:
        lines[-1] = spread(lines[-1], tail, room)
    return [_across(one, room) for one in lines] if entry.kind == "question" else lines


def _across(content: Line, room: int) -> Line:
    """Return a line as a band over the whole room."""
    return tuple([(text, f"{look} band") for text, look in pad(content, room)])


def _who(model: ReviewModel, entry: Entry, over: Entry | None) -> str:
    """Return whose an entry is, where what it says or the turn above it doesn't tell that."""
    if entry.kind not in NAMED or (over is not None and over.speaker == entry.speaker):
        return ""
    if entry.kind in SPOKEN and entry.speaker and model.speakers_hidden:
        return HIDDEN
    if entry.speaker in model.state.participants:
        return plain(cut(line(called(model.state, entry.speaker)), LONGEST_NAME))
    return _(SHORT_SPEAKERS[entry.speaker]) if entry.speaker in SHORT_SPEAKERS else ""


def speaker_word(state: State, kind: r.TurnKind | None, participant: str | None) -> str:
    """Return who speaks, in words."""
    return called(state, participant) if participant else _(SPEAKER_WORDS[kind or "unknown"])


def _what(model: ReviewModel, entry: Entry) -> list[Span]:
    lasted = as_length(entry.until - entry.at) if entry.until is not None else _("running")
    teller = _TELLERS.get(type(entry.row))
    if teller is None:
        return [("○ ", "late"), (_("not recorded"), "late"), (f" {lasted}", "muted")]
    return teller(model, entry, entry.row, lasted)


def _turn(model: ReviewModel, entry: Entry, row: r.TurnRow, lasted: str) -> list[Span]:
    if row.kind == "silence":
        return [(f"· {_('silence')} {lasted}", "muted")]
    who = HIDDEN if model.speakers_hidden else speaker_word(model.state, row.kind, row.participant)
    changed = [("  " + _("corrected"), "muted")] if row.changed_at and not model.speakers_hidden else []
    return [("▶ ", "speaking"), (who, "bold"), (f" {lasted}", "muted"), *changed]


def _attendance(model: ReviewModel, entry: Entry, row: r.AttendanceRow, lasted: str) -> list[Span]:
    told = say(Sentence(STATUS_SENTENCES[row.status], {"who": called(model.state, row.participant)}))
    return [("→ ", "key"), (told, ""), (f" ({row.reason})" if row.reason else "", "muted")]


def _issue(model: ReviewModel, entry: Entry, row: r.IssueRow, lasted: str) -> list[Span]:
    lost = _("; minutes lost: {n}").format(n=as_written(row.minutes_lost)) if row.minutes_lost is not None else ""
    who = HIDDEN if model.speakers_hidden else called(model.state, row.participant)
    whose = [(f"{who}: ", "bold")] if row.participant else []
    return [("! ", "late"), *whose, *lit_words(model, row.title, ""), (f" {lasted}{lost}", "muted")]


def _proposal(model: ReviewModel, entry: Entry, row: r.TurnProposalRow, lasted: str) -> list[Span]:
    who = HIDDEN if model.speakers_hidden else speaker_word(model.state, row.kind, row.participant)
    return [("? ", "soon"), (f"{_(CHANGE_WORDS[row.change])}: {who}", "soon"), (f" {lasted}", "muted")]


def _invitation(model: ReviewModel, entry: Entry, row: r.InvitationRow, lasted: str) -> list[Span]:
    who = HIDDEN if model.speakers_hidden else called(model.state, row.participant)
    return [("◂ ", "key"), (_("invited to speak: {who}").format(who=who), "")]


def _stay(model: ReviewModel, entry: Entry, row: r.PlatformStayRow, lasted: str) -> list[Span]:
    return [("⇢ ", "key"), *_labelled(model, row.label), (_("in the meeting"), ""), (f" {lasted}", "muted")]


def _of_platform(sign: str) -> Teller:
    return lambda model, entry, row, lasted: [
        (sign, "key"),
        *_labelled(model, getattr(row, "label", "")),
        *lit_words(model, entry.text, ""),
    ]


def _labelled(model: ReviewModel, label: str) -> list[Span]:
    """Return the name that a file has for somebody who is not on the list."""
    return [(f"{HIDDEN if model.speakers_hidden else label}: ", "muted")] if label else []


def _signed(sign: str, look: str, text_look: str = "", behind: str = "") -> Teller:
    return lambda model, entry, row, lasted: [(sign, look), *lit_words(model, entry.text, text_look), (behind, look)]


_TELLERS: dict[type[Any], Teller] = {
    r.NoteRow: lambda model, entry, row, lasted: _note(model, row),
    r.TurnRow: _turn,
    r.VisitRow: _signed("▸ ", "key", "bold"),
    r.AttendanceRow: _attendance,
    r.IssueRow: _issue,
    r.CueRow: lambda model, entry, row, lasted: [("» ", "key"), (said(row), "italic")],
    r.PauseRow: lambda model, entry, row, lasted: [("= ", "key"), (_("paused"), ""), (f" {lasted}", "muted")],
    r.RecordingRow: lambda model, entry, row, lasted: [("● ", "ok"), (_("recording"), ""), (f" {lasted}", "muted")],
    r.AnswerRow: _signed("□ ", "key"),
    r.ShowingRow: _signed("▣ ", "key"),
    r.ProbeRow: _signed("↳ ", "key"),
    r.InvitationRow: _invitation,
    r.YieldRow: _signed("✓ ", "key"),
    r.SentenceRow: _signed("“", "muted", "muted", "”"),
    r.TranscriptRow: lambda model, entry, row, lasted: [
        ("» ", "muted"),
        *_labelled(model, row.label),
        *lit_words(model, entry.text, "muted"),
    ],
    r.SignalRow: _of_platform("⇢ "),
    r.PlatformStayRow: _stay,
    r.PlatformAnswerRow: _of_platform("□ "),
    r.AttachmentRow: _of_platform("▣ "),
    r.TurnProposalRow: _proposal,
    r.SessionRow: lambda model, entry, row, lasted: [("■ ", "title"), (_(SESSION_WORDS[entry.text]), "title")],
}


def _note(model: ReviewModel, note: r.NoteRow) -> list[Span]:
    first, last = SIGNS[note.kind]
    look = {"quote": "current", "remark": "italic", "nonverbal": "italic"}.get(note.kind, "")
    text = note.text or _(NOTE_WORDS[note.kind])
    return [(first, "key"), *_labelled(model, note.label), *lit_words(model, text, look), (last, "key")]


def lit_words(model: ReviewModel, text: str, look: str) -> list[Span]:
    """Return a text with the words lit that are searched for."""
    spans: list[Span] = []
    at = 0
    for begin, end in model.search.places(text) if model.words else ():
        spans += [(text[at:begin], look), (text[begin:end], LIT)]
        at = end
    return [*spans, (text[at:], look)]


def _marks(model: ReviewModel, entry: Entry) -> list[Span]:
    spans: list[Span] = []
    if entry.stub:
        spans.append(("  " + _("to complete"), "soon"))
    if isinstance(entry.row, r.NoteRow) and (
        remark := quoting_remark(model.state, entry.row.kind, entry.row.participant)
    ):
        spans.append((f"  {say(remark)}", "late"))
    if entry.starred:
        spans.append(("  ★", "soon"))
    if entry.not_covered and entry.row is not None:
        spans.append(("  " + _("not recorded"), "late"))
    for tag in entry.tags:
        spans += [("  ", ""), *lit_words(model, f"#{tag}", "accent")]
    for code in codes_on(model, entry):
        spans += [("  ", ""), *codes.sign(code), (f"[{code.name}]", "ok")]
    if model.memos_on(entry):
        spans.append(("  ✎", "soon"))
    if isinstance(entry.row, r.TurnRow):
        judged = model.state.turn_judgements.get(f"{entry.row.id}/{model.me}")
        if judged is not None:
            heard = speaker_word(model.state, judged.kind, judged.participant)
            spans.append(("  " + _("I hear: {who}").format(who=heard), "accent"))
    return spans


def codes_on(model: ReviewModel, entry: Entry) -> list[r.CodeRow]:
    """Return the codes on an entry, each once."""
    known = model.state.codes
    return [known[code] for code in dict.fromkeys(model.codes_on(entry)) if code in known]


def _tail(entry: Entry) -> str:
    return (entry.row.author or entry.row.role).partition(" ")[0] if isinstance(entry.row, r.NoteRow) else ""
