"""Which second of which file beside a report holds a moment, for a page that can play it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from kring.privacy.snapshot import Snapshot
from kring.record import folder
from kring.report.parts import Heard
from kring.session.playback import BEFORE_MS, Recorded


def sound_beside(snapshot: Snapshot, page: Path) -> tuple[Heard, ...]:
    """Return the stretches of sound that a page can play: files that lie in a folder beside it.

    A folder that is called otherwise than the session file, or whose name has a name in it, stays out of a report with
    codes.
    """
    beside = snapshot.path.resolve().parent
    if page.resolve().parent != beside:
        return ()
    found = []
    recorded = Recorded(snapshot.state, snapshot.path)
    for stretch in recorded.mapping.stretches:
        path = recorded.path_of(stretch.piece)
        if path is None or path.parent.parent != beside or not (snapshot.with_names or _is_plain(snapshot, path)):
            continue
        place = quote(f"{path.parent.name}/{path.name}")
        found.append(
            Heard(stretch.started_ms, stretch.ended_ms, place, stretch.first / stretch.rate - BEFORE_MS / 1000)
        )
    return tuple(found)


def _is_plain(snapshot: Snapshot, path: Path) -> bool:
    return path.parent.name == f"{snapshot.stem}{folder.ENDING}"
