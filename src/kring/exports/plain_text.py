"""`txt`: who said what, a line each: `[00:12:31] P3: "…"`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kring.domain.text import one_line
from kring.domain.time_text import stamp
from kring.privacy.snapshot import Snapshot
from kring.privacy.speech import said
from kring.system.output_files import Progress


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write what was said under the questions; times are those of the session's clock."""
    file.write(("\n".join(_lines(snapshot)) + "\n").encode())
    progress(1, 1)


def _lines(snapshot: Snapshot) -> Iterator[str]:
    state = snapshot.state
    begin = int(state.session.started_at or state.session.created_at or snapshot.now)
    yield one_line(state.session.title)
    item: str | None = None
    for words in said(snapshot):
        if words.item != item and (asked := state.guide.get(words.item or "")) is not None:
            item = words.item
            yield ""
            yield one_line(f"{asked.number} {asked.title}")
            yield ""
        at = stamp(max(0, words.started_at - begin))
        yield f'[{at}] {one_line(words.speaker) or "?"}: "{one_line(words.text)}"'
