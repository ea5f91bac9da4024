"""What bringing in a file would do, drawn: what comes in, what does not, how it will lie, and whom its names mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from kring.domain.state import State
from kring.domain.text import N_, Sentence, one_line, whole
from kring.domain.time_text import as_clock, as_length, day_and_time
from kring.domain.words import called
from kring.imports.names import Choice
from kring.imports.parsed import Skipped, Sound
from kring.imports.preview import Counts, Landing, Match, Offset, Preview
from kring.imports.words import meant
from kring.session.intake_remarks import KEPT, NOT_JOINED, NOWHERE, OTHER_DAY, Wishes
from kring.system.i18n import _, decimal, ngettext, say
from kring.ui.intake.clock_view import clock_lines
from kring.ui.intake.model import BroughtIn
from kring.ui.widgets.line import EMPTY, Line, cells, cut, line, pad, width, wrap

WIDE = 120
"""Columns from which the clock and the names stand beside what comes in."""
COUNTED: dict[str, str] = {
    "messages": N_("messages to all"),
    "replies": N_("of those, answers to a message"),
    "reactions": N_("reactions"),
    "private": N_("direct messages"),
    "utterances": N_("pieces of speech"),
    "intervals": N_("times in the meeting"),
    "answers": N_("answers to polls"),
    "responses": N_("respondents of a survey"),
}
BAR = 20
SEAT_KEYS = "1234567890"
NO_BREAK = "\u00a0"


class Drawn(NamedTuple):
    """Lines of a column, and in which of them the cursor stands."""

    lines: list[Line]
    cursor: int = 0


class Body(NamedTuple):
    """The lines of a preview in sight, and how far what comes in can be scrolled."""

    lines: list[Line]
    furthest: int


def body(
    state: State, preview: Preview, wishes: Wishes, people: Sequence[Match], at: int, size: tuple[int, int], first: int
) -> Body:
    """Return a whole preview for so many columns and rows.

    `people` are the names in the order in which they are shown, with the cursor `at` one; `first` is how far what
    comes in was scrolled.
    """
    room, height = size
    names_room = room - room // 2 - 3 if room >= WIDE else room
    clock = clock_lines(preview, placed_by(preview, wishes), names_room)
    names = Drawn([]) if preview.parsed.sound else names_lines(state, people, wishes, at, names_room)
    remarks = remark_lines(preview, names_room)
    after = [EMPTY, *remarks] if remarks else []
    whom = [EMPTY, *names.lines] if names.lines else []
    cursor = len(clock) + 1 + names.cursor
    if room < WIDE:
        lines = [*clock, *whom, *after, EMPTY, *incoming(state, preview, wishes, room)]
        return Body(window(lines, height, cursor if first == 0 else first + height - 2), len(lines) - height)
    left = incoming(state, preview, wishes, room // 2)
    right = window([*clock, *whom, *after], height, cursor)
    return Body(beside(window(left, height, first + height - 2), right, room // 2, room), len(left) - height)


def placed_by(preview: Preview, wishes: Wishes) -> Offset | None:
    """Return where the times lie by what was chosen a moment ago, also before the rest is worked out anew."""
    offset = preview.offset
    if wishes.offset_ms is None:
        return offset
    if offset is None:
        return Offset(wishes.offset_ms)
    return Offset(wishes.offset_ms, offset.spread_ms, offset.evidence)


def incoming(state: State, preview: Preview, wishes: Wishes, room: int) -> list[Line]:
    """Return what comes in, what doesn't and why, and how it will lie on the timeline."""
    return [
        *(_heard(preview.parsed.sound, room) if preview.parsed.sound else _counted(preview.counts, wishes, room)),
        *_skipped(preview.skipped, room),
        *_timeline(state, preview, room),
        *_anchors(state, preview, room),
    ]


def reading(share: float | None) -> str:
    """Return that a file is read, or which share of a recording was listened to."""
    if share is None:
        return _("is read; Escape leaves it")
    return _("is listened to, {percent} %; Escape leaves it").format(percent=round(100 * share))


def result(done: Sequence[BroughtIn], session_file: str, room: int) -> list[Line]:
    """Return which files were brought in, and what can be done with them."""
    if not done:
        return [line((" " + _("Nothing was brought in."), "bold"))]
    files = [line("   ", (one.preview.file, "bold"), f"   {amount(one.preview)}") for one in done]
    way = _("z takes the last one out again; later kring import {file} --take-out N does, and --shift N moves it.")
    title = line((" " + _("Brought in"), "title"))
    return [title, *files, EMPTY, *indented(way.format(file=session_file), room)]


def size(count: int) -> str:
    """Return how large a file is."""
    return f"{decimal(count / 1_000_000)} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"


def indented(text: str, room: int) -> list[Line]:
    """Return a text a little to the right."""
    return [line("   ", *one) for one in wrap(line(text), max(room - 4, 10))]


def amount(preview: Preview) -> str:
    """Return how much came in."""
    if preview.parsed.sound is not None:
        return _("{length} of sound").format(length=as_length(preview.parsed.sound.lasts_ms))
    return ngettext("{n} line", "{n} lines", preview.counts.rows).format(n=preview.counts.rows)


def _heard(sound: Sound, room: int) -> Iterator[Line]:
    """Yield how long a recording is, and how much of that somebody speaks in it."""
    spoken = sum(end - begin for begin, end in sound.speech)
    percent = whole(100 * spoken / max(sound.lasts_ms, 1))
    told = (_("of sound"), _("of it in which somebody is heard, {percent} %").format(percent=percent))
    yield line((_("Recognised"), "title"))
    for length, what in zip((sound.lasts_ms, spoken), told, strict=True):
        yield cut(line((f"{as_length(length):>9}  ", "bold"), what), room)
    yield EMPTY


def _counted(counts: Counts, wishes: Wishes, room: int) -> Iterator[Line]:
    found = {name: count for name in COUNTED if (count := getattr(counts, name))}
    yield line((_("Recognised"), "title"))
    if not found:
        yield line(("  " + _("nothing that comes in"), "muted"))
    most = max(found.values(), default=1)
    wide = max((cells(_(COUNTED[name])) for name in found), default=0)
    for name, count in found.items():
        stays_out = name == "private" and not wishes.with_private
        told = line((f"{count:>6}  ", "muted" if stays_out else "bold"), *pad(line(_(COUNTED[name])), wide + 2))
        length = max(1, round(count / most * BAR)) if room >= width(told) + BAR + 16 else 0
        tail = line((_("  stay out; p takes them in"), "soon")) if stays_out else EMPTY
        yield cut((*told, ("█" * length, "need" if stays_out else "ok"), *tail), room)
    yield EMPTY


def _skipped(skipped: Sequence[Skipped], room: int) -> Iterator[Line]:
    if not skipped:
        return
    count = ngettext("{n} line", "{n} lines", len(skipped)).format(n=len(skipped))
    yield line((_("Skipped"), "title"), (f"  {count}", "muted"))
    for why, lines in groupby(skipped, key=lambda one: say(one.why)):
        for first, last in _runs([one.line for one in lines]):
            numbers = f"{first}" if first == last else f"{first}–{last}"
            told = _("line {n}").format(n=numbers)
            yield from wrap(line(*pad(line((f"  {told}", "muted")), 16), why), room, hang=16)
    yield EMPTY


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the numbers as stretches without a gap."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number > last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _timeline(state: State, preview: Preview, room: int) -> Iterator[Line]:
    if not preview.landings:
        return
    yield line((_("So it comes on the timeline"), "title"))
    wide = min(max(cells(one.label) for one in preview.landings), 14)
    moments = [_time(state, one.at_ms) for one in preview.landings if one.at_ms is not None]
    times = max(map(cells, moments), default=0) + 2
    if moments:
        yield cut(line("  ", *pad(line((_("time"), "muted")), times), (_("session"), "muted")), room)
    for one in preview.landings:
        yield cut(
            line(
                "  ", *_when(state, one, times), *pad(line((one_line(one.label), "bold")), wide + 2), one_line(one.text)
            ),
            room,
        )
    more = preview.counts.rows - len(preview.landings)
    if more > 0:
        yield line(("  " + _("… {n} more").format(n=more), "muted"))


def _anchors(state: State, preview: Preview, room: int) -> Iterator[Line]:
    """Yield the turns of the log by which a recording lies, with how much later each begins than somebody is heard."""
    if not preview.anchors:
        return
    yield EMPTY
    told = _("{n}, and how much later than heard").format(n=len(preview.anchors))
    yield line((_("By these turns of the log"), "title"), (f"  {told}", "muted"))
    wide = max(cells(one.label) for one in preview.anchors)
    for one in preview.anchors:
        who = pad(line((one_line(one.label), "bold")), wide + 2)
        yield cut(line("  ", *_when(state, one, room), *who, one.text), room)


def _when(state: State, one: Landing, room: int) -> Line:
    if one.at_ms is None:
        return EMPTY
    started = state.session.started_at
    after = 0 if started is None else one.at_ms - started
    clock = "–" if started is None else f"−{as_clock(-after)}" if after < 0 else as_clock(after)
    return line(*pad(line((_time(state, one.at_ms), "muted")), room), *pad(line((clock, "muted")), 9))


def _time(state: State, at_ms: int) -> str:
    """Return a moment, with its day where it is not that of the session."""
    return day_and_time(state, at_ms, int(state.session.started_at or at_ms))


def names_lines(state: State, people: Sequence[Match], wishes: Wishes, at: int, room: int) -> Drawn:
    """Return the names of a file with whom they mean and why, the cursor on one of them."""
    if not people:
        return Drawn([line((_("Names"), "title"), ("  " + _("none"), "muted"))])
    still = sum(is_open(match, wishes) for match in people)
    tail = _("{n} to choose").format(n=still) if still else ""
    lines = [line((_("Names"), "title"), (f"  {tail}", "soon"))]
    label_room = min(max(cells(one_line(match.label)) for match in people), max(room * 2 // 5, 12))
    lines += [_name_line(state, match, wishes, place == at, label_room, room) for place, match in enumerate(people)]
    return Drawn([*lines, *choices(state, room)], 1 + at)


def choices(state: State, room: int) -> list[Line]:
    """Return the keys that say whom the name under the cursor means."""
    seats = {one.seat: one.id for one in state.participants.values() if one.removed_at is None and not one.withdrawn_at}
    people = [(key, called(state, seats[seat])) for seat, key in enumerate(SEAT_KEYS, 1) if seat in seats]
    others = [("m", _("moderator")), ("t", _("of the team")), ("u", _("not on the list")), ("x", _("leave out"))]
    told = [
        span
        for key, who in (*people, *others)
        for span in ((f"{key}{NO_BREAK}", "key"), (f"{who.replace(' ', NO_BREAK)}  ", "muted"))
    ]
    return wrap(line("  ", *told), room, hang=2)


def is_open(match: Match, wishes: Wishes) -> bool:
    """Whether somebody has to say whom a name means."""
    return match.is_open and match.label not in wishes.people


def _name_line(state: State, match: Match, wishes: Wishes, is_here: bool, label_room: int, room: int) -> Line:
    chosen = wishes.people.get(match.label)
    choice = chosen or Choice(match.who, match.participant)
    asks = is_open(match, wishes)
    look = "soon" if asks else "muted" if choice.who == "left_out" else "bold"
    told = f"{meant(state, choice)}?" if asks and choice.who != "unknown" else "?" if asks else meant(state, choice)
    why = _("chosen by you") if chosen is not None else say(match.why)
    drawn = line(
        ("▸ " if is_here else "  ", "key"),
        *pad(line((one_line(match.label) or "–", "")), label_room),
        "  ",
        *pad(line((told, look)), min(18, max(room // 4, 10))),
        "  ",
        (why, "soon" if asks else "muted"),
    )
    drawn = cut(drawn, room)
    return (*[(text, f"{mark} selected".strip()) for text, mark in drawn], ("", "selected")) if is_here else drawn


BY_KEYS = {
    NOT_JOINED: N_("Nobody is joined to the list of participants; c does it by: {names}."),
    NOWHERE: N_("Nothing says when the recording of {file} began; k says where on the session's clock."),
    OTHER_DAY: N_("{file} is of {day}, the session of {session_day}; if it is right all the same, move it with k."),
}
"""What is said here with the key that does it, and elsewhere with an option of the command."""


def by_keys(sentence: Sentence) -> str:
    """Return a sentence about a file as it is said where keys do what it asks for."""
    return say(Sentence(BY_KEYS.get(sentence.template, sentence.template), sentence.values))


def remark_lines(preview: Preview, room: int) -> list[Line]:
    """Return what people must know of a file."""
    told = (by_keys(one) for one in preview.warnings if one.template != KEPT)  # the foot says that, with its key
    return [row for text in told for row in wrap(line(("· ", "muted"), (text, "muted")), room, hang=2)]


def window(lines: Sequence[Line], height: int, cursor: int) -> list[Line]:
    """Return so many of the lines that one of them is in sight, and say where there are more."""
    if len(lines) <= height:
        return [*lines]
    first = max(min(cursor - height + 2, len(lines) - height), 0)
    shown = list(lines[first : first + height])
    below = len(lines) - first - height
    if below > 0:
        shown[-1] = line(("↓ ", "key"), (_("… {n} more").format(n=below + 1), "muted"))
    if first > 0:
        shown[0] = line(("↑ ", "key"), (_("… {n} more").format(n=first + 1), "muted"))
    return shown


def beside(left: Sequence[Line], right: Sequence[Line], columns: int, room: int) -> list[Line]:
    """Return two columns with a line between them."""
    rows = max(len(left), len(right))
    filled = [[*side, *[EMPTY] * (rows - len(side))] for side in (left, right)]
    return [
        (*pad(one, columns - 2), ("│ ", "rule"), *cut(other, room - columns))
        for one, other in zip(*filled, strict=True)
    ]
