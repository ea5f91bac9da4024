"""Which session observers follow: that of a file on this computer, or one that a code leads to."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kring.domain.text import KringError
from kring.observing.session_file import SessionFile
from kring.observing.source import Source
from kring.observing.watchers import ENDING
from kring.session.open import is_session, look_into
from kring.system import folders, settings
from kring.system.clock import SystemClock


class Target(msgspec.Struct, frozen=True):
    """A session to be followed; its links lie in `folder`, and `day` is when it is planned, where that is known.

    `code` leads to it where it is no file.
    """

    folder: Path
    language: str | None = None
    day: str = ""
    file: Path | None = None
    code: str = ""

    def __repr__(self) -> str:
        return "Target()"  # a code stands in no traceback

    def source(self) -> Source:
        """Return where its views come from."""
        if self.file is not None:
            return SessionFile(self.file, SystemClock(), settings.device_id())
        from kring.team.access import access_by
        from kring.team.observers import watching
        from kring.team.tasks import Way

        return watching.source_of(access_by(Way(self.code)), SystemClock(), self.folder, "asked-on-the-page")


def target(asked: str | None) -> Target:
    """Return the session of a file or a code, which is asked for where none is given; raises KringError."""
    if not asked:
        _require_team()
        from kring.cli.joining.join import typed_code

        asked = typed_code()
    file = Path(asked)
    if not is_there(file):
        return _by_code(asked)
    glimpse = look_into(file)
    if glimpse is None:
        raise KringError("{file} holds no session yet.", file=file.name)
    return Target(file.with_suffix(ENDING), glimpse.language, glimpse.day, file)


def is_there(file: Path) -> bool:
    """Whether what somebody typed is a file, and no code."""
    try:
        return is_session(file) or file.exists()
    except OSError:  # a code can be longer than any name of a file
        return False


def _by_code(code: str) -> Target:
    """Return the session that a code leads to; its links lie in the folder of kring itself, for there is no file."""
    _require_team()
    from kring.team.access import access_by
    from kring.team.tasks import Way

    session = access_by(Way(code)).session
    folder = own_folder(session)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Target(folder, code=code)


def own_folder(session: str) -> Path:
    """Return the folder of kring itself in which lies what observers of a session need that is on another computer."""
    return folders.state() / "observers" / session


def _require_team() -> None:
    from importlib.util import find_spec

    if not all(find_spec(module) for module in ("nats", "nkeys")):
        raise KringError(
            "For the code of a session, install kring with both extras: pipx install --force '.[team,observers]', "
            "or uv tool install --force '.[team,observers]'."
        )
