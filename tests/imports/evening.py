"""A made-up talk: who spoke when, what the team logged of it, and what a transcript has."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from kring.domain import rows as r
from kring.domain.rows import Moment
from kring.domain.state import EMPTY, State
from kring.imports.parsed import Clock, Parsed, Utterance

START = 1_764_702_000_000  # 2025-12-02 20:00 in Amsterdam
MINUTE = 60_000
NAMES = ("Anna", "Bert", "Cor", "Dora", "Eef", "Fatima")


@dataclass
class Evening:
    """A made-up talk: who spoke from when to when, in ms after the start, and what the team logged of it."""

    seed: int
    minutes: int = 30
    missed: float = 0.15
    turns: list[tuple[str, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance, at = random.Random(self.seed), 0
        while at < self.minutes * MINUTE:
            length = int(chance.expovariate(1 / chance.choice([3_000, 12_000, 30_000]))) + 700
            self.turns.append((chance.choice([*NAMES, NAMES[0], "Els", "Els"]), at, at + length))
            at += length + chance.choice([0, 200, 800, 2_500])

    def state(self, *others: r.Row) -> State:
        chance = random.Random(self.seed)
        rows: list[r.Row] = [
            r.SessionRow(
                id="s",
                moderator="Els",
                zone="Europe/Amsterdam",
                started_at=Moment(START),
                ended_at=Moment(START + self.turns[-1][2]),
            ),
            *(r.ParticipantRow(id=f"P{seat}", name=name, seat=seat) for seat, name in enumerate(NAMES, 1)),
        ]
        for number, (who, begin, end) in enumerate(self.turns):
            late = [max(0, int(chance.gauss(900, 400))) for _ in range(2)]
            if chance.random() >= self.missed:
                rows.append(turn(number, who, START + begin + late[0], START + end + late[1]))
        return EMPTY.put([*rows, *others])

    def transcript(self, begin: int = 0, until: int = 10**9, **more: object) -> Parsed:
        """What a transcript has of it that began so long after the start, in cues of about four seconds."""
        cues = []
        for who, first, end in self.turns:
            for at in range(first, end, 4_000):
                if begin <= at < until:
                    cues.append(cue(len(cues) + 1, who, at - begin, min(at + 4_000, end) - begin))
        return Parsed(format="vtt", clock=Clock.RECORDING, utterances=tuple(cues), **more)  # type: ignore[arg-type]


def turn(number: int, who: str, begin: int, end: int) -> r.TurnRow:
    participant = f"P{NAMES.index(who) + 1}" if who in NAMES else None
    return r.TurnRow(
        id=f"t{number}",
        kind="participant" if participant else "moderator",
        participant=participant,
        started_at=Moment(begin),
        ended_at=Moment(max(begin, end)),
    )


def cue(line: int, who: str, begin: int, end: int) -> Utterance:
    return Utterance(line=line, start_ms=begin, end_ms=end, speaker=who, text="ja")


def recording(begin: int, end: int | None = None) -> r.RecordingRow:
    return r.RecordingRow(
        id=f"r{begin}",
        source="platform",
        started_at=Moment(START + begin),
        ended_at=None if end is None else Moment(START + end),
    )
