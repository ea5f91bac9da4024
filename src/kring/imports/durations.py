"""Durations as programs write them in every country."""

from __future__ import annotations

import re

from kring.domain.text import folded

_UNITS = (
    (86_400, "d day days dag dagen tag tage jour jours dia dias giorno giorni 日 일"),
    (3600, "h hr hrs hour hours u uur uren std stunde stunden heure heures hora horas ora ore godz t tim ч 時間 시간"),
    (60, "m min mins minute minutes minuut minuten minuto minutos minuti мин 分 분"),
    (1, "s sec secs second seconds seconde seconden sek sekunde sekunden segundo segundos secondi сек 秒 초"),
)
_SECONDS = {folded(name): seconds for seconds, names in _UNITS for name in names.split()}
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s?([^\W\d_]+)\.?\s?")
_CLOCK = re.compile(r"(\d+):([0-5]\d):([0-5]\d)(?:[.,]\d+)?")


def duration_s(text: str) -> int | None:
    """Return a duration such as 1h 27m 51s or 00:47:03 in whole seconds, None (never 0) where it cannot be read."""
    text = " ".join(text.split())
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
    if re.fullmatch(r"P?T(?:\d.*)", text):  # ISO 8601
        text = text.partition("T")[2]
    parts, end, above = 0.0, 0, float("inf")
    for part in _PART.finditer(text):
        unit = _SECONDS.get(folded(part[2]))
        if part.start() != end or unit is None or unit >= above:
            return None
        parts, end, above = parts + float(part[1].replace(",", ".")) * unit, part.end(), unit
    return round(parts) if end and end == len(text) else None
