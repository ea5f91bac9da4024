"""Sessions recorded once come to the same rows, in the same order, and to the same chains, for ever."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from domain.recorded_sessions import NAMES, fingerprint, recorded, write
from kring.domain.history import History
from kring.domain.rows import Row
from kring.store.making import making
from kring.store.verify import verify


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_session_stands_as_it_stood_after_every_arrival(name: str) -> None:
    recording = recorded(name)
    history = History()
    written: dict[tuple[str, str], Row] = {}
    for batch, stood in zip(recording.batches(), recording.stood, strict=True):
        change = history.change(batch)
        history.accept(change)
        for row in change.gone:
            del written[row.TABLE, row.id]
        written |= {(row.TABLE, row.id): row for row in change.rows}
        assert fingerprint(history.state) == stood
        assert written == {(name, row.id): row for name, rows in history.state.tables.items() for row in rows.values()}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(3))
def test_a_recorded_session_that_comes_in_any_order_ends_the_same(name: str, seed: int) -> None:
    recording = recorded(name)
    chance = random.Random(seed)
    known = [event for batch in recording.batches() for event in batch]
    chance.shuffle(known)
    history = History()
    while known:
        size = chance.choice((1, 5, 60))
        history.accept(history.change(known[:size]))
        known = known[size:]
    assert fingerprint(history.state) == recording.stood[-1]


@pytest.mark.parametrize("name", NAMES)
def test_the_file_of_a_recorded_session_has_the_same_chains_and_is_whole(name: str, tmp_path: Path) -> None:
    recording = recorded(name)
    with making(tmp_path / "session.db") as store:
        state = write(store, recording.batches())
    assert fingerprint(state) == recording.stood[-1]
    report = verify(tmp_path / "session.db")
    assert report.is_whole, report.findings
    assert {head.device: head.chain for head in report.heads} == recording.heads
