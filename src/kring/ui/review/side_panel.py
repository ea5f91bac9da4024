"""What is shown beside the timeline: details, a board of that second, a chart, the codebook, how coders agree."""

from __future__ import annotations

from kring.review.entries import Entry
from kring.review.model import ReviewModel
from kring.session.session import Session
from kring.study.codes.history import changes_in
from kring.study.earlier import Earlier
from kring.system.i18n import _
from kring.ui.review import boards, charts, codes, details
from kring.ui.widgets.line import EMPTY, Line, line, spread, wrap
from kring.ui.widgets.panel import Panel

SIDES = ("details", "moderator", "assistant", "charts", "codebook", "agreement")
OF_MOMENT = ("details", "moderator", "assistant")
TELL_SPEAKERS = ("moderator", "assistant", "charts")


class SidePanel(Panel):
    """One side at a time, drawn again only when something of it changed; what doesn't fit is scrolled."""

    def __init__(self, session: Session, model: ReviewModel) -> None:
        super().__init__(id="beside")
        self.heading = Panel(id="beside-heading")
        self.side = "details"
        self.earlier: Earlier | None = None
        """What is known of the groups that the study held before."""
        self._session = session
        self._model = model
        self._chart = "gantt"
        self._first = 0
        self._drawn: tuple[object, list[Line]] = (None, [])

    def choose(self, name: str) -> None:
        """Have something else stand here, or the `next` side; the charts again: the next one of them."""
        if name == "next":
            name = SIDES[(SIDES.index(self.side) + 1) % len(SIDES)]
        if name == "charts" and self.side == "charts":
            names = list(charts.CHARTS)
            self._chart = names[(names.index(self._chart) + 1) % len(names)]
        self.side = name
        self.scroll_to_top()

    def scroll_by(self, lines: int) -> None:
        """Scroll by so many lines, at the next look."""
        self._first += lines

    def scroll_to_top(self) -> None:
        """Begin at the first line again, at the next look."""
        self._first = 0

    def look(self, entry: Entry | None) -> None:
        """Show what is true now."""
        lines = self._lines_now(entry)
        self._first = max(min(self._first, len(lines) - self.size.height), 0)
        is_cut = self._first > 0 or len(lines) > self.size.height
        more = line(("{ } ", "key band"), (_("more") + " ", "quiet band")) if is_cut else EMPTY
        title = spread(line((f" {self._title_now()}", "bold band")), more, self.heading.size.width)
        self.heading.show([tuple([(text, look or "band") for text, look in title])])
        self.show(lines[self._first :])

    def _title_now(self) -> str:
        state, at = self._session.state, self._model.at
        names = list(charts.CHARTS)
        chart = f"{_(charts.CHARTS[self._chart][0])} ({names.index(self._chart) + 1}/{len(names)})"
        titles = {
            "details": _("Details"),
            "moderator": boards.title(state, at, "moderator"),
            "assistant": boards.title(state, at, "assistant"),
            "charts": chart,
            "codebook": _("Codebook"),
            "agreement": _("Agreement"),
        }
        return titles[self.side]

    def _lines_now(self, entry: Entry | None) -> list[Line]:
        model = self._model
        of_moment = (model.at, entry) if self.side in OF_MOMENT else ()
        hidden = (model.others_hidden, model.speakers_hidden)
        key = (self._session.state, self.earlier, self.side, self._chart, self.size, of_moment, hidden)
        if self._drawn[0] != key:
            self._drawn = (key, self._draw(entry, max(self.size.width, 10), max(self.size.height, 1)))
        return self._drawn[1]

    def _draw(self, entry: Entry | None, room: int, height: int) -> list[Line]:
        model, session = self._model, self._session
        if model.speakers_hidden and self.side in TELL_SPEAKERS:
            return wrap(line((_("Hidden while you judge the turns; H shows who speaks."), "muted")), room)
        match self.side:
            case "moderator":
                return boards.moderator(model.board(), model.at, room, height)
            case "assistant":
                return boards.assistant(model.board(), model.at, room, height)
            case "charts":
                return charts.CHARTS[self._chart][1](session.state, session.now(), room)
            case "codebook":
                return codes.codebook(model, room, changes_in(session.history, 0, session.sealing.text))
            case "agreement":
                return codes.agreements(model, room)
        return details.details(model, entry, session.told, room, self.earlier)
