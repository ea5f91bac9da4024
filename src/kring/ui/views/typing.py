"""What stands under the line while somebody types: the grammar, what the line means so far, and what may follow."""

from __future__ import annotations

from kring.domain import note_line
from kring.domain.consent import quoting_remark
from kring.domain.decide.group.polls import poll_at_hand
from kring.domain.decide.notes import about, tags_in_use
from kring.domain.measures.presence import seated
from kring.domain.note_line import NoteDraft
from kring.domain.rows import NoteKind, NoteRow, TurnKind
from kring.domain.state import State
from kring.domain.tellers.naming import unknown
from kring.domain.text import folded
from kring.domain.time_text import as_clock, time_of_day
from kring.domain.words import NOTE_WORDS, SPEAKER_WORDS, called, numbered
from kring.system.i18n import _, say
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, Span, cut, line

WIDE, FULL = 130, 160  # columns from which most, and all, of the grammar is spelled out


NOW_MS = 2_000
"""What was begun so short ago is now."""


def note_hint(state: State, typed: str, room: int, now: int, begun: int | None) -> Line:
    """Return what a note being typed means so far, or what may complete the tag or the speaker at its end."""
    return cut(offer(state, typed) or _meaning(state, typed, now, begun), room)


def edit_hint(state: State, typed: str, room: int, note: NoteRow | None, known: str = "") -> Line:
    """Return what a note that is edited means so far: whose it is stays, unless the line says so."""
    warned = note is not None and known and note_line.written(note) != known
    warning = line((" " + _("changed by somebody else meanwhile") + " ·", "late")) if warned else EMPTY
    return cut(line(*warning, *(offer(state, typed) or _edited(state, typed, note))), room)


def _meaning(state: State, typed: str, now: int, begun: int | None) -> Line:
    draft = note_line.read(typed, seated(state))
    found = about(state, now, draft, begun)
    spans: list[Span] = [(f" {_(NOTE_WORDS[draft.kind])}", "title")]
    spans += _whose(state, draft.kind, found.participant, found.kind, found.item)
    ago_ms = now - found.at
    if ago_ms < NOW_MS:
        spans.append((" · " + _("now"), "muted"))
    else:
        time = f"{ago_ms // 1000} s" if ago_ms < 60_000 else as_clock(ago_ms)
        spans.append((" · " + _("{time} ago").format(time=time), "soon"))
    return line(*spans, *_marks(state, draft))


def _edited(state: State, typed: str, note: NoteRow | None) -> Line:
    draft = note_line.read(typed, seated(state))
    spans: list[Span] = [(f" {_(NOTE_WORDS[draft.kind])}", "title")]
    if note is not None:
        kind, participant = draft.speaker or (note.speaker_kind, note.participant)
        spans += _whose(state, draft.kind, participant, kind, note.item)
        spans.append((f" · {time_of_day(state, note.at, seconds=True)}", "muted"))
    return line(*spans, *_marks(state, draft))


def _whose(state: State, of: NoteKind, participant: str | None, kind: TurnKind | None, item: str | None) -> list[Span]:
    """Return whose a note of this kind is, what stands against quoting them, and on which question."""
    spans: list[Span] = []
    if participant:
        spans.append((f" · {called(state, participant)}", "accent"))
        if remark := quoting_remark(state, of, participant):
            spans.append((f" {say(remark)}", "late"))
    elif kind is not None and kind != "silence":
        spans.append((f" · {_(SPEAKER_WORDS[kind])}", "accent"))
    if item in state.guide:
        spans.append((f" · {numbered(state, item)}", "accent"))
    return spans


def _marks(state: State, draft: NoteDraft) -> list[Span]:
    spans: list[Span] = []
    if draft.starred:
        spans.append((" · ★", "soon"))
    if draft.parked:
        spans.append((" · " + _("for later"), "soon"))
    if draft.stub:
        spans.append((" · " + _("to complete"), "soon"))
    spans += [(f" #{tag}", "accent") for tag in draft.tags]
    spans += [(f" · {say(unknown(state, name))}", "late") for name in draft.unknown]
    return spans


def offer(state: State, typed: str) -> Line:
    """Return what may complete the tag or the speaker at the end of a line, nothing if neither is being typed."""
    tag = note_line.tag_being_typed(typed)
    if tag is not None:
        found = [name for name in tags_in_use(state) if name.startswith(tag)][:8]
        if not found:
            return line((" " + _("a new tag"), "muted"))
        return line(
            (" Tab ", "key"), *[(f" #{name}", "bold" if place == 0 else "") for place, name in enumerate(found)]
        )
    who = note_line.speaker_being_typed(typed)
    if who is not None:
        people = [p for p in seated(state) if folded(p.name).startswith(folded(who)) or str(p.seat).startswith(who)]
        if people:
            return line((" Tab ", "key"), *[f" @{person.seat} {person.name}" for person in people[:8]])
    return ()


def answer_hint(state: State, who: str) -> Line:
    """Return whose answer is being typed, to which poll, and what can be answered."""
    person = next((person for person in seated(state) if who.strip() in (str(person.seat), person.id)), None)
    poll = poll_at_hand(state)
    if person is None or poll is None:
        return ()
    options = poll.options
    whole = [int(option) for option in options if option.isdecimal()]
    in_order = len(whole) == len(options) > 2 and whole == list(range(whole[0], whole[0] + len(whole)))
    told = f"{options[0]}–{options[-1]}" if in_order else ", ".join(options)
    return line((called(state, person.id), "accent"), f" · {poll.title} ", (f"({told})" if told else "", "muted"))


def completed(state: State, typed: str) -> str | None:
    """Return the line with its last tag or speaker completed, None when there is nothing to complete."""
    tag = note_line.tag_being_typed(typed)
    if tag is not None:
        found = [name for name in tags_in_use(state) if name.startswith(tag)]
        return f"{typed[: len(typed) - len(tag)]}{found[0]} " if found else None
    who = note_line.speaker_being_typed(typed)
    if who is not None:
        people = [p for p in seated(state) if folded(p.name).startswith(folded(who))]
        return f"{typed[: len(typed) - len(who)]}{people[0].seat} " if people else None
    return None


def grammar(room: int = 140) -> list[KeyHint]:
    """Return the whole grammar of the note line as hints for a bar this wide, in the place of the keys."""
    if room < WIDE:
        kinds = (('"', _("quote")), ("(", _("own view")), ("/", _("nonv.")), ("=", _("sum.")))
        return [*(KeyHint(sign, word, 5) for sign, word in kinds), KeyHint("@3 #x * ? -20s …", "", 9)]
    marks = (
        ("Enter", _("save")),
        ('"', _("quote")),
        ("~", _("paraphrase")),
        ("(", _("own view")),
        ("/", _("nonverbal")),
        ("=", _("summary")),
        (">3", _("chat")),
        ("@3", _("who")),
        ("#", _("tag")),
        ("*", _("star")),
        ("?", _("later")),
        ("-20s", _("ago")),
        ("…", _("complete later") if room >= FULL else _("stub")),
        ("Esc", _("leave")),
    )
    shown = marks if room >= FULL else [(sign, word) for sign, word in marks if sign not in ("Enter", "~", "Esc")]
    return [KeyHint(sign, word, len(marks) - place) for place, (sign, word) in enumerate(shown)]


def grammar_lines(room: int) -> list[Line]:
    """Return the grammar of the note line on two rows, for a surface with room for them."""
    kinds = [('"', _("quote")), ("~", _("paraphrase")), ("(", _("own view"))]
    kinds += [("/", _("nonverbal")), ("=", _("summary"))]
    marks = [("@4", _("who")), ("-20s", _("earlier")), ("*", _("star")), ("#", _("tag"))]
    marks += [("?", _("later")), ("…", _("stub"))]
    rows = []
    for signs in (kinds, marks):
        spans = [span for sign, word in signs for span in ((f" {sign} ", "key"), (f"{word} ", "quiet"))]
        rows.append(cut(line(" ", *spans), room))
    return rows


def next_note(state: State, now: int) -> Line:
    """Return whom a note that is begun now would be about, and on which question; before the talk only its key."""
    found = about(state, now, note_line.NoteDraft())
    about_whom = called(state, found.participant) if found.participant else _("nobody")
    number = numbered(state, found.item)
    if state.session.phase != "live":
        return line((" n ", "key"), (_("note"), "muted"))
    told = (_("note on") + " ", "muted")
    return line((" n ", "key"), told, (about_whom, "bold"), (f" · {number}" if number else "", "muted"))


def who_speaks(state: State) -> Line:
    """Return who speaks now, beside whom the note being typed is about."""
    turn = state.open_turn
    if turn is None or turn.kind == "silence":
        return EMPTY
    who = called(state, turn.participant) if turn.participant else _(SPEAKER_WORDS[turn.kind])
    return line((_("now speaks {who}").format(who=who) + " ", "quiet"))
