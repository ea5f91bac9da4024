"""The top line, which never moves: clock, session, recording, over or under, end, attendance."""

from __future__ import annotations

from kring.domain.local_time import planned_start
from kring.domain.measures.talk_time import here
from kring.domain.time_text import long, short, signed, time_of_day
from kring.domain.words import called
from kring.system.i18n import _
from kring.ui.views import sound
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import Line, Span, cut, line, spread, width

OVER_LOOK_MS = 60_000
ON_TIME_MS = 15_000


def top_line(moment: LiveMoment, room: int) -> Line:
    """Return the top line for a screen this wide; what matters least goes first when it's narrow."""
    return _wide(moment, room) if room >= 100 else _narrow(moment, room)


def _wide(moment: LiveMoment, room: int) -> Line:
    state = moment.state
    title = state.session.title or _("session")
    left = line(*_program(moment), " ", (title, "title"))
    parts: list[Line] = [
        _phase(moment),
        line(*sound.recording(state, moment.now, moment.recorder, words=True)),
        line(*over(moment)),
        line(*expected_end(moment, full=room >= 120)),
        line((presence(moment), "")),
        line(*trouble(moment)),
        line((time_of_day(state, moment.now, seconds=True), "bold")),
    ]
    right: Line = ()
    for part in parts:
        if part:
            right = (*right, *part, ("   ", ""))
    room_left = room - width(right)
    if room_left < 20:
        left = line(*_program(moment))
    return spread(cut(left, max(room_left - 1, 0)), right, room)


def _narrow(moment: LiveMoment, room: int) -> Line:
    state = moment.state
    spans: list[Span] = [*_demo(moment), (" ", ""), *_phase(moment), ("  ", "")]
    behind = moment.time.over_ms
    if state.session.started_at is not None and behind is not None:
        spans += [(signed(behind), "late" if behind >= OVER_LOOK_MS else "bold"), (" ", "")]
    end = moment.time.expected_end
    if end is not None and state.session.phase != "ended":
        spans += [(f"→{time_of_day(state, end)}", ""), ("  ", "")]
    spans += [
        *sound.recording(state, moment.now, moment.recorder, words=False),
        ("  ", ""),
        (here(moment.voices), ""),
        ("  ", ""),
        *trouble(moment),
    ]
    return spread(tuple(spans), line((time_of_day(state, moment.now, seconds=room >= 72) + " ", "bold")), room)


def _program(moment: LiveMoment) -> Line:
    return line(*_demo(moment)) or line((" kring ", "muted"))


def _demo(moment: LiveMoment) -> list[Span]:
    """Return the mark of a rehearsal, so that nobody takes it for a session: a word, and how fast its clock runs."""
    if not moment.demo_speed:
        return []
    return [(" " + _("DEMO {speed}×").format(speed=f"{moment.demo_speed:g}") + " ", "soon reverse")]


def _phase(moment: LiveMoment) -> Line:
    state, now = moment.state, moment.now
    session = state.session
    match session.phase:
        case "prepared" | "lobby":
            word = _("doors open") if session.phase == "lobby" else _("not started")
            start = planned_start(state)
            if start is None or abs(start - now) > 12 * 3_600_000:
                return line((word, "current"))
            if start >= now:
                return line((word, "current"), "  ", (_("starts in {time}").format(time=short(start - now)), "soon"))
            return line((word, "current"), "  ", (_("{time} late").format(time=short(now - start)), "late"))
        case "ended":
            return line((_("ended {time}").format(time=long(moment.time.elapsed_ms)), "current"))
        case _:
            elapsed = long(moment.time.elapsed_ms)
            if state.open_pause is not None:
                paused = short(now - state.open_pause.started_at)
                return line((elapsed, "current"), " ", (_("PAUSED {time}").format(time=paused), "soon reverse"))
            return line((elapsed, "current"))


def over(moment: LiveMoment) -> list[Span]:
    """Return how far the session is behind its plan, or ahead of it."""
    behind = moment.time.over_ms
    if behind is None or moment.state.session.started_at is None:
        return []
    if abs(behind) < ON_TIME_MS:
        return [(_("on time"), "bold")]
    told = _("{time} behind") if behind > 0 else _("{time} ahead")
    return [(told.format(time=short(abs(behind))), "late" if behind >= OVER_LOOK_MS else "bold")]


def expected_end(moment: LiveMoment, *, full: bool) -> list[Span]:
    """Return the expected end, and the planned one beside it."""
    end, planned = moment.time.expected_end, moment.time.planned_end
    if end is None or moment.state.session.phase == "ended":
        return []
    spans: list[Span] = [(_("end") + " ", ""), (time_of_day(moment.state, end), "bold")]
    if full and planned is not None:
        spans.append((_(" (plan {time})").format(time=time_of_day(moment.state, planned)), "muted"))
    return spans


def trouble(moment: LiveMoment) -> list[Span]:
    """Return the technical issues that are open, always in sight: whose, and for how long the oldest lasts."""
    still = [issue for issue in moment.state.issues.values() if issue.ended_at is None]
    if not still:
        return []
    who = called(moment.state, still[0].participant) if still[0].participant else _("everyone")
    told = who if len(still) == 1 else _("{n} issues").format(n=len(still))
    return [(f"! {told} {short(moment.now - still[0].started_at)}", "late")]


def presence(moment: LiveMoment) -> str:
    """Return how many of how many are present."""
    return _("{n} present").format(n=here(moment.voices))
