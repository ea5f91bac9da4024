"""Who speaks: one row a seat, always in the same place; what changes is the bar and the words."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from kring.domain.measures.presence import places
from kring.domain.measures.silence import SILENCE_MS, silence_ms
from kring.domain.measures.talk_time import Standing, Voice, moderator_share, queue
from kring.domain.rows import ParticipantRow
from kring.domain.text import N_
from kring.domain.time_text import as_clock
from kring.domain.words import SPEAKER_WORDS, WITHDRAWN, called
from kring.system.i18n import _, decimal, language, percent
from kring.ui.views import leading
from kring.ui.views.live_moment import LiveMoment
from kring.ui.views.names import shown_names
from kring.ui.widgets.line import EMPTY, Line, Span, cells, cut, line, pad, spread, width

BLOCKS = " ▏▎▍▌▋▊▉█"
SCALE = 0.5
"""The share that fills a bar: so 34 and 44 % are told apart."""
PAST = "▸"
EQUAL = "┊"
NOTHING = "–"
STANDING_WORDS: dict[Standing, str] = {
    "much": N_("much"),
    "little": N_("little"),
    "not_yet": N_("not yet"),
    "quiet": N_("quiet {time}"),
    "away": N_("away {time}"),
    "left": N_("left"),
    "waiting": N_("waiting room"),
    "expected": N_("expected"),
    "no_show": N_("did not come"),
    "": "",
}
STANDING_LOOKS: dict[Standing, str] = {"much": "soon", "quiet": "soon", "away": "late", "waiting": "soon"}
SCOPE_LETTERS = {
    "all": N_("* nothing"),
    "taking_part": N_("P not taking part"),
    "audio": N_("A no audio"),
    "video": N_("V no picture"),
    "quoting": N_("Q not to be quoted"),
    "observers": N_("O no observers"),
    "clips": N_("K no clips"),
}
"""Of each scope that somebody refuses the letter that marks them, and what it means."""
MOST_NAME, SHORT_NAME = 12, 7
LEAST_NAME = 4
GROUP = 8
SHARE = 5
WORDS, SHORT_WORDS, LEAST_WORDS = 13, 9, 5
MOST_BAR, LEAST_BAR = 24, 4
WIDE, NARROW = 44, 34
"""Columns of a row from which names stand whole and words in full, and below which there are no bars."""
GAP = 2
BETWEEN = "   "
MORE = f"{BETWEEN}…"
MOST_LEGEND = 2


class _Widths(msgspec.Struct, frozen=True):
    """How a row is divided; 0 = there's no room for it."""

    seat: int
    name: int
    group: int
    bar: int
    share: int
    marks: int
    words: int


class _Seat(msgspec.Struct, frozen=True):
    """What a row says of somebody: the bar by its eighths, None before the start, and how many are `here`."""

    key: str
    name: Span
    group: str
    dot: Span
    filled: int | None
    here: int
    share: Span
    mark: str
    words: Line


def rows(moment: LiveMoment) -> int:
    """Return how many seats there are to show."""
    return len(places(moment.state))


def floor(moment: LiveMoment, room: int, height: int, role: str = "assistant") -> list[Line]:
    """Return the floor for a panel of this size: a row a seat, two seats a row when there's no height for more.

    What is left of the height says how many were heard, and what the marks mean; her own share only the moderator sees.
    """
    people = places(moment.state)
    columns, each = _columns(len(people), room, height)
    if columns > 2 or each > height:
        return _dense(moment, people, room, height)
    column = (room - GAP * (columns - 1)) // columns
    widths = _widths(moment, people, column)
    has_head = _has_head(moment, widths, columns, height - each)
    names = dict(zip((person.id for person in people), _names(moment, people, widths.name), strict=True))
    voices = {voice.person.id: voice for voice in moment.voices}
    drawn = [_row(moment, person, voices.get(person.id), names[person.id], widths, column) for person in people]
    lines = [_beside(drawn[place::each], column) for place in range(each)]
    if not has_head:
        return [*lines, *_sums(moment, room, role, 1)[: max(height - each, 0)]]
    drawn = [_head(widths, room), *lines]
    left = height - len(drawn)
    sums = _sums(moment, room, role, left)
    return [*drawn, *([EMPTY] if left > len(sums) else []), *sums[:left]]


def seat_at(moment: LiveMoment, room: int, height: int, x: int, y: int) -> ParticipantRow | None:
    """Return whose row stands at a place of the panel, None where that is nobody's."""
    people = places(moment.state)
    columns, each = _columns(len(people), room, height)
    column = max((room + GAP) // columns, 1)
    if columns == 1 and _has_head(moment, _widths(moment, people, room), columns, height - each):
        y -= 1
    if not 0 <= y < each or x // column >= columns:
        return None
    place = y + (x // column) * each
    return people[place] if place < len(people) else None


def _columns(count: int, room: int, height: int) -> tuple[int, int]:
    """Return in how many columns the seats stand, and how many rows each has; they run down, then right."""
    if count <= max(height, 1):
        return 1, max(count, 1)
    half = max((count + 1) // 2, 1)
    if half <= height and room >= 40:
        return 2, half
    columns = max(-(-count // max(height, 1)), 1)
    return columns, max(-(-count // columns), 1)


def _beside(cells_of: list[Line], column: int) -> Line:
    spans: list[Span] = []
    for number, cell in enumerate(cells_of):
        spans += [(" " * GAP, "")] if number else []
        spans += pad(cell, column, "mine" if cell and cell[0][0].startswith("▶") else "")
    return tuple(spans)


def _dense(moment: LiveMoment, people: list[ParticipantRow], room: int, height: int) -> list[Line]:
    """Return seats and names only, in as many columns as it takes: nobody is left out."""
    height = max(height, 1)
    columns = max(-(-len(people) // height), 1)
    column = max(room // columns, 1)
    voices = {voice.person.id: voice for voice in moment.voices}
    lines: list[Line] = []
    for row in range(min(height, len(people))):
        spans: list[Span] = []
        for person in people[row::height]:
            voice = voices.get(person.id)
            speaking = voice is not None and voice.speaking_ms is not None
            sign = "▶" if speaking else ("!" if person.hand_at is not None else " ")
            look = "speaking" if speaking else ""
            cell = line(
                (sign, look or "soon"), (f"{seat_key(person)} ", "key"), (called(moment.state, person.id), look)
            )
            spans += pad(cut(cell, column), column)
        lines.append(tuple(spans))
    return lines


def seat_key(person: ParticipantRow) -> str:
    """Return the key that gives a seat the floor: its digit, 0 for the tenth, a point and a letter further on."""
    seat = person.seat
    if 0 < seat <= 10:
        return str(seat % 10)
    return f".{chr(ord('a') + seat - 11)}" if 10 < seat <= 15 else " "


def _widths(moment: LiveMoment, people: list[ParticipantRow], room: int) -> _Widths:
    is_wide = room >= WIDE
    seat = 2 if room >= NARROW or any(person.seat > 10 for person in people) else 1
    shown = _names(moment, people, MOST_NAME if is_wide else SHORT_NAME)
    name = max(map(cells, shown), default=SHORT_NAME)
    marks = max((cells(_marks(moment, person)) for person in people), default=0)
    marks += 1 if marks else 0
    words = WORDS if is_wide else SHORT_WORDS
    share = SHARE if room >= NARROW else SHARE - 1 if moment.state.session.started_at is not None else 0
    left = room - 1 - seat - 1 - name - 3 - share - marks - words
    if left < 0:
        given = min(-left, words - LEAST_WORDS)
        name = max(name + min(left + given, 0), min(name, LEAST_NAME))
        words, left = words - given, 0
    has_groups = any(person.segment for person in people)
    group = GROUP + 1 if is_wide and has_groups and left - GROUP - 1 > LEAST_BAR else 0
    bar_room = min(left - group - 1, MOST_BAR)
    return _Widths(seat, name, group, bar_room if bar_room >= LEAST_BAR else 0, share, marks, words)


def _names(moment: LiveMoment, people: list[ParticipantRow], room: int) -> list[str]:
    return shown_names([called(moment.state, person.id) for person in people], room)


def _row(
    moment: LiveMoment, person: ParticipantRow, voice: Voice | None, name: str, widths: _Widths, room: int
) -> Line:
    if person.withdrawn_at is not None or voice is None:
        return cut(line((" ", ""), (f"{seat_key(person):>{widths.seat}} ", "key"), (WITHDRAWN, "muted")), room)
    speaking, is_live = voice.speaking_ms is not None, moment.state.session.started_at is not None
    look = "speaking" if speaking else ("" if voice.status in ("present", "away") else "muted")
    share = percent(voice.share) if voice.spoken_ms else (f"{NOTHING}  " if is_live else "")
    seat = _Seat(
        seat_key(person),
        (name, look),
        person.segment,
        _dot(moment, voice),
        _filled(voice.share, widths.bar) if is_live else None,
        len(moment.here),
        (share, "bold" if voice.standing == "much" or speaking else ""),
        _marks(moment, person) if widths.marks else "",
        line(*_words(moment, voice, narrow=widths.words < WORDS)),
    )
    return _drawn(seat, widths, room)


@lru_cache(maxsize=64)  # from one second to the next only who speaks has another row
def _drawn(seat: _Seat, widths: _Widths, room: int) -> Line:
    speaking = seat.name[1] == "speaking"
    spans: list[Span] = [("▶" if speaking else " ", "speaking"), (f"{seat.key:>{widths.seat}} ", "key")]
    spans += pad(line(seat.name), widths.name)
    if widths.group:
        spans += [(" ", ""), *pad(cut(line((seat.group, "muted")), GROUP), GROUP)]
    spans += [(" ", ""), seat.dot, (" ", "")]
    if widths.bar:
        spans += [*_bar(seat, widths.bar), (" ", "")]
    share, weight = seat.share
    spans.append((f"{share if cells(share) <= widths.share else share.replace(' ', ''):>{widths.share}}", weight))
    left = room - width(spans)
    if widths.marks + width(seat.words) <= left:
        marks = [(" ", ""), *pad(line((seat.mark, "need")), widths.marks - 1)] if widths.marks else []
    else:  # in a narrow row the word stands right behind the marks: a word that is cut says less
        marks = [(" ", ""), (seat.mark, "need")] if seat.mark else []
    spans += (*marks, *cut(seat.words, left - width(marks)))
    drawn = cut(tuple(spans), room)
    return (*((text, f"{its} mine".strip()) for text, its in drawn), ("", "mine")) if speaking else drawn


def _dot(moment: LiveMoment, voice: Voice) -> Span:
    """Return whether somebody was heard on this question: by voice, in the chat, not yet, or not there to be heard."""
    if moment.state.session.started_at is None:
        return (" ", "")
    if voice.on_question:
        return ("●", "ok")
    if voice.person.id in moment.wrote:
        return ("c", "ok")
    return ("○", "bold") if voice.status == "present" else (NOTHING, "muted")


def _bar(seat: _Seat, room: int) -> list[Span]:
    """Return the bar of a share, with the mark of an equal share where the bar does not reach it."""
    if seat.filled is None:
        return [(" " * room, "")]
    text, look = _bar_of(seat.filled, room), "speaking" if seat.name[1] == "speaking" else "bar"
    place = round(room / (seat.here * SCALE)) if seat.here else room
    if not 0 < place < room or len(text.rstrip(" ")) > place or seat.here < 2:
        return [(text, look)]
    return [(text[:place], look), (EQUAL, "rest"), (text[place + 1 :], look)]


def in_short(moment: LiveMoment, voice: Voice) -> list[Span]:
    """Return the mark and the share of somebody, where there is no room for a bar."""
    told = percent(voice.share) if voice.spoken_ms else NOTHING
    return [_dot(moment, voice), (f" {told}", "bold" if voice.standing == "much" else "")]


def bar(share: float, room: int) -> str:
    """Return a bar of eighths for a share of 0..1; half the talk fills it, and past that its last cell says so."""
    return _bar_of(_filled(share, room), room)


def _filled(share: float, room: int) -> int:
    """Return how many eighths of a bar a share fills; one more than it has where the share is past its end."""
    is_past = share > SCALE and room > 1
    return room * 8 + 1 if is_past else min(round(max(share, 0.0) / SCALE * room * 8), room * 8)


def _bar_of(eighths: int, room: int) -> str:
    if eighths > room * 8:
        return "█" * (room - 1) + PAST
    full, part = divmod(eighths, 8)
    text = "█" * full + (BLOCKS[part] if part else "")
    return text + " " * (room - len(text))


def _marks(moment: LiveMoment, person: ParticipantRow) -> str:
    """Return the letters of what somebody refuses: –Q is not to be quoted."""
    letters = [_(SCOPE_LETTERS[scope]).partition(" ")[0] for scope in _refused(moment, person)]
    return f"{NOTHING}{''.join(letters)}" if letters else ""


def _refused(moment: LiveMoment, person: ParticipantRow) -> list[str]:
    return [scope for scope in moment.refused[person.id] if scope in SCOPE_LETTERS]


def _words(moment: LiveMoment, voice: Voice, *, narrow: bool) -> list[Span]:
    spans: list[Span] = []
    if voice.speaking_ms is not None:
        spans.append((" " + as_clock(voice.speaking_ms), "speaking"))
    if voice.person.hand_at is not None:
        place = [waiting.person.id for waiting in queue(moment.voices)].index(voice.person.id) + 1
        spans.append((" " + _("hand {nth}").format(nth=nth(place)), "soon"))
    word = STANDING_WORDS[voice.standing]
    if spans and voice.standing not in ("away", "much"):
        word = ""
    elif not word and moment.state.session.started_at is None:
        word = N_("present")
    if word:
        spans.append((" " + _since(moment, voice, _(word), narrow=narrow), STANDING_LOOKS.get(voice.standing, "muted")))
    return spans


def _since(moment: LiveMoment, voice: Voice, word: str, *, narrow: bool) -> str:
    if voice.standing == "quiet":
        minutes = voice.silent_ms // 60_000
        return word.format(time=f"{minutes}′" if narrow else _("{n} min").format(n=minutes))
    now = int(moment.state.session.ended_at or moment.now)
    told = word.format(time=as_clock(max(now - int(voice.person.status_at or now), 0)))
    has_reason = voice.standing == "away" and voice.person.reason and not narrow
    return f"{told} ({voice.person.reason})" if has_reason else told


def nth(number: int) -> str:
    """Return a place in a row as a word that nobody takes for a seat: 1st, 2nd, 1e."""
    if language() == "nl":
        return f"{number}e"
    tens = number % 100 // 10
    return f"{number}{'th' if tens == 1 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _has_head(moment: LiveMoment, widths: _Widths, columns: int, left: int) -> bool:
    """Whether a line above the rows says what their marks and bars are."""
    return columns == 1 and left >= 2 and bool(widths.bar) and moment.state.session.phase == "live"


def _head(widths: _Widths, room: int) -> Line:
    """Return the line above the rows: its words stand over the marks and the bars."""
    mark = 1 + widths.seat + 1 + widths.name + widths.group + 1
    who = f"{' ' * (2 + widths.seat)}{_('who has the floor')}"
    heard, share = _("heard"), _("share, 0–50 %")
    space = max(mark + 1 - cells(heard), 0)
    left = who if cells(who) < space else ""
    return cut(line((f"{left:<{space}}{heard} ", "muted"), (share, "muted")), room)


def _sums(moment: LiveMoment, room: int, role: str, rows: int) -> list[Line]:
    """Return how many were heard on this question and who speaks who is no participant; then what the marks mean.

    There is room for so many rows.
    """
    state = moment.state
    if state.session.phase != "live":
        return []
    here = [voice for voice in moment.voices if voice.status == "present"]
    heard = sum(voice.on_question or voice.person.id in moment.wrote for voice in here)
    others, told = line(*_others(moment)), EMPTY
    if here and state.current_item is not None and state.current_item.kind == "question":
        word = leading.opening(moment)
        if not word or width(others) + cells(word) >= room:
            word = _("heard {n} of {all}").format(n=heard, all=len(here))
        told = line((word, "ok" if heard == len(here) else "bold"))
    first = spread(others, told, room) if others else line("  ", *told)
    if len(here) > 1 and not others:
        equal = decimal(100 / len(here), 0 if 100 % len(here) == 0 else 1)
        told_too = BETWEEN + _("┊ equal share {share} %").format(share=equal)
        if width(first) + cells(told_too) <= room:
            first = line(*first, (told_too, "muted"))
    return [cut(first, room), *_legend(moment, room, role, rows - 1)][:rows]


def _legend(moment: LiveMoment, room: int, role: str, rows: int) -> list[Line]:
    refused = {scope for voice in moment.voices for scope in moment.refused[voice.person.id]}
    scopes = [scope for scope in SCOPE_LETTERS if scope in refused]
    told = [f"{NOTHING}{_(SCOPE_LETTERS[scope])}" for scope in scopes]
    own = moderator_share(moment.state, moment.now) if role == "moderator" else None
    mine = [_("you speak {share}").format(share=percent(own))] if own is not None else []
    chat = [_("c chat")] if moment.wrote else []
    parts: list[str] = [*mine, *chat, *told]
    lines: list[str] = []
    space, most = room - len("  "), min(rows, MOST_LEGEND)
    while parts and len(lines) < most:
        count = _fitting(parts, space)
        if count < len(parts) and len(lines) == most - 1:
            count = _fitting(parts, space - len(MORE))
        lines.append(BETWEEN.join(parts[:count]))
        parts = parts[count:]
    if parts and lines:
        lines[-1] += MORE
    return [cut(line("  ", (text, "muted")), room) for text in lines]


def _fitting(parts: list[str], space: int) -> int:
    """Return how many parts fit as a whole, at least one: a meaning that is cut in the middle tells nothing."""
    count = len(parts)
    while count > 1 and cells(BETWEEN.join(parts[:count])) > space:
        count -= 1
    return count


def _others(moment: LiveMoment) -> list[Span]:
    """Return the silence, or the moderator, or who speaks who is no participant, with how long that lasts."""
    silence = silence_ms(moment.state, moment.now)
    running = moment.state.open_turn
    if silence is not None:
        look = "soon" if silence >= SILENCE_MS else "bold"
        return [(" " + _("silence {time}").format(time=as_clock(silence)) + " ", look)]
    if running is not None and running.kind != "participant":
        return [(f" ▶ {_(SPEAKER_WORDS[running.kind])} {as_clock(moment.now - running.started_at)}", "speaking")]
    return []
