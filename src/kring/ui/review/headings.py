"""What stands above the review: the session and the moment, and what the timeline is filtered by."""

from __future__ import annotations

from bisect import bisect_left

from kring.domain.time_text import as_clock, as_long_clock, on_clock, time_of_day
from kring.review.entries import Entry, place
from kring.review.model import ReviewModel
from kring.session.session import Session
from kring.system.i18n import _, as_written, ngettext
from kring.ui.review import filter_menu
from kring.ui.widgets.line import Line, cut, line, spread, width


def top(session: Session, model: ReviewModel, heard: int | None, speed: float, room: int) -> Line:
    """Return the top line: the session, the moment, what is heard, what is hidden, who reads."""
    state, begin = session.state, model.begin()
    sign = "−" if model.at < begin else ""
    moment = line(
        (f"  {sign}{as_long_clock(abs(model.at - begin))} ", "current"),
        (f" {time_of_day(state, model.at, seconds=True)} ", "muted"),
    )
    sound = f"▶ {on_clock(heard, begin).partition('.')[0]} {as_written(speed)}× " if heard is not None else ""
    hidden = (_("speakers hidden") + " ", "soon") if model.speakers_hidden else ("", "")
    who = cut(line((session.me.name or session.me.role, "muted")), max(room // 4, 8))
    right = line((sound, "ok"), hidden, *who, " ")
    title = line((" kring  ", "title"), state.session.title)
    return spread(line(*cut(title, max(room - width(moment) - width(right) - 1, 1)), *moment), right, room)


def timeline(model: ReviewModel, shown: int, room: int) -> Line:
    """Return what stands above the timeline: the question of this moment, or what it is filtered by."""
    wanted, whole = filter_menu.told(model), len(model.entries)
    if wanted:
        told = _("Timeline: {filter} ({n} of {whole}), Esc: all").format(filter=wanted, n=shown, whole=whole)
        return line((f" {told}", "bold band"), ("", "band"))
    question = model.question_at(model.at)
    left = line((" ", "band"), (question.text if question else _("Timeline"), "bold band"))
    since = as_clock(model.at - question.at) if question else ""
    right = line((f"{since}  ", "quiet band"), (_("{n} rows").format(n=whole), "quiet band"), (" ", "band"))
    return tuple([(text, look or "band") for text, look in spread(left, right, room)])


def search(model: ReviewModel, entry: Entry | None) -> Line:
    """Return what is searched for, how often it stands there, which one is read, and how to go through them."""
    hits = model.hits()
    told = ngettext("{n} hit", "{n} hits", len(hits)).format(n=len(hits))
    if entry is not None and model.is_hit(entry):
        number = bisect_left(hits, place(entry), key=place) + 1
        told = _("hit {n} of {whole}").format(n=number, whole=len(hits))
    keys = (("n", _("next")), ("N", _("previous")), ("Esc", _("leave")))
    spans = [span for key, word in keys for span in ((f"  {key}", "key"), f" {word}")]
    return line((f" {_('find')} ", "muted"), (f" {model.words} ", "asks"), f" {told} ", *spans)
