"""Reviewing a long session: the board of any second against what was promised, a search against looking at it all."""

import random
import time
from itertools import cycle

from measure import Effort, Row, Sample, alternate, medians
from session_files import ON_DISK, copy_of, place

EVENTS = 7_000
PROMISED_MS = 100.0
SEARCHES = ("woord", "spar", "gezegde", "zin", "niets")


def review(effort: Effort) -> list[Row]:
    """The state of a random second rebuilt and its board drawn; and one key of a search through everything."""
    scrub = Row("scrub", "board of a random second, 7,000 acts, against 100 ms", "ms", 1)
    search = Row("search", "key of a search, 7,000 acts", "ms", 4)
    with place(ON_DISK) as folder:
        samples = _samples(copy_of(folder, EVENTS))
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.keys)
    scrub.kring = medians(taken["scrub"])
    scrub.floor = [PROMISED_MS] * len(scrub.kring)
    search.floor, search.kring = medians(taken["looking"]), medians(taken["search"])
    return [scrub, search]


def _samples(file) -> dict[str, Sample]:
    from kring.domain.history import History
    from kring.domain.text import folded
    from kring.review.filters import Filter
    from kring.review.model import ReviewModel
    from kring.store import files
    from kring.ui.review import boards

    store = files.open_(file, "read")
    history = History()
    history.accept(history.change([stored.event for stored in store.read_all()]))
    store.close()
    model = ReviewModel(history, "bench")
    chance = random.Random(1)
    first, last = model.bounds()
    asked = cycle(SEARCHES)

    def scrub() -> float:
        begun = time.perf_counter()
        model.move_to(chance.randint(first, last))
        boards.moderator(model.board(), model.at, 70, 34)
        return _ms(begun)

    def search() -> float:
        model.filter = Filter(words=next(asked))
        begun = time.perf_counter()
        model.shown()
        return _ms(begun)

    def looking() -> float:
        wanted = next(asked)
        begun = time.perf_counter()
        [entry for entry in model.entries if wanted in folded(f"{entry.text} {entry.speaker} {' '.join(entry.tags)}")]
        return _ms(begun)

    return {"scrub": scrub, "search": search, "looking": looking}


def _ms(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
