"""How an observer's screen is drawn: what is talked about, who speaks how much, notes, and her own questions."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain.text import N_, one_line
from kring.domain.time_text import as_clock, as_long_clock
from kring.domain.words import NOTE_WORDS
from kring.observing.questions import STATUS_WORDS
from kring.observing.source import Asked, Said, Seen
from kring.observing.view import Floor, Item, Note, Poll, Share, Standing, View
from kring.system.i18n import _, percent, say
from kring.ui.widgets.line import EMPTY, Line, Span, cells, cut, line, pad, padded, spread, width, wrap

STANDINGS: dict[Standing, tuple[str, str]] = {
    "before": (N_("not begun yet"), "muted"),
    "doors_open": (N_("doors open"), "soon"),
    "running": (N_("live"), "ok"),
    "paused": (N_("pause"), "soon"),
    "ended": (N_("ended"), "muted"),
}
FLOORS = {
    "moderator": N_("The moderator speaks"),
    "crosstalk": N_("Crosstalk"),
    "somebody": N_("Somebody speaks"),
}
LOOKS = {"new": "soon", "accepted": "ok", "asked": "ok", "declined": "muted"}
MARKS = {"quote": "“", "chat": "“"}
MOST_ROWS_OF_ITEM = 3
LONGEST_BAR = 20
SOON_MS = 60_000


def top(seen: Seen, room: int) -> Line:
    """Return the first line: the session, its clock and how it stands, or that it can't be brought up to date."""
    view = seen.view
    word, look = STANDINGS[view.standing]
    right = [(f"{as_long_clock(view.elapsed_ms)}  ", "current"), (f"{_(word)} ", look)]
    if seen.lost is not None:
        right = [(f"{_('not up to date')}  ", "late"), *right]
    return spread(line((" kring ", "key"), (one_line(view.title), "title")), line(*right), room)


def now(seen: Seen, room: int) -> list[Line]:
    """Return what is talked about, with the time that is left for it, and who has the floor."""
    view = seen.view
    lines: list[Line] = []
    if seen.lost is not None:
        lines += [line((f" ! {one_line(part)}", "late")) for part in _rows(say(seen.lost), room - 3)]
    if view.section is None:
        told = _("The session has ended.") if view.standing == "ended" else _("Nothing is open yet.")
        return [*lines, line((f" {told}", "muted")), *_beside(view, room)]
    if view.item is None:
        return [*lines, *_item(view.section, "asks bold", room), *_beside(view, room)]
    section = _item(view.section, "muted", room)[:1]
    return [*lines, *section, *_item(view.item, "asks bold", room), *_beside(view, room)]


def _rows(text: str, room: int) -> list[str]:
    return ["".join(part for part, _look in one) for one in wrap(line(text), max(room, 10))]


def _item(item: Item, look: str, room: int) -> list[Line]:
    left = _left(item.left_ms)
    number = f" {item.number}  " if item.number else " "
    told = wrap(line((f"{number}{item.text}", look)), max(room - 16, 20), hang=len(number))[:MOST_ROWS_OF_ITEM]
    return [spread(told[0] if told else EMPTY, left, room), *told[1:]]


def _left(left_ms: int | None) -> Line:
    if left_ms is None:
        return EMPTY
    if left_ms < 0:
        return line((f"{_('over {time}').format(time=as_clock(-left_ms))} ", "over"))
    return line((f"{_('left {time}').format(time=as_clock(left_ms))} ", "soon" if left_ms <= SOON_MS else "bold"))


def _beside(view: View, room: int) -> list[Line]:
    parts: list[Span] = [(f" {floor(view.floor)}", "speaking" if view.floor is not None else "muted")]
    parts.append((f"   {_('{n} present').format(n=view.present)}", "muted"))
    parts += [(f"   ▣ {one_line(title)}", "accent") for title in view.stimuli]
    return [cut(line(*parts), room)]


def floor(has_it: Floor | None) -> str:
    """Return who has the floor, in words."""
    if has_it is None:
        return _("Nobody has the floor")
    if has_it.kind == "participant":
        return _("{who} has the floor").format(who=has_it.label)
    return _(FLOORS[has_it.kind])


def shares(view: View, room: int, most: int) -> list[Line]:
    """Return a row for each participant who may be shown, then the counts of polls; in words where bars don't fit."""
    names = max((cells(one.label) for one in view.shares), default=0)
    bar = max(min(room - names - cells(_("not yet")) - 3, LONGEST_BAR), 0)
    drawn = [_share(one, names, bar) for one in view.shares]
    nobody = [line((f" {part}", "muted")) for part in _rows(_("Nobody who may be shown is there."), room - 2)]
    head = line((f" {_('heard, share of voice')}", "title"))
    polls = [row for poll in view.polls for row in _poll(poll, room)]
    if 1 + len(drawn) + len(polls) > most:
        polls = [row for poll in view.polls for row in _poll_in_words(poll, room)]
    if 1 + len(drawn) + len(polls) > most:
        drawn = _shares_in_words(view.shares, room)
    return [head, *(drawn or nobody), *polls]


def _shares_in_words(several: Sequence[Share], room: int) -> list[Line]:
    """Return the shares side by side, as many in a row as there is room for."""
    told = [_share(one, 0, 0) for one in several]
    wide = max(map(width, told), default=0) + 1
    rows = -(-len(told) // max(room // wide, 1))
    return [line(*(span for one in told[row::rows] for span in pad(one, wide))) for row in range(rows)]


def _share(one: Share, names: int, bar: int) -> Line:
    sign = "▶" if one.speaking else " "
    look = "speaking" if one.speaking else "" if one.heard else "muted"
    filled = round(one.share * bar)
    told = percent(one.share) if one.heard else _("not yet")
    return line((f"{sign}", "speaking"), (f"{one.label}{' ' * (names - cells(one.label))} ", look),
                ("█" * filled, "bar"), ("·" * (bar - filled), "muted"), (f" {told}", look))  # fmt: skip


def _poll(poll: Poll, room: int) -> list[Line]:
    most = max(one.count for one in poll.bars)
    labels = min(max(cells(one_line(one.option)) for one in poll.bars), room // 2)
    bar = max(min(room - labels - 6, LONGEST_BAR), 1)
    rows = [
        line((" ", ""), (padded(one_line(one.option), labels + 1), ""),
             (f" {'█' * round(one.count / most * bar) if most else ''}", "bar"), (f" {one.count}", "bold"))
        for one in poll.bars
        if one.count
    ]  # fmt: skip
    return [EMPTY, _head(poll, room), *rows]


def _poll_in_words(poll: Poll, room: int) -> list[Line]:
    told = ", ".join(f"{one_line(one.option)}: {one.count}" for one in poll.bars if one.count)
    return [_head(poll, room), *(line((f" {part}", "")) for part in _rows(told, room - 2))]


def _head(poll: Poll, room: int) -> Line:
    return cut(line((f" {_('poll: {title}').format(title=one_line(poll.title))}", "title")), room)


def notes(view: View, room: int) -> list[Line]:
    """Return the notes that observers may read, the newest first."""
    if view.notes_shown == "none":
        return [line((f" {_('The moderator shows no notes.')}", "muted"))]
    if not view.notes:
        return [line((f" {_('No notes yet.')}", "muted"))]
    return [row for one in reversed(view.notes) for row in _note(one, room)]


def _note(note: Note, room: int) -> list[Line]:
    at = f" {as_long_clock(note.at_ms)} " if note.at_ms is not None else " "
    mark = MARKS.get(note.kind, "")
    kind = "" if mark else f"{_(NOTE_WORDS[note.kind]).lower()}: "
    who = f"{note.who}: " if note.who else ""
    text = f"{mark}{note.text}{'”' if mark else ''}"
    star = "★ " if note.starred else ""
    return wrap(line((at, "muted"), (star, "key"), (who, "bold"), (kind, "muted"), text), room, 3)


def questions(asked: Sequence[Asked], room: int) -> list[Line]:
    """Return what she asked, the newest first, with what became of each."""
    if not asked:
        return [line((f" {_('You asked nothing yet.')}", "muted"))]
    return [row for one in reversed(asked) for row in _question(one, room)]


def _question(one: Asked, room: int) -> list[Line]:
    told = _(STATUS_WORDS[one.status]) if one.at else _("not with the team yet")
    why = f" ({one_line(one.reason)})" if one.reason else ""
    return wrap(line((f" {told}{why}: ", LOOKS[one.status]), one.text), room, 3)


def watching(view: View, called: str, room: int) -> list[Line]:
    """Return who watches now, her own name in bold; nothing where it is not known."""
    if not view.watching:
        return []
    names = [(one_line(one.name), "bold" if one.name == called else "") for one in view.watching]
    told = [span for name in names for span in ((", ", ""), name)][1:]
    return wrap(line((f" {_('observers')}: ", "muted"), *told), room, 3)


def back_room(said: Sequence[Said], room: int) -> list[Line]:
    """Return what observers said to each other, the newest first."""
    if not said:
        return [line((f" {_('Nobody said anything in the back room yet.')}", "muted"))]
    return [row for one in reversed(said) for row in wrap(line((f" {one.who}: ", "bold"), one.text), room, 3)]
