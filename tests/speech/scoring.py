"""Diarization error rate, as NIST defined it: missed, false and confused speech over speech, a collar left out."""

from collections.abc import Sequence

import numpy as np

STEP_MS = 10
Spoken = tuple[str, float, float]  # who, from, to in ms


def error_rate(truth: Sequence[Spoken], guess: Sequence[Spoken], collar_ms: float = 250) -> float:
    people = {who: place for place, who in enumerate(sorted({who for who, _, _ in [*truth, *guess]}))}
    steps = int(max(to for _, _, to in [*truth, *guess]) // STEP_MS) + 1
    real, said = np.zeros((2, len(people), steps), np.bool_)
    for where, spoken in ((real, truth), (said, guess)):
        for who, begin, to in spoken:
            where[people[who], int(begin // STEP_MS) : int(to // STEP_MS)] = True
    scored = np.ones(steps, np.bool_)
    for edge in (edge for _, *edges in truth for edge in edges):
        scored[max(0, int((edge - collar_ms) // STEP_MS)) : int((edge + collar_ms) // STEP_MS)] = False
    real, said = real[:, scored], said[:, scored]
    wrong = np.maximum(real.sum(0), said.sum(0)) - (real & said).sum(0)
    return float(wrong.sum() / real.sum())
