"""What stands above the review: the session and the moment, and what the timeline is filtered by."""

from __future__ import annotations

from kring.domain.time_text import long, on_clock, time_of_day
from kring.review.model import ReviewModel
from kring.session.session import Session
from kring.system.i18n import _
from kring.ui.review import filter_menu
from kring.ui.widgets.line import Line, cut, line, spread, width


def top(session: Session, model: ReviewModel, heard: int | None, speed: float, room: int) -> Line:
    """Return the top line: the session, the moment, what is heard, what is hidden, who reads."""
    state, begin = session.state, model.begin()
    sign = "−" if model.at < begin else ""
    moment = line(
        (f"  {sign}{long(abs(model.at - begin))} ", "current"),
        (f" {time_of_day(state, model.at, seconds=True)} ", "muted"),
    )
    sound = f"▶ {on_clock(heard, begin).partition('.')[0]} {speed:g}× " if heard is not None else ""
    hidden = (_("speakers hidden") + " ", "soon") if model.speakers_hidden else ("", "")
    who = cut(line((session.me.name or session.me.role, "muted")), max(room // 4, 8))
    right = line((sound, "ok"), hidden, *who, " ")
    title = line((" kring  ", "title"), state.session.title)
    return spread(line(*cut(title, max(room - width(moment) - width(right) - 1, 1)), *moment), right, room)


def timeline(model: ReviewModel, shown: int) -> str:
    """Return what stands above the timeline: the filter, and how much it lets through."""
    wanted, whole = filter_menu.told(model), len(model.entries)
    if not wanted:
        return f"{_('Timeline')} ({whole})"
    return _("Timeline: {filter} ({n} of {whole}), Esc: all").format(filter=wanted, n=shown, whole=whole)
