"""What stands under the line while somebody types: the grammar, what the line means so far, and what may follow."""

from __future__ import annotations

from kring.domain import note_line
from kring.domain.consent import quoting_remark
from kring.domain.decide.guide import poll_at_hand
from kring.domain.decide.notes import tags_in_use
from kring.domain.lookup import people_like
from kring.domain.measures.presence import seated
from kring.domain.state import State
from kring.domain.text import folded
from kring.domain.time_text import short
from kring.domain.words import NOTE_WORDS, SPEAKER_WORDS, called, numbered
from kring.system.i18n import _, say
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, Span, cut, line

WIDE, FULL = 130, 160  # columns from which most, and all, of the grammar is spelled out


def note_hint(state: State, typed: str, room: int) -> Line:
    """Return what a note being typed means so far, or what may complete the tag or the speaker at its end."""
    return cut(offer(state, typed) or _meaning(state, typed), room)


def _meaning(state: State, typed: str) -> Line:
    draft = note_line.read(typed, seated(state))
    spans: list[Span] = [(f" {_(NOTE_WORDS[draft.kind])}", "title")]
    turn = state.open_turn
    who = ""
    if draft.speaker is not None:
        kind, code = draft.speaker
        who = called(state, code) if code else _(SPEAKER_WORDS[kind or "unknown"])
    elif turn is not None and turn.kind != "silence":
        who = called(state, turn.participant) if turn.participant else _(SPEAKER_WORDS[turn.kind])
    if who:
        spans.append((f" · {who}", "accent"))
    speaks = draft.speaker[1] if draft.speaker is not None else turn.participant if turn is not None else None
    if remark := quoting_remark(state, draft.kind, speaks):
        spans.append((f" · {say(remark)}", "late"))
    item = state.current_item
    if item is not None:
        spans.append((f" · {numbered(state, item.id)}", "accent"))
    if draft.back_ms:
        spans.append((" · " + _("{time} ago").format(time=short(draft.back_ms)), "soon"))
    if draft.starred:
        spans.append((" · ★", "soon"))
    if draft.parked:
        spans.append((" · " + _("for later"), "soon"))
    if draft.stub:
        spans.append((" · " + _("to complete"), "soon"))
    spans += [(f" #{tag}", "accent") for tag in draft.tags]
    spans += [(f" · {_unknown(state, name)}", "late") for name in draft.unknown]
    return line(*spans)


def _unknown(state: State, name: str) -> str:
    meant = [called(state, person.id) for person in people_like(state, name)]
    if meant:
        return _("@{name} may be {names}").format(name=name, names=", ".join(meant))
    return _("nobody is called @{name}").format(name=name)


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
        return line((" Tab ", "key"), *[f" @{person.seat} {person.name}" for person in people[:8]])
    return ()


def answer_hint(state: State, who: str) -> Line:
    """Return whose answer is being typed, to which poll, and what can be answered."""
    person = next((person for person in seated(state) if str(person.seat) == who.strip()), None)
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
