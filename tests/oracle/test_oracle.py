"""Hundreds of sloppy evenings: what kring counts is what somebody finds who counts on their fingers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kring.domain.measures.following import who_follows_whom
from kring.domain.measures.presence import took_part
from kring.domain.measures.questions import questions
from kring.domain.measures.sections import plan_and_actual
from kring.domain.measures.silence import stretches
from kring.domain.measures.talk_time import LEAST_PRESENT_MS, voices
from kring.domain.measures.technique import lost_by_participant, lost_to_all_min
from kring.domain.time_text import as_length
from kring.exports.tables.stored import tables_of
from kring.privacy.redaction import redaction
from kring.privacy.snapshot import Snapshot
from kring.report.content import report_of
from kring.report.parts import Paragraph, Report, Table, leaves
from kring.system.i18n import decimal
from oracle.oracle import Oracle
from oracle.sloppy import TwoLaptops, sloppy

SOME = range(80)
MANY = 2400
TOGETHER = 100


def judged(desk: TwoLaptops) -> Oracle:
    """Compare every figure of an evening with those of the oracle, and return that."""
    oracle = Oracle(desk.told(), desk.now // 1000)
    state, now = desk.state, desk.now
    if oracle.start is None:  # the start was taken back
        assert not took_part(state, now)
        return oracle
    heard = voices(state, now)
    total = sum(oracle.talk_s(code) for code in oracle.people)
    for voice in heard:
        code = voice.person.id
        assert voice.spoken_ms == 1000 * oracle.talk_s(code), code
        assert voice.share == pytest.approx(oracle.talk_s(code) / total if total else 0), code
        assert voice.present_ms == 1000 * oracle.present_s(code), code
        assert voice.fair_ms == pytest.approx(1000 * oracle.fair_s(code)), code
        index = balance(oracle, code)
        assert voice.balance == (index if index is None else pytest.approx(index)), code
    assert sum(voice.fair_ms for voice in heard) == pytest.approx(1000 * total)
    assert {person.id for person in took_part(state, now)} == {code for code in oracle.people if oracle.took_part(code)}
    assert who_follows_whom(state, now) == oracle.follows()
    for one in questions(state, now):
        assert one.was_asked == oracle.asked(one.row.id), one.row.id
        assert set(one.turns) == oracle.heard_on(one.row.id), one.row.id
    for part in plan_and_actual(state, now):
        assert part[1:4] == planned_given_spent(oracle, part.section.id), part.section.id
    quiet = stretches(state, "silence", now)
    assert (quiet.number, quiet.total_ms) == (len(oracle.silences()), 1000 * sum(oracle.silences()))
    assert lost_to_all_min(state, now) == pytest.approx(oracle.lost_s(None) / 60)
    lost = lost_by_participant(state, now)
    assert lost == {code: pytest.approx(oracle.lost_s(code) / 60) for code in lost}
    return oracle


def balance(oracle: Oracle, code: str) -> float | None:
    enough = 1000 * oracle.present_s(code) >= LEAST_PRESENT_MS and oracle.fair_s(code) > 0
    return oracle.talk_s(code) / oracle.fair_s(code) if enough else None


def planned_given_spent(oracle: Oracle, section: str) -> tuple[int | None, int, int]:
    planned = oracle.guide[section].get("planned_s")
    return planned, max(oracle.given[section], -(planned or 0)), oracle.spent_s(section)


@pytest.mark.parametrize("seed", SOME)
def test_a_sloppy_evening_comes_to_what_somebody_finds_on_their_fingers(seed: int) -> None:
    judged(sloppy(seed))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, MANY, TOGETHER))
def test_reports_and_tables_of_sloppy_evenings_say_the_same(first: int) -> None:
    for seed in range(first, first + TOGETHER):
        desk = sloppy(seed)
        oracle = judged(desk)
        if oracle.start is not None:
            now = int(desk.state.session.ended_at or desk.now)
            material = Snapshot(Path("session.db"), redaction(desk.state, False).state, now, False, "en")
            tables_agree(material, oracle)
            report_agrees(report_of(material), oracle)


def tables_agree(material: Snapshot, oracle: Oracle) -> None:
    """The tables that leave say what the oracle says."""
    tables = {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in
              tables_of(material)}  # fmt: skip
    for row in tables["talk_time"]:
        code = row["participant"]
        assert (row["talk_s"], row["present_s"]) == (oracle.talk_s(code), oracle.present_s(code)), code
        assert row["fair_share_s"] == pytest.approx(oracle.fair_s(code), abs=0.051), code
        index = balance(oracle, code)
        assert row["balance_index"] == (index if index is None else pytest.approx(index, abs=0.0051)), code
    for row in tables["plan_and_actual"]:
        told: tuple[Any, ...] = (row["planned_s"], row["given_s"], row["spent_s"])
        assert told == planned_given_spent(oracle, row["id"])
    for row in tables["time_by_item"]:
        if row["kind"] == "question":
            assert bool(row["asked"]) == oracle.asked(row["id"]), row["id"]


def report_agrees(report: Report, oracle: Oracle) -> None:
    """The report says what the oracle says."""
    blocks = list(leaves(report.sections))
    talk = next((one for one in blocks if isinstance(one, Table) and one.caption == "Talk time by participant"), None)
    for code, _turns, spoken, _share, present, _fair, index in talk.rows if talk else ():
        wanted = balance(oracle, code)
        assert spoken == as_length(1000 * oracle.talk_s(code)), code
        assert present == as_length(1000 * oracle.present_s(code)), code
        assert index == "–" if wanted is None else float(index) == pytest.approx(wanted, abs=0.0051), code
    lost = [one.text for one in blocks if isinstance(one, Paragraph) and one.text.startswith("Lost to everybody")]
    assert all(f"Lost to everybody: {decimal(oracle.lost_s(None) / 60)} min" in text for text in lost)
