"""A note of another computer that comes late stands in its place, on the list and in its search."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

from acting import act
from conftest import START_MS
from kring.session import session as sessions
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from session.test_arriving import PEOPLE, copied, lines_of, take
from ui.live import begin, live, press, screen_text


def shown(text: str) -> list[str]:
    """Return the notes in sight from above, each once: the line of answers below tells of the last one too."""
    return list(dict.fromkeys(re.findall(r"(?:eerste|tweede|derde) van \w+", text)))


async def test_a_note_that_comes_late_stands_before_later_ones(
    session: Session, clock: SimulatedClock, tmp_path: Path
) -> None:
    begin(session)
    act(session, "note eerste van hier")
    theirs = SimulatedClock(START_MS)
    with closing(sessions.resume(copied(session.store.path, tmp_path / "b.db"), theirs, PEOPLE[1])) as other:
        theirs.advance(60_000)
        act(other, "note tweede van daar")
        late = lines_of(other)
    clock.advance(120_000)
    act(session, "note derde van hier")
    async with live(session, size=(140, 40)) as (app, pilot):
        assert shown(screen_text(app)) == ["eerste van hier", "derde van hier"]
        take(session, late)
        await pilot.pause()
        assert shown(screen_text(app)) == ["eerste van hier", "tweede van daar", "derde van hier"]
        await press(pilot, "/", "van")
        assert shown(screen_text(app)) == ["eerste van hier", "tweede van daar", "derde van hier"]
        await press(pilot, " daar")
        assert shown(screen_text(app)) == ["tweede van daar"]
