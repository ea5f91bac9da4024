"""The screen of files to bring in, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kring.session.intake_remarks import Wishes
from kring.session.session import Session
from kring.system.settings import Settings
from kring.ui import terminal
from kring.ui.base import KringAppBase
from kring.ui.intake.model import BroughtIn, IntakeModel
from kring.ui.intake.screen import IntakeScreen


class IntakeApp(KringAppBase):
    """The screen of files to bring in as a program."""

    def __init__(self, model: IntakeModel, session: Session, settings: Settings) -> None:
        self.intake = IntakeScreen(model, session, settings)
        super().__init__(session, settings, self.intake)


def run(
    session: Session, settings: Settings, paths: Sequence[Path], format_name: str, wishes: Wishes
) -> Sequence[BroughtIn]:
    """Show files and bring in what is meant, until the screen is left; return what came in and was not taken out."""
    model = IntakeModel(session, paths, format_name, wishes)
    app = IntakeApp(model, session, settings)
    with terminal.quiet_threads():
        app.run()
    return tuple(model.done)
