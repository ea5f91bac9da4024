"""How loud sound is: the amplitude of 16-bit samples in decibels below full scale."""

from __future__ import annotations

import math

FULL_SCALE = 32768
QUIETEST_DB = -96.0


def decibels(amplitude: float) -> float:
    """Return an amplitude of 16-bit samples in dB below full scale."""
    return max(QUIETEST_DB, round(20 * math.log10(amplitude / FULL_SCALE), 1)) if amplitude > 0 else QUIETEST_DB
