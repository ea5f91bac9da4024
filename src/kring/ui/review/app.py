"""The review on a terminal."""

from __future__ import annotations

from kring.domain.text import Sentence
from kring.session.session import Session
from kring.system.settings import Settings
from kring.ui import terminal
from kring.ui.base import KringAppBase
from kring.ui.review.screen import ReviewScreen


class ReviewApp(KringAppBase):
    """The review screen as a program."""

    def __init__(
        self, session: Session, settings: Settings, warnings: tuple[Sentence, ...] = (), at: int | None = None
    ) -> None:
        self.review = ReviewScreen(session, settings, warnings, at)
        super().__init__(session, settings, self.review)


def run(session: Session, settings: Settings, warnings: tuple[Sentence, ...] = (), at: int | None = None) -> int:
    """Run the review of a session until it is left, from a moment on (epoch ms); the session is still open then."""
    app = ReviewApp(session, settings, warnings, at)
    with terminal.quiet_threads():
        app.run()
    return app.return_code or 0
