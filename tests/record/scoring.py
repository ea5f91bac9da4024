"""Diarization error rate, as NIST defined it: missed, false and confused speech over speech, a collar left out."""

from collections.abc import Sequence

STEP_MS = 10
Spoken = tuple[str, float, float]  # who, from, to in ms


def error_rate(truth: Sequence[Spoken], guess: Sequence[Spoken], collar_ms: float = 250) -> float:
    end = max(to for _, _, to in [*truth, *guess])
    steps = int(end // STEP_MS) + 1
    real: list[set[str]] = [set() for _ in range(steps)]
    said: list[set[str]] = [set() for _ in range(steps)]
    scored = [True] * steps
    for where, spoken in ((real, truth), (said, guess)):
        for who, begin, to in spoken:
            for step in range(int(begin // STEP_MS), int(to // STEP_MS)):
                where[step].add(who)
    for _, *edges in truth:
        for edge in edges:
            for step in range(
                max(0, int((edge - collar_ms) // STEP_MS)), min(steps, int((edge + collar_ms) // STEP_MS))
            ):
                scored[step] = False
    wrong = speech = 0
    for a, b, counts in zip(real, said, scored, strict=True):
        if counts:
            wrong += max(len(a), len(b)) - len(a & b)
            speech += len(a)
    return wrong / speech
