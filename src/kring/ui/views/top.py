"""The top line, in cells that never move: clock, recording, against plan, end, attendance, trouble, wall clock."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.local_time import OTHER_DAY_MS, planned_start
from kring.domain.measures.group.rooms import is_recorded, open_rooms
from kring.domain.measures.talk_time import here
from kring.domain.time_text import as_clock, as_long_clock, behind_or_ahead, time_of_day
from kring.domain.words import called
from kring.system.i18n import _, as_written, say
from kring.ui.views import sound
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, Span, cut, line, pad, spread, width

BEHIND_LOOK_MS = 60_000


class Cells(NamedTuple):
    """In which column of the top line each cell begins; the wall clock stands at the right edge."""

    clock: int
    recording: int
    pace: int
    end: int
    present: int
    trouble: int


WIDEST, WIDE, NARROW, NARROWEST = (
    Cells(2, 13, 45, 65, 98, 119),
    Cells(2, 12, 35, 51, 79, 95),
    Cells(1, 10, 21, 35, 44, 50),
    Cells(1, 9, 20, 33, 41, 47),
)
"""From 180 columns, from 126, from 72, and below."""


def top_line(moment: LiveMoment, room: int) -> Line:
    """Return the top line for a screen this wide: a cell without content stays empty, so that nothing shifts."""
    cells = WIDEST if room >= 180 else WIDE if room >= 126 else NARROW if room >= 72 else NARROWEST
    at = line((time_of_day(moment.state, moment.now, seconds=room >= 72), "current"), "  ")
    demo = line(*_demo(moment))
    right = demo if demo and room < 72 else line(*demo, *at)
    if room >= 180 and (title := moment.state.session.title):
        right = line(*cut(line((title, "")), 28), "   ", *right)
    is_full = room >= 126
    recording = tuple(sound.recording(moment.state, moment.now, moment.recorder, cells.pace - cells.recording - 1))
    overflowing = EMPTY
    if width(recording) >= cells.pace - cells.recording:
        recording, overflowing = line(("! REC", "danger")), recording
    end = line(*expected_end(moment, is_full=is_full))
    present = line((presence(moment) if is_full else here(moment.voices), ""))
    pace = _proposed(moment, _pace(moment, cells.end - cells.pace - 1), cells.end - cells.pace - 1)
    parts = (
        _clock(moment, cells.recording - cells.clock - 1),
        recording,
        pace,
        end,
        present,
        line(*overflowing, *trouble(moment, is_full)),
    )
    left: Line = EMPTY
    for place, part in zip(cells, parts, strict=True):
        left = line(*pad(cut(left, place - 1), place), *part)
    return spread(left, right, room)


def _demo(moment: LiveMoment) -> list[Span]:
    """Return the mark of a rehearsal, so that nobody takes it for a session: a word, and how fast its clock runs."""
    if not moment.demo_speed:
        return []
    return [(" " + _("DEMO {speed}×").format(speed=as_written(moment.demo_speed)) + " ", "asks"), ("  ", "")]


def _clock(moment: LiveMoment, room: int) -> Line:
    """Return how long the session runs, or ran; before it, how long it is until the planned start."""
    state, now = moment.state, moment.now
    if state.session.phase in ("live", "ended"):
        return line((as_long_clock(moment.time.elapsed_ms), "current"))
    start = planned_start(state)
    if start is None or abs(start - now) > OTHER_DAY_MS:
        return EMPTY
    if start < now:
        return EMPTY
    told = _("in {time}").format(time=as_clock(start - now))
    return line((told if len(told) <= room else as_clock(start - now), "current"))


def _pace(moment: LiveMoment, room: int) -> Line:
    """Return how the session stands against its plan in words, or what it is doing else."""
    start = planned_start(moment.state)
    match moment.state.session.phase:
        case "prepared" | "lobby" if start is not None and 0 < moment.now - start <= OTHER_DAY_MS:
            return line((_("{time} late").format(time=as_clock(moment.now - start)), "soon"))
        case "prepared":
            return line(_("not started"))
        case "lobby":
            return line(_("doors open"))
        case "ended":
            return line(_("ended"))
    pause = moment.state.open_pause
    if pause is not None:
        return line((_("PAUSED {time}").format(time=as_clock(moment.now - pause.started_at)), "asks"))
    return line(*behind(moment, room))


def _proposed(moment: LiveMoment, told: Line, room: int) -> Line:
    """Return how the session stands with the key of a proposal for it, and its word where that fits."""
    if not moment.pace_is_due:
        return told
    key: Span = (" V", "key")
    wordy = line(*told, key, (" " + _("proposal"), "need"))
    return wordy if width(wordy) <= room else line(*told, key) if width(told) + 2 <= room else told


def behind(moment: LiveMoment, room: int) -> list[Span]:
    """Return how far the session is behind its plan, or ahead of it; in minutes where its cell is narrow."""
    over_ms = moment.time.over_ms
    if over_ms is None or moment.state.session.started_at is None:
        return []
    told = say(behind_or_ahead(over_ms))
    if len(told) > room:
        minutes = abs(over_ms) // 60_000
        told = (_("{n} min behind") if over_ms > 0 else _("{n} min ahead")).format(n=minutes)
    return [(told, "soon" if over_ms >= BEHIND_LOOK_MS else "")]


def expected_end(moment: LiveMoment, *, is_full: bool) -> list[Span]:
    """Return the expected end, and where there is room the planned one beside it."""
    end, planned = moment.time.expected_end, moment.time.planned_end
    if end is None or moment.state.session.phase == "ended":
        return []
    told = time_of_day(moment.state, end)
    if not is_full:
        return [(f"→ {told}", "bold")]
    spans: list[Span] = [(_("end") + " ", ""), (told, "current")]
    if planned is not None:
        spans.append((_(" (plan {time})").format(time=time_of_day(moment.state, planned)), "muted"))
    return spans


def trouble(moment: LiveMoment, is_full: bool) -> list[Span]:
    """Return the technical issues that are open, always in sight: whose, what, and for how long the oldest lasts."""
    still = [issue for issue in moment.state.issues.values() if issue.ended_at is None]
    if not still:
        return _unrecorded_rooms(moment)
    who = called(moment.state, still[0].participant) if still[0].participant else _("everyone")
    what = f": {still[0].title}" if is_full else ""
    told = line((f"! {who}{what}" if len(still) == 1 else "! " + _("{n} issues").format(n=len(still)), "late"))
    return [*cut(told, 24), (f" {as_clock(moment.now - still[0].started_at)}", "late")]


def _unrecorded_rooms(moment: LiveMoment) -> list[Span]:
    """Return which rooms apart are not recorded while something is: the cell of the recording may say otherwise."""
    state = moment.state
    if state.open_recording is None and state.open_own_recording is None:
        return []
    silent = ", ".join(str(room.number) for room in open_rooms(state) if not is_recorded(state, room))
    return [("! " + _("room {n}: not recorded").format(n=silent), "late")] if silent else []


def presence(moment: LiveMoment) -> str:
    """Return how many of how many are present."""
    return _("{n} present").format(n=here(moment.voices))
