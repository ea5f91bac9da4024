"""A row of the search while a session runs: from a letter more of a word to the notes that hold it."""

import asyncio
import time
from itertools import cycle

from kring_session import Acting
from measure import Compare, Effort, Row, Sample, alternate, medians
from session_files import IN_MEMORY, copy_of, place

from kring.system.settings import Settings
from kring.ui.app import KringApp

TYPED = [word[:length] for word in ("forgotten", "visit 9", "Ruud", "nowhere") for length in range(1, len(word) + 1)]
LIMIT_MS = 3
LONGEST_PROMISED = 20_000
SIZE = (100, 30)


def live_search(effort: Effort) -> list[Row]:
    """What a key of the search takes until the lines in sight are made; the floor looks through bare texts."""
    return [asyncio.run(_searched(events, effort)) for events in effort.sizes]


async def _searched(events: int, effort: Effort) -> Row:
    limit = LIMIT_MS if events <= LONGEST_PROMISED else None
    row = Row(f"live search {events}", f"key of a live search, {events:,} events", "ms", limit, compare=Compare.AT_MOST)
    with place(IN_MEMORY) as folder:
        acting = Acting(copy_of(folder, events))
        app = KringApp(acting.session, Settings())
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            taken = alternate(_samples(app, acting), rounds=effort.rounds, per_round=len(TYPED))
        acting.close()
    row.floor, row.kring = medians(taken["looking"]), medians(taken["search"])
    return row


def _samples(app: KringApp, acting: Acting) -> dict[str, Sample]:
    live = app.live
    texts = [note.text.casefold() for note in acting.session.state.notes.values()]
    typed, looked_for = cycle(TYPED), cycle(TYPED)

    def search() -> float:
        wanted = next(typed)
        begun = time.perf_counter()
        live.search(wanted)
        for line in range(live.notes.size.height):
            live.notes.render_line(line)
        return (time.perf_counter() - begun) * 1000

    def looking() -> float:
        wanted = next(looked_for).casefold()
        begun = time.perf_counter()
        [text for text in texts if wanted in text]
        return (time.perf_counter() - begun) * 1000

    return {"search": search, "looking": looking}
