"""`txt`: who said what, a line each: `P3: "…" [00:12:31]`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kring.domain.text import one_line
from kring.domain.time_text import stamp
from kring.privacy.snapshot import Snapshot
from kring.privacy.speech import said
from kring.system.i18n import _
from kring.system.output_files import Progress


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write what was said under the questions; times are those of the session's clock."""
    file.write(("\n".join(_lines(snapshot)) + "\n").encode())
    progress(1, 1)


def _lines(snapshot: Snapshot) -> Iterator[str]:
    """Yield line by line; what stands before the first colon of a line is its speaker, or says that it is a question.

    QualCoder codes what follows until the next such line, so a question ends a turn.
    """
    state = snapshot.state
    begin = int(state.session.started_at or state.session.created_at or snapshot.now)
    yield _without_colon(state.session.title)
    item: str | None = None
    for words in said(snapshot):
        if words.item != item and (asked := state.guide.get(words.item or "")) is not None:
            item = words.item
            yield ""
            yield f"{_('Question')}: {one_line(f'{asked.number} {asked.title}')}"
            yield ""
        at = stamp(max(0, words.started_at - begin))
        yield f'{_without_colon(words.speaker) or "?"}: "{one_line(words.text)}" [{at}]'


def _without_colon(text: str) -> str:
    return " ".join(one_line(text).replace(":", " ").split())
