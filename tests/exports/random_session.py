"""A long session of which chance chose the rows: for the tests of what exports make of any of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

from domain.desk import Desk
from exports.full_session import moment
from kring.domain import rows as r
from kring.domain.state import State

SPEAKERS: tuple[tuple[r.TurnKind, str | None], ...] = (
    *(("participant", f"P{seat}") for seat in range(1, 9)),
    ("moderator", None),
    ("crosstalk", None),
    ("unknown", None),
    ("silence", None),
)  # fmt: skip
NOTE_KINDS: tuple[r.NoteKind, ...] = ("quote", "paraphrase", "remark", "nonverbal", "summary", "mark")
ITEMS = ("wie", "laatste", "goed", "cijfer", "vergeten", "nergens", None)
SAID = (
    "het is gedoe",
    "zoals Joost zei: te duur!",
    "“ja” & <nee>",
    "=SOM(A1)",
    "Fatima's buurman, Bo",
    "é\n\nè 😀",
    "",
)
TAGS: tuple[tuple[str, ...], ...] = ((), ("app",), ("app", "prijs"), ("Joost",))
Choice = TypeVar("Choice")


def random_state(seed: int, turns: int = 300) -> State:
    """A session with that many turns, as many notes, and what researchers add; the same for the same seed."""
    chance = random.Random(seed)
    rows: list[r.Row] = [*_turns(chance, turns), *_notes(chance, turns), *_visits(chance, turns)]
    rows += [*_desk_work(chance, turns), *_sound(chance, turns)]
    return Desk().state.put(rows)


def _pick(chance: random.Random, choices: Sequence[Choice]) -> Choice:
    return choices[int(chance.random() * len(choices))]


def _turns(chance: random.Random, number: int) -> Iterator[r.TurnRow]:
    at = 0.0
    for n in range(number):
        kind, who = SPEAKERS[int(chance.random() * len(SPEAKERS))]
        at += chance.random() * 12 - 1
        lasted = chance.random() * (200 if chance.random() < 0.05 else 15)
        yield r.TurnRow(
            id=f"t{n:05}",
            kind=kind,
            participant=who,
            item=_pick(chance, ITEMS),
            started_at=moment(round(at)),
            ended_at=None if n == number - 1 or chance.random() < 0.01 else moment(round(at + lasted)),
            t=round(at),
            duration_s=lasted,
            logged_by=("Bo", "Els", "")[n % 3],
            removed_at=moment(9_000) if chance.random() < 0.04 else None,
        )


def _notes(chance: random.Random, number: int) -> Iterator[r.NoteRow]:
    for n in range(number):
        kind, who = SPEAKERS[int(chance.random() * len(SPEAKERS))]
        at = moment(round(chance.random() * number * 6 - 30))
        yield r.NoteRow(
            id=f"n{n:05}",
            number=n + 1,
            kind=_pick(chance, NOTE_KINDS),
            text=_pick(chance, SAID),
            item=_pick(chance, ITEMS),
            participant=who,
            speaker_kind=None if chance.random() < 0.3 else kind,
            tags=_pick(chance, TAGS),
            starred=chance.random() < 0.2,
            parked=chance.random() < 0.1,
            stub=chance.random() < 0.1,
            at=at,
            t=None if chance.random() < 0.1 else (at - moment(0)) / 1000,
            author=("Bo", "Els", "Kim")[n % 3],
            role="assistant",
            written_at=r.Moment(at + 3_000),
            removed_at=moment(9_001) if chance.random() < 0.05 else None,
        )


def _visits(chance: random.Random, number: int) -> Iterator[r.VisitRow]:
    at = 0
    for n in range(number // 20):
        until = at + round(chance.random() * 240)
        item = ITEMS[int(chance.random() * 5)]
        assert item is not None
        yield r.VisitRow(id=f"v{n:03}", item=item, started_at=moment(at), ended_at=moment(until), t=at)
        at = until - round(chance.random() * 5)


def _desk_work(chance: random.Random, number: int) -> Iterator[r.Row]:
    for n in range(8):
        parent = f"c{n - 3}" if n > 3 else None
        yield r.CodeRow(id=f"c{n}", name=f"Thema {n}", parent=parent, colour="#AA3311", added_at=moment(9_000))
    for n in range(number):
        place = f"{int(chance.random() * number):05}"
        on_note = chance.random() < 0.5
        yield r.CodingRow(
            id=f"k{n:05}",
            code=f"c{n % 8}",
            note=f"n{place}" if on_note else None,
            turn=None if on_note else f"t{place}",
            coder=("Bo", "Kim")[n % 2],
            at=moment(9_100 + n),
        )
    for n in range(number // 10):
        place = f"{int(chance.random() * number):05}"
        yield r.MemoRow(id=f"m{n}", text=SAID[n % len(SAID)], note=f"n{place}", author="Kim", at=moment(9_500 + n))


def _sound(chance: random.Random, number: int) -> Iterator[r.Row]:
    for n in range(number // 2):
        at = round(chance.random() * number * 6)
        kind, who = SPEAKERS[int(chance.random() * len(SPEAKERS))]
        length = round(chance.random() * 8, 1)
        yield r.TranscriptRow(
            id=f"d{n:05}",
            turn=None if chance.random() < 0.3 else f"t{int(chance.random() * number):05}",
            text=SAID[n % len(SAID)],
            speaker_kind=None if chance.random() < 0.5 else kind,
            participant=who if chance.random() < 0.5 else None,
            started_at=moment(at),
            ended_at=moment(at + length),
            duration_s=length,
        )
    for seat in range(1, 9):
        code = f"P{seat}"
        yield r.ConsentRow(id=f"{code}/quoting", participant=code, scope="quoting", given=seat != 2, at=moment(0))
    yield r.RecordingRow(id="r1", source="kring", started_at=moment(-5))
    for n in range(3):
        begin, end = n * 600 - 5, n * 600 + 595
        yield r.SegmentRow(
            id=f"s{n}", recording="r1", number=n + 1, file=f"audio/000{n + 1}.flac", rate=1000, channels=1,
            started_at=moment(begin), ended_at=moment(end), frames=600_000,
        )  # fmt: skip
        for second in range(0, 600, 60):
            yield r.AnchorRow(
                id=f"s{n}/{second}", segment=f"s{n}", frames=second * 1000, elapsed_us=second * 1_000_000, wall_ms=0,
                at=moment(begin + second),
            )  # fmt: skip
