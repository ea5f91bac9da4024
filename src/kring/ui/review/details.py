"""The entry under the cursor in full: text, times, codes by coder, memos, and what was corrected by whom and why."""

from __future__ import annotations

from collections.abc import Callable

from kring.domain import rows as r
from kring.domain.consent import consent_to
from kring.domain.events import Event
from kring.domain.measures.coverage import cover
from kring.domain.text import N_, Sentence
from kring.domain.time_text import as_clock, as_length, on_clock, time_of_day
from kring.domain.words import NOTE_WORDS, called, numbered
from kring.review.entries import Entry
from kring.review.model import ReviewModel
from kring.study.earlier import Earlier
from kring.system.i18n import _, say
from kring.ui.review.codes import memos, swatch
from kring.ui.review.timeline_entry import HIDDEN, lit_words, speaker_word
from kring.ui.widgets.line import EMPTY, Line, Span, cut, line, wrap

COVER_WORDS = {
    "kring": N_("recorded by kring"),
    "platform": N_("recorded by the platform"),
    "": N_("not recorded"),
}

SCOPES = {"quoting": N_("may be quoted"), "clips": N_("sound in clips")}
"""The scopes of consent that matter for a quote."""
AROUND = 2
"""Notes of the same person before an entry, and after it."""
Tell = Callable[[Event], Sentence]
"""What an event says."""


def details(
    model: ReviewModel, entry: Entry | None, tell: Tell, room: int, earlier: Earlier | None = None
) -> list[Line]:
    """Return all that is known of an entry; `earlier` says which tags are new in its study."""
    if entry is None:
        return [line((_("Nothing is chosen."), "muted"))]
    lines = [*_head(model, entry, room), *_body(model, entry, room, earlier), EMPTY]
    lines += _consent(model, entry)
    lines += _codes(model, entry, room)
    lines += memos(model.memos_on(entry), room)
    hidden = len(model.other_coders()) if model.others_hidden else 0
    if hidden:
        lines.append(line((_("What other coders did is hidden; h shows it."), "muted")))
    lines += _history(model, entry, tell, room)
    lines += _around(model, entry, room)
    return [one for place, one in enumerate(lines) if one or lines[place - 1]]  # one blank row between two things


def _head(model: ReviewModel, entry: Entry, room: int) -> list[Line]:
    state, row, begin = model.state, entry.row, model.begin()
    times = on_clock(entry.at, begin)
    if entry.until is not None and entry.until != entry.at:
        times += f" – {on_clock(entry.until, begin)} ({as_length(entry.until - entry.at)})"
    head = [line((times, "title"), ("  " + time_of_day(state, entry.at, seconds=True), "muted"))]
    item = state.guide.get(entry.item or "")
    if item is not None and entry.kind != "question":
        head += wrap(line((f"{numbered(state, item.id)} ", "muted"), (item.title, "muted")), room, hang=4)
    match row:
        case r.TurnRow():
            who = HIDDEN if model.speakers_hidden else speaker_word(state, row.kind, row.participant)
            head.append(line((who, "bold"), ("  " + _("logged by {who}").format(who=row.logged_by), "muted")))
        case r.NoteRow():
            who = speaker_word(state, row.speaker_kind, row.participant) if entry.speaker else ""
            who = HIDDEN if who and model.speakers_hidden else who
            told = f"{_(NOTE_WORDS[row.kind])}{' · ' if who else ''}{who}"
            head.append(line((told, "bold"), (f"  {row.author or row.role}", "muted")))
        case r.TurnProposalRow():
            who = HIDDEN if model.speakers_hidden else speaker_word(state, row.kind, row.participant)
            head.append(line((who, "bold"), (f"  {row.method}", "muted")))
    if (over := model.turn_over(entry)) is not None:
        since = as_length(entry.at - over.at)
        told = _("in a turn from {begin}, {since} after it began").format(begin=as_clock(over.at - begin), since=since)
        head.append(line((told, "muted")))
    if isinstance(row, r.NoteRow | r.TurnRow):
        held = cover(state, entry.at, entry.until, entry.item)
        head.append(line((_(COVER_WORDS[held]), "muted" if held else "late")))
    return head


def _person(model: ReviewModel, entry: Entry) -> str:
    """Return which participant a note or a turn is of, unless who speaks is hidden."""
    is_theirs = isinstance(entry.row, r.NoteRow | r.TurnRow) and entry.speaker in model.state.participants
    return entry.speaker if is_theirs and not model.speakers_hidden else ""


def _consent(model: ReviewModel, entry: Entry) -> list[Line]:
    """Return whether whoever speaks may be quoted and played, at the quote and not in a report weeks later."""
    person = _person(model, entry)
    if not person:
        return []
    spans: list[Span] = []
    for scope, word in SCOPES.items():
        answer = consent_to(model.state, person, scope)
        told, look = {True: (_("yes"), "ok"), False: (_("no"), "late"), None: (_("not said"), "soon")}[answer]
        spans += [(f"{_(word)}: ", "muted"), (told, look), ("  ", "")]
    return [tuple(spans), EMPTY]


def _around(model: ReviewModel, entry: Entry, room: int) -> list[Line]:
    """Return what was noted of the same person before and after."""
    person = _person(model, entry)
    before, after = model.notes_around(entry, AROUND) if person else ([], [])
    if not before and not after:
        return []
    begin = model.begin()
    title = _("{who} before and after").format(who=called(model.state, person))
    rows = [
        cut(
            line((f"{as_clock(max(one.at - begin, 0)):>7} ", "muted"), ("★ " if one.starred else "", "soon"), one.text),
            room,
        )
        for one in (*before, *after)
    ]
    return [EMPTY, line((title, "bold")), *rows]


def _body(model: ReviewModel, entry: Entry, room: int, earlier: Earlier | None) -> list[Line]:
    if not entry.text or entry.kind == "session":
        return []
    new = {tag: f" ({_('new in this study')})" for tag in entry.tags if earlier is not None and earlier.is_new(tag)}
    tags = [span for tag in entry.tags for span in ((f"#{tag}", "accent"), (new.get(tag, ""), "soon"), (" ", ""))]
    star = "★ " if entry.starred else ""
    body = [EMPTY, *wrap(line(*lit_words(model, entry.text, "current")), room)]
    marks = line((star, "soon"), *tags, (" " + _("to complete") if entry.stub else "", "soon"))
    return [*body, *wrap(marks, room, hang=2)] if marks else body


def _codes(model: ReviewModel, entry: Entry, room: int) -> list[Line]:
    lines: list[Line] = []
    for coding in model.codings_on(entry):
        code = model.state.codes.get(coding.code)
        if code is not None:
            lines += wrap(line(*swatch(code), (code.name, "bold"), (f"  {coding.coder}", "muted")), room, hang=2)
    return lines


def _history(model: ReviewModel, entry: Entry, tell: Tell, room: int) -> list[Line]:
    lines: list[Line] = []
    for event in model.changes_of(entry):
        told = line(
            (f"{time_of_day(model.state, event.at)} {event.actor or _(event.role)}: ", "muted"), say(tell(event))
        )
        lines += wrap(told, room, hang=2)
    return [line((_("Changes"), "title")), *lines] if lines and not model.speakers_hidden else []
