"""The charts of a session in the terminal: where people would rather look than read."""

from __future__ import annotations

from collections.abc import Callable

from kring.domain.guide_items import sections
from kring.domain.local_time import planned_start
from kring.domain.measures.following import among_participants, who_follows_whom
from kring.domain.measures.logged import logged
from kring.domain.measures.presence import seated
from kring.domain.measures.sections import plan_and_actual
from kring.domain.measures.session_time import session_time, span
from kring.domain.measures.silence import Quiet, items_of, stretches
from kring.domain.measures.talk_time import (
    equal_share,
    shares_of_time,
    sum_of,
    voices,
    when_each_spoke,
    when_quiet,
)
from kring.domain.rows import GuideRow
from kring.domain.state import State
from kring.domain.text import N_, whole
from kring.domain.time_text import as_length, as_long_clock, behind_or_ahead, hours, over_or_under
from kring.domain.words import SPEAKER_WORDS, called
from kring.system.i18n import _, decimal, ngettext, percent, say
from kring.ui.views.floor import bar
from kring.ui.widgets.line import EMPTY, Line, Span, cut, line, pad, spread, width, wrap

NARROW = 60
LONGEST_NAME = 18
SHADES = " ░▒▓█"
OTHERS = ("moderator", "crosstalk", "silence")
Chart = Callable[[State, int, int], list[Line]]


def gantt(state: State, now: int, room: int) -> list[Line]:
    """Return who spoke when, over the sections of the guide: darker is more of that stretch of time."""
    speakers = [*(person.id for person in seated(state)), *OTHERS]
    names = {code: _named(state, code) for code in speakers}
    left = min(max((width(line(name)) for name in names.values()), default=4) + 1, 20 if room >= 90 else 15)
    buckets = max(room - left - 7, 10)
    begin, end = span(state, now)
    lines = [_sections_line(state, begin, end, left, buckets), _hours_line(begin, end, left, buckets)]
    spoke = when_each_spoke(state, end) | {"silence": when_quiet(state, end)}
    for speaker in speakers:
        stretches = spoke.get(speaker, [])
        parts = shares_of_time(stretches, (begin, end), buckets)
        shades = "".join(SHADES[min(round(part * (len(SHADES) - 1) + 0.4 * (part > 0)), 4)] for part in parts)
        look = "bar" if speaker not in OTHERS else "muted"
        head = pad(cut(line((names[speaker], "" if look == "bar" else "muted")), left - 1), left)
        lines.append((*head, (shades, look), (f" {as_length(sum_of(stretches).spoken_ms):>6}", "muted")))
    return lines


def _named(state: State, code: str) -> str:
    told = _(SPEAKER_WORDS[code]) if code in OTHERS else f"{code} {called(state, code)}"
    return "".join(text for text, _look in cut(line(told), LONGEST_NAME))


def _sections_line(state: State, begin: int, end: int, left: int, buckets: int) -> Line:
    """Return where the sections begin, each with its number."""
    marks = [" "] * buckets
    free_from = 0
    for one in sorted(plan_and_actual(state, end), key=lambda one: one.begin or 0):
        label = f"|{one.section.number}"
        place = max((one.begin - begin) * buckets // max(end - begin, 1), 0) if one.begin is not None else buckets
        if free_from <= place <= buckets - len(label):
            marks[place : place + len(label)] = list(label)
            free_from = place + len(label)
    return line(" " * left, ("".join(marks), "key"))


def _hours_line(begin: int, end: int, left: int, buckets: int) -> Line:
    minutes = (end - begin) // 60_000
    least = 8 * minutes // buckets + 1  # of a session of years, as a file may tell, not every hour is walked through
    step = next((m for m in (5, 10, 15, 30, 60, 120, 240, 480) if m >= least), least)
    marks = [" "] * buckets
    for minute in range(0, minutes + 1, step):
        place = minute * 60_000 * buckets // max(end - begin, 1)
        label = hours(minute)
        if place + len(label) <= buckets:
            marks[place : place + len(label)] = list(label)
    return line(" " * left, ("".join(marks), "muted"))


def share(state: State, now: int, room: int) -> list[Line]:
    """Return the talk share of each participant, and the balance index."""
    found = voices(state, now)
    names = {one.person.id: line(f"{one.person.id} {called(state, one.person.id)}") for one in found}
    left = min(max(map(width, names.values()), default=3) + 1, 20)
    is_narrow = room < NARROW
    cells = max(room - left - (24 if is_narrow else 35), 8)
    lines: list[Line] = []
    for one in found:
        turns = ngettext("{n} turn", "{n} turns", one.turns).format(n=one.turns)
        balance = f" {decimal(one.balance, 1):>4}" if one.balance is not None else "    –"
        told = f" {whole(100 * one.share):3}% {as_length(one.spoken_ms):>6}{balance} "
        told += f"{one.turns:>4}×" if is_narrow else f"{turns:>15}"
        name = pad(cut(names[one.person.id], left - 1), left)
        lines.append((*name, (bar(one.share, cells), "bar"), (told, "")))
    if found:
        equal = ("· " + _("an equal share is {share}").format(share=percent(equal_share(state, now))), "muted")
        half = (" · " + _("a full bar is half of the talk"), "muted")
        known = (" · " + _("logged: {share} of the talk").format(share=percent(logged(state, now).share)), "muted")
        index = (" · " + _("behind the time: the balance index, 1 is a fair share of the talk"), "muted")
        lines += [EMPTY, *wrap(line(equal, half, known, index), room)]
    return [cut(one, room) for one in lines]


def plan(state: State, now: int, room: int) -> list[Line]:
    """Return each section's time against its plan, and the whole."""
    rows = plan_and_actual(state, now)
    longest = max((max(one.planned_s or 0, one.spent_s) for one in rows), default=1) or 1
    left = max(room // 3, 12)
    cells = max(room - left - 31, 6)
    lines: list[Line] = []
    for one in rows:
        planned = one.planned_s or 0
        full = round(min(one.spent_s, planned or one.spent_s) / longest * cells)
        over = round(max(one.spent_s - planned, 0) / longest * cells) if planned else 0
        under = round(max(planned - one.spent_s, 0) / longest * cells)
        spans: list[Span] = [("█" * full, "bar"), ("▓" * over, "late"), ("░" * under, "rest")]
        drawn = pad(line(*spans), cells)
        box = as_length(planned * 1000) if one.planned_s is not None else "–"
        told = f" {as_length(one.spent_s * 1000):>6} / {box:>6} "
        gap = say(over_or_under(one.over_s)) if one.over_s is not None and one.spent_s else _skipped(one.section)
        lines.append((*pad(line(_title(one.section)), left), *drawn, (told, ""), (gap, "muted")))
    times = session_time(state, int(state.session.ended_at or now))
    whole = planned_start(state)
    told_end = say(behind_or_ahead(times.over_ms)) if times.over_ms is not None else "–"
    lines += [EMPTY, line((_("End against plan: {over}").format(over=told_end), "bold"))]
    if whole is not None and state.session.started_at is not None:
        late = say(behind_or_ahead(int(state.session.started_at) - whole))
        lines.append(line((_("Start against plan: {over}").format(over=late), "")))
    lines.append(
        line(
            ("█ ", "bar"),
            (_("spent") + "  ", "muted"),
            ("▓ ", "late"),
            (_("over") + "  ", "muted"),
            ("░ ", "rest"),
            (_("left over"), "muted"),
        )
    )
    return [cut(one, room) for one in lines]


def _title(section: GuideRow) -> str:
    return f"{section.number} {section.title}".strip()


def _skipped(section: GuideRow) -> str:
    return _("skipped") if section.skipped_at is not None else ""


def follows(state: State, now: int, room: int) -> list[Line]:
    """Return how often one speaker came directly after another: rows before, columns after."""
    counts = who_follows_whom(state, now)
    codes = [person.id for person in seated(state)]
    speakers = [*codes, "moderator"]
    most = max(counts.values(), default=0)
    left = min(max((width(line(_named(state, code))) for code in speakers), default=4) + 1, 19 if room >= 90 else 15)
    cell = max(min((room - left - 6) // max(len(speakers), 1), 5), 3)
    heads = [code if code in codes else _("mod") for code in speakers]
    lines: list[Line] = [
        line(" " * left, *[(f"{head[: cell - 1]:>{cell}}", "key") for head in heads], ("     ∑", "muted"))
    ]
    for before in speakers:
        spans: list[Span] = []
        for after in speakers:
            n = counts.get((before, after), 0)
            look = "current" if most and n >= max(most * 0.6, 3) else ("" if n else "rest")
            spans.append((f"{n or '·':>{cell}}", look))
        total = sum(n for (first, _after), n in counts.items() if first == before)
        lines.append((*pad(cut(line(_named(state, before)), left - 1), left), *spans, (f"{total:>6}", "muted")))
    among = among_participants(counts)
    if among is not None:
        told = _("{share} from one participant to another, without the moderator in between")
        lines += [EMPTY, *wrap(line((told.format(share=percent(among)), "bold")), room)]
    lines += wrap(line((_("row: who spoke first; column: who followed"), "muted")), room)
    return [cut(one, room) for one in lines]


def quiet(state: State, now: int, room: int) -> list[Line]:
    """Return silence and crosstalk, over the session and in each section."""
    kinds: dict[Quiet, str] = {"silence": _("silence"), "crosstalk": _("crosstalk")}
    begin = int(state.session.started_at or now)
    lines: list[Line] = []
    for kind, word in kinds.items():
        every, longest = stretches(state, kind, now), ""
        if every.longest_at is not None:
            at = as_long_clock(every.longest_at - begin)
            longest = f", {_('longest {time} at {at}').format(time=as_length(every.longest_ms), at=at)}"
        sums = f"{every.number}×, {as_length(every.total_ms)}{longest}"
        lines.append(line((f"{word}: ", "title"), (sums, "")))
    lines += [EMPTY, _quiet_row("", list(kinds.values()), room, "muted")]
    for section in sections(state):
        items = items_of(state, section.id)
        told = []
        for kind in kinds:
            one = stretches(state, kind, now, items)
            told.append(f"{one.number}× {as_length(one.total_ms)}" if one.number else "·")
        lines.append(_quiet_row(_title(section), told, room, ""))
    lines += [EMPTY, *wrap(line((_("a silence is five seconds of quiet or longer"), "muted")), room)]
    return [cut(one, room) for one in lines]


def _quiet_row(title: str, told: list[str], room: int, look: str) -> Line:
    return spread(line(title), line(*[(f"  {one:>18}", look) for one in told]), room)


CHARTS: dict[str, tuple[str, Chart]] = {
    "gantt": (N_("Who spoke when"), gantt),
    "share": (N_("Share of voice"), share),
    "plan": (N_("Plan against actual"), plan),
    "follows": (N_("Who follows whom"), follows),
    "quiet": (N_("Silence and crosstalk"), quiet),
}
