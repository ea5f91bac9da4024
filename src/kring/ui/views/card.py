"""The card: the sentence to say on a surface of its own, the time that is left beside it, and when it's over.

It reads at arm's length and in half a second. The sentence is wrapped at the columns at which it's easiest to read
aloud, and grows downward; everything else on the screen gives way to it. At its right stands the time, in large digits:
of the section while people talk, of the pause, until the beginning in the lobby.
"""

from __future__ import annotations

import msgspec

from kring.domain import guide_items
from kring.domain.guide_items import section_of
from kring.domain.local_time import OTHER_DAY_MS, planned_start
from kring.domain.measures.group.rooms import back_at, rooms_time
from kring.domain.measures.sections import item_time
from kring.domain.rows import GuideRow
from kring.domain.time_text import as_clock, as_length, time_of_day
from kring.domain.words import QUESTION_WORDS
from kring.system.i18n import _
from kring.ui.views import digits, guide, leading
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, Span, cut, line, pad, spread, width, wrap

READ_ALOUD = 52
"""Cells at which a sentence is easiest to read aloud; where every row counts it takes a few more."""
READ_CLOSE = 59
LAST_MS = 60_000
"""From how much is left the time needs somebody's eye."""
BAR = ("▌", "current")


class Clock(msgspec.Struct, frozen=True):
    """The time of a card: what stands above the digits, what they show, whether they need an eye, how far it is.

    `share` of what was planned is over, 0..1; None where nothing was planned.
    """

    word: Line
    ms: int
    needs: bool = False
    share: float | None = None


class Card(msgspec.Struct, frozen=True):
    """What a card says: the first row, the sentence, how to ask it, and the time."""

    number: str
    remark: Line
    sentence: str
    instructions: tuple[str, ...] = ()
    clock: Clock | None = None


class CardLook(msgspec.Struct, frozen=True):
    """How a card is drawn: with blank rows, where it stands in the guide, how to ask; most rows of the sentence."""

    airy: bool = True
    says_where: bool = False
    instructs: bool = True
    most_rows: int = 99
    says_whole: bool = True


def draw(moment: LiveMoment, room: int, look: CardLook) -> list[Line]:
    """Return the rows of the card for a room of so many cells."""
    card = _card(moment)
    column = 8 if look.airy else (3 if room < 72 else 7)
    taken = digits.WIDEST + 1 if card.clock else 1
    most = READ_ALOUD if look.airy and room < 90 else (60 if look.airy else READ_CLOSE)
    space = max(min(room - column - taken - (0 if look.airy else 1), most), 8)
    sentence = wrap(line((card.sentence, "current")), space)
    if not look.airy and len(sentence) > 3 and column > 5:
        column = 5
        sentence = wrap(line((card.sentence, "current")), max(min(room - column - taken - 1, most), 8))
    hidden = len(sentence) - look.most_rows
    if hidden > 0 and look.most_rows < 2:
        sentence = [(*cut(sentence[0], space - 2), ("… ", "soon"), ("I", "key"))]
    elif hidden > 0:
        told = _("… {n} more rows").format(n=hidden + 1)
        sentence = [*sentence[: max(look.most_rows - 1, 0)], line((told, "soon"), ("  I", "key"))]
    left = [_first_row(moment, card, room, look), *([EMPTY] if look.airy else [])]
    left += [line(" " * column, *row) for row in sentence]
    if look.instructs and card.instructions:
        left += [EMPTY] if look.airy else []
        for text in card.instructions:
            left += [line(" " * column, *row) for row in wrap(line((text, "italic quiet")), space)]
    if to_say := leading.to_say(moment):
        said = line((to_say, "quiet"))
        left += [line(" " * column, *row) for row in (wrap(said, space) if look.says_whole else [cut(said, space)])]
    rows = _with_time(left, card.clock, room, look)
    if look.airy:
        rows = [EMPTY, *rows, EMPTY]
    if card.clock and card.clock.share is not None:
        rows.append(_rule(card.clock.share, room, 3 if look.airy else 2))
    return [_on_card(row, room) for row in rows]


def one_line(moment: LiveMoment, room: int) -> Line:
    """Return the card on one line, for whoever doesn't read it aloud: before the talk who is in and when it begins."""
    if moment.state.session.phase not in ("prepared", "lobby"):
        return guide.one_line(moment, room)
    found = _before(moment)
    right: Line = EMPTY
    if found.clock is not None:
        look = "soon" if found.clock.needs else "current"
        right = line(*found.clock.word, "  ", (as_clock(found.clock.ms), look), "  ")
    return spread(line((found.sentence, "current")), right, room)


def _on_card(row: Line, room: int) -> Line:
    spans = cut(row, room)
    bare = spans[1:] if spans and not spans[0][0].strip() else spans
    lead = spans[0][0][1:] if bare is not spans else ""
    return (
        (BAR[0], "current card"),
        *([(lead, "card")] if lead else []),
        *[(text, f"{look} card") for text, look in bare],
        ("", "card"),
    )


def _first_row(moment: LiveMoment, card: Card, room: int, look: CardLook) -> Line:
    counted = leading.silence(moment)
    remark = counted or card.remark
    spans: list[Span] = [("   " if look.airy else "  ", ""), (card.number, "bold"), ("  ", ""), *remark]
    if not card.number:
        spans[1:3] = []
    where = _where(moment) if look.says_where else EMPTY
    taken = width(card.clock.word) if card.clock else 0
    if where and width(tuple(spans)) + width(where) + 3 <= room - max(taken, digits.WIDEST) - 1:
        spans += [("   ", ""), *where]
    return line(*spans)


def _where(moment: LiveMoment) -> Line:
    """Return which section this is of how many, where the line of sections isn't in sight."""
    sections = guide_items.sections(moment.state)
    if moment.section not in sections:
        return EMPTY
    title = f"{sections.index(moment.section) + 1}/{len(sections)} {moment.section.title}"
    return line((title, "quiet"))


def _with_time(left: list[Line], clock: Clock | None, room: int, look: CardLook) -> list[Line]:
    if clock is None:
        return left
    shown = digits.large(clock.ms)
    margin = 4 if look.airy else 2
    place = room - max(width(((shown[0], ""),)), 13) - margin if len(shown[0]) <= 13 else room - len(shown[0])
    word = clock.word
    if place + width(word) > room:
        word = word[:1]
    style = "soon" if clock.needs else "current"
    right: list[Line] = [word, *([EMPTY] if look.airy else []), *[line((row, style)) for row in shown]]
    rows: list[Line] = []
    for index in range(max(len(left), len(right))):
        begin = left[index] if index < len(left) else EMPTY
        behind = right[index] if index < len(right) else EMPTY
        start = place - max(width(word) - (room - place), 0)
        rows.append((*pad(begin, start), *behind) if behind else begin)
    return rows


def _rule(share: float, room: int, column: int) -> Line:
    cells = max(room - column - 3, 1)
    done = min(round(share * cells), cells)
    return line(" " * column, ("━" * done, "current"), ("━" * (cells - done), "quiet"))


def _card(moment: LiveMoment) -> Card:
    state = moment.state
    match state.session.phase:
        case "prepared" | "lobby":
            return _before(moment)
        case "ended":
            span = (state.session.started_at or moment.now, state.session.ended_at or moment.now)
            began, ended = (time_of_day(state, int(at)) for at in span)
            return Card("", line((f"{began} – {ended}", "quiet")), _("The session has ended."))
    if state.open_pause is not None:
        clock = Clock(line((_("pause lasts"), "current")), moment.now - state.open_pause.started_at)
        return Card("", line((_("the clock of the guide stands still"), "quiet")), _("Pause"), (), clock)
    item = state.current_item
    if item is None:
        first = guide_items.following(state, None)
        sentence = f"{first.number} {first.title}".strip() if first else ""
        told = _("The plan has no discussion guide.") if first is None else _("no question is open yet; first:")
        return Card("", line((told, "quiet")), sentence)
    left = _rooms_clock(moment) or _section_clock(moment)
    if item.kind == "break":
        return Card(item.number, line((_("break"), "quiet")), _break(moment, item), instructions(moment, item), left)
    return Card(item.number, _remark(moment, item), item.title, instructions(moment, item), left)


def _before(moment: LiveMoment) -> Card:
    """Return the card of the lobby: how long there is, and who is not in yet."""
    state = moment.state
    word = _("doors open") if state.session.phase == "lobby" else _("not started")
    start = planned_start(state)
    clock: Clock | None = None
    if start is not None and abs(start - moment.now) <= OTHER_DAY_MS:
        at = time_of_day(state, start)
        if start >= moment.now:
            head = _head(_("begins at {time}").format(time=at))
            clock = Clock(head, start - moment.now, start - moment.now <= LAST_MS)
        else:
            clock = Clock(_head(_("late: plan {time}").format(time=at), "soon"), moment.now - start, needs=True)
    return Card("", line((word, "quiet")), _who_is_in(moment), (), clock)


def _who_is_in(moment: LiveMoment) -> str:
    people = [voice for voice in moment.voices if voice.status != "no_show"]
    missing = [voice.person.name or voice.person.id for voice in people if voice.status != "present"]
    if not people:
        return moment.state.session.title or _("Nobody is on the list.")
    told = _("{n} of {m} are in.").format(n=len(people) - len(missing), m=len(people))
    return f"{told} {_('Not yet: {names}.').format(names=', '.join(missing))}" if missing else told


def _break(moment: LiveMoment, item: GuideRow) -> str:
    times = moment.section_time
    if times is None or times.left_ms is None:
        return item.title or _("Pause")
    title = item.title or _("Pause")
    back = time_of_day(moment.state, moment.now + times.left_ms)
    return _("{title}, back at {time}").format(title=title, time=back)


def _rooms_clock(moment: LiveMoment) -> Clock | None:
    """Return how long it is until people come back from their rooms, else since they went; None where they did not."""
    times, back = rooms_time(moment.state, moment.now), back_at(moment.state, moment.now)
    if times is None:
        return None
    if times.left_ms is None or times.planned_ms is None or back is None:
        return Clock(_head(_("rooms last")), times.spent_ms)
    at = time_of_day(moment.state, back)
    share = min(times.spent_ms / times.planned_ms, 1.0) if times.planned_ms else 1.0
    if times.left_ms < 0:
        return Clock(_head(_("over: back at {time}").format(time=at), "soon"), -times.left_ms, needs=True, share=share)
    head = _head(_("back at {time}").format(time=at))
    return Clock(head, times.left_ms, needs=times.left_ms <= LAST_MS, share=share)


def _section_clock(moment: LiveMoment) -> Clock | None:
    times = moment.section_time
    if times is None:
        return None
    if times.left_ms is None or times.planned_ms is None:
        return Clock(line((_("spent"), "current")), times.spent_ms)
    plan = as_length(times.planned_ms)
    share = min(times.spent_ms / times.planned_ms, 1.0) if times.planned_ms else 1.0
    if times.left_ms < 0:
        return Clock(_head(_("over the {time}").format(time=plan), "soon"), -times.left_ms, needs=True, share=share)
    head = _head(_("left of {time}").format(time=plan))
    return Clock(head, times.left_ms, needs=times.left_ms <= LAST_MS, share=share)


def _head(text: str, look: str = "current") -> Line:
    """Return what stands above the digits; where it's narrow, only its first word does."""
    word, _space, rest = text.partition(" ")
    return line((word, look), (f" {rest}", "quiet"))


def _remark(moment: LiveMoment, item: GuideRow) -> Line:
    """Return what kind of question it is, and how long it is open, against its own time box where it has one."""
    spans: list[Span] = []
    if item.question_kind is not None:
        spans.append((_(QUESTION_WORDS[item.question_kind]) + ", ", "quiet"))
    times = item_time(moment.state, item, moment.now)
    is_whole = section_of(moment.state, item.id) is item
    if times.left_ms is None or is_whole:
        spans.append((_("{time} open").format(time=as_clock(times.spent_ms)), "quiet"))
    elif times.left_ms < 0:
        spans.append((_("{time} over").format(time=as_clock(-times.left_ms)), "soon"))
    else:
        look = "soon" if times.left_ms <= LAST_MS and (times.planned_ms or 0) > LAST_MS else "quiet"
        box = as_length(times.planned_ms or 0)
        spans.append((_("{time} left of {box}").format(time=as_clock(times.left_ms), box=box), look))
    if item.must_ask:
        spans.append(("  !", "soon"))
    return line(*spans)


def instructions(moment: LiveMoment, item: GuideRow) -> tuple[str, ...]:
    """Return how an item is to be asked, as the plan says it."""
    rows = [row for row in moment.state.guide.values() if row.parent == item.id and row.removed_at is None]
    told = sorted((row for row in rows if row.kind in ("instruction", "note")), key=lambda row: row.position)
    return tuple(row.title for row in told)
