"""Who speaks: one line a seat, always in the same place; what changes is the bar and the words."""

from __future__ import annotations

from kring.domain.measures.silence import SILENCE_MS, silence_ms
from kring.domain.measures.talk_time import Standing, Voice, queue
from kring.domain.text import N_
from kring.domain.time_text import short
from kring.domain.words import SPEAKER_WORDS
from kring.system.i18n import _
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, Span, cells, cut, line, pad, plain, spread

BLOCKS = " ▏▎▍▌▋▊▉█"
STANDING_WORDS: dict[Standing, str] = {
    "much": N_("much"),
    "little": N_("little"),
    "not_yet": N_("not yet"),
    "quiet": N_("quiet {time}"),
    "away": N_("away {time}"),
    "left": N_("left"),
    "waiting": N_("waiting room"),
    "expected": N_("expected"),
    "no_show": N_("no-show"),
    "": "",
}
HERE = N_("present")
STANDING_LOOKS: dict[Standing, str] = {
    "much": "soon",
    "little": "key",
    "not_yet": "key",
    "quiet": "soon",
    "away": "late",
    "waiting": "soon",
}


def floor(moment: LiveMoment, room: int, height: int) -> list[Line]:
    """Return the floor for a panel of this size: a line a seat, two seats a line when there's no height for more."""
    voices = [voice for voice in moment.voices if voice.standing != "no_show"]
    below = _below(moment, room)
    space = max(height - len(below), 1)
    if len(voices) <= space and room >= 36:
        name_room = _name_room(moment, room)
        return [*(_seat(moment, voice, room, name_room) for voice in voices), *below]
    half = (len(voices) + 1) // 2
    if half > space:
        return [*_dense(voices, room, space), *below]
    column = (room - 1) // 2
    name_room = _name_room(moment, column)
    lines: list[Line] = []
    for index in range(half):
        left = pad(_seat(moment, voices[index], column, name_room), column)
        is_there = index + half < len(voices)
        right = _seat(moment, voices[index + half], column, name_room) if is_there else EMPTY
        lines.append((*left, (" ", ""), *right))
    return [*lines, *below]


def _dense(voices: list[Voice], room: int, space: int) -> list[Line]:
    """Return seats and names only, in as many columns as it takes: nobody is left out."""
    columns = -(-len(voices) // space)
    column = max(room // columns, 1)
    lines: list[Line] = []
    for row in range(space):
        spans: list[Span] = []
        for voice in voices[row::space]:
            speaking = voice.speaking_ms is not None
            sign = "▶" if speaking else ("!" if voice.person.hand_at is not None else " ")
            name = (voice.person.name or voice.person.id, "speaking" if speaking else "")
            cell = cut(line((sign, "speaking" if speaking else "soon"), (f"{voice.person.seat} ", "key"), name), column)
            spans += pad(cell, column)
        lines.append(tuple(spans))
    return lines


def _name_room(moment: LiveMoment, room: int) -> int:
    """Return how many columns the names get: what the longest needs, as far as bar and words can spare it."""
    longest = max((cells(voice.person.name or voice.person.id) for voice in moment.voices), default=8)
    most = 14 if room < 44 else max(room - (52 if room >= 58 else 36), 10)
    return min(max(longest, 8), most)


def _seat(moment: LiveMoment, voice: Voice, room: int, name_room: int) -> Line:
    person = voice.person
    speaking = voice.speaking_ms is not None
    name_look = "speaking" if speaking else ("muted" if voice.standing in ("left", "expected", "waiting") else "")
    spans: list[Span] = [
        ("▶" if speaking else " ", "speaking"),
        (f"{person.seat:>2} ", "key"),
        (_fixed(person.name or person.id, name_room), name_look),
    ]
    if room >= 72:
        spans.append((f" {person.id:<4}", "muted"))
    if room >= 58:
        spans.append((f" {_fixed(person.segment, 8)} ", "muted"))
    words = _words(moment, voice)
    share = f"{round(100 * voice.share):>3} %" if voice.spoken_ms else "   -"
    turn = short(voice.speaking_ms) if voice.speaking_ms is not None else ""
    if room >= 44:
        spans.append((f"{turn:>6} ", "speaking"))
        taken = sum(len(text) for text, _look in spans)
        bar_room = max(room - taken - 28 - (10 if room >= 74 else 0), 4)
        spans.append((bar(voice.share, bar_room), "bar"))
        spans.append((f" {share}", "bold" if voice.standing == "much" else ""))
        if room >= 74:
            spans.append((_(" {n} turns").format(n=f"{voice.turns:>3}"), "muted"))
        return cut(line(*spans, (" ", ""), *words), room)
    return cut(line(*spans, (f"{turn or share:>5} ", "speaking" if turn else ""), *words), room)


def _fixed(text: str, room: int) -> str:
    return plain(pad(line(text), room))


def _words(moment: LiveMoment, voice: Voice) -> list[Span]:
    spans: list[Span] = []
    if voice.person.hand_at is not None:
        place = [waiting.person.id for waiting in queue(moment.voices)].index(voice.person.id) + 1
        spans.append((_("hand {n}").format(n=place) + " ", "soon reverse"))
    word = STANDING_WORDS[voice.standing]
    if not word and moment.state.session.started_at is None:
        word = HERE
    if word:
        since = voice.silent_ms if voice.standing == "quiet" else moment.now - int(voice.person.status_at or moment.now)
        told = _(word).format(time=short(since) if voice.standing == "away" else f"{since // 60_000} min")
        if voice.standing == "away" and voice.person.reason:
            told += f" ({voice.person.reason})"
        spans.append((told, STANDING_LOOKS.get(voice.standing, "muted")))
    return spans


def bar(share: float, room: int) -> str:
    """Return a bar of eighths for a share of 0..1; half the talk fills it."""
    eighths = min(round(min(share * 2, 1.0) * room * 8), room * 8)
    full, part = divmod(eighths, 8)
    text = "█" * full + (BLOCKS[part] if part else "")
    return text + " " * (room - len(text))


def _below(moment: LiveMoment, room: int) -> list[Line]:
    state = moment.state
    if state.session.phase != "live":
        return []
    silence = silence_ms(state, moment.now)
    running = state.open_turn
    left: list[Span] = []
    if silence is not None:
        look = "soon reverse" if silence >= SILENCE_MS else "bold"
        left = [(" " + _("silence {time}").format(time=short(silence)) + " ", look)]
    elif running is not None and running.kind != "participant":
        left = [(f" ▶ {_(SPEAKER_WORDS[running.kind])} {short(moment.now - running.started_at)}", "speaking")]
    here = [voice for voice in moment.voices if voice.status == "present"]
    unheard = [str(voice.person.seat) for voice in here if not voice.on_question]
    right: list[Span] = []
    if len(here) > 1 and state.current_item is not None and state.current_item.kind == "question":
        told = " ".join(unheard) if unheard else _("everyone")
        word = _("not yet on this question:") if unheard and room >= 46 else (_("not yet:") if unheard else _("heard:"))
        right = [(f"{word} ", "muted"), (told + " ", "bold" if unheard else "ok")]
    return [spread(line(*left), line(*right), room)] if left or right else []
