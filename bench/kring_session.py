"""How the bench drives kring: every place where it touches the program is here."""

from collections.abc import Callable
from pathlib import Path


class NotMeasurable(Exception):
    """The program, or the machine, cannot be measured in this way; the text says why."""


def acting(folder: Path) -> Callable[[], None]:
    """A function that adds one more note to a new session in `folder`, as the line mode does."""
    raise NotMeasurable("kring has no session yet")


def session_with(folder: Path, events: int) -> Path:
    """A session file in `folder` that holds that many events."""
    raise NotMeasurable("kring has no session yet")


def live(session: Path) -> list[str]:
    """The command line that opens a session file on the live screen."""
    raise NotMeasurable("kring has no live screen yet")
