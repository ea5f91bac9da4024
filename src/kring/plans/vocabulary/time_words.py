"""Numbers and times of day in words, Dutch and English, as digits: `drie kwartier`, `1½ uur`, `half acht`."""

from __future__ import annotations

import re

from kring.domain.text import folded

_UNITS = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
    "negentien"
)
_UNITS_EN = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twintig dertig veertig vijftig zestig"
_TENS_EN = "twenty thirty forty fifty sixty"


def _number_words() -> dict[str, int]:
    words: dict[str, int] = {}
    for small, tens, joint in ((_UNITS, _TENS, "{unit}en{ten}"), (_UNITS_EN, _TENS_EN, "{ten}-{unit}")):
        units = dict(zip(small.split(), range(1, 20), strict=True))
        words |= units
        for number, ten in enumerate(tens.split(), 2):
            words[ten] = number * 10
            for unit, value in list(units.items())[:9]:
                words[joint.format(unit=unit, ten=ten)] = number * 10 + value
    return words | {"tweeendertig": 32, "drieendertig": 33, "tweeentwintig": 22, "drieentwintig": 23}


NUMBERS = _number_words()
_SPELLED = re.compile(
    rf"\b({'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?=\s(?:min|uur|hour|sec|kwartier|half\s?uur))"
)
_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_FRACTION = re.compile(r"(\d{0,2})\s?([½¼¾])")
_LENGTHS = (
    (re.compile(r"\b(\d{1,2}) kwartier\b"), 15),
    (re.compile(r"\b(?:a )?quarter of an hour\b"), 15),
    (re.compile(r"\bkwartier\b"), 15),
    (re.compile(r"\b(?:twee(?:ee|e)?n(?:half| en een half)|2 en een half|two and a half) (?:uur|hours)\b"), 150),
    (re.compile(r"\b(?:anderhalf uur|an hour and a half|(?:one|1) and a half hours?)\b"), 90),
    (re.compile(r"\b(?:1 )?(?:half ?uur|half an hour)\b"), 30),
    (re.compile(r"\ban hour\b"), 60),
)
_HOURS = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
_HOURS_EN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_HOUR = rf"({'|'.join([*_HOURS, *_HOURS_EN])}|\d{{1,2}})"
_SPOKEN = (
    (re.compile(rf"half {_HOUR}(?: uur)?"), -30),
    (re.compile(rf"kwart voor {_HOUR}(?: uur)?"), -15),
    (re.compile(rf"kwart over {_HOUR}(?: uur)?"), 15),
    (re.compile(rf"(?:a )?quarter to {_HOUR}"), -15),
    (re.compile(rf"(?:a )?quarter past {_HOUR}"), 15),
    (re.compile(rf"half past {_HOUR}"), 30),
    (re.compile(rf"{_HOUR} (?:uur|o'clock)"), 0),
)
_MORNING = 9  # somebody who says `half acht` without more means the evening: groups begin from nine on


def in_digits(text: str) -> str:
    """Return a text folded, with lengths in words as numbers with a unit; the rest of it as it was."""
    # Before it is folded: that makes two digits and a stroke of a half.
    text = folded(_FRACTION.sub(lambda found: f"{int(found[1] or 0) + _HALVES[found[2]]:g}", text))
    text = _LENGTHS[3][0].sub("150 min", _LENGTHS[4][0].sub("90 min", text))
    text = _SPELLED.sub(lambda found: str(NUMBERS[found[1]]), text)
    for words, minutes in _LENGTHS:
        while found := words.search(text):
            times = int(found[1]) if words.groups else 1
            text = f"{text[: found.start()]}{minutes * times} min{text[found.end() :]}"
    return text


def spoken_clock(text: str) -> str | None:
    """Return the time of day that a folded text says in words, such as `half acht`, as HH:MM; None where it is none."""
    for words, minutes in _SPOKEN:
        if found := words.fullmatch(text):
            hour = _hour(found[1])
            at = hour * 60 + minutes
            if 0 < hour <= 12 and at // 60 < _MORNING:
                at += 12 * 60
            return f"{at // 60 % 24:02d}:{at % 60:02d}" if hour < 24 else None
    return None


def _hour(word: str) -> int:
    for names in (_HOURS, _HOURS_EN):
        if word in names:
            return names.index(word) + 1
    return int(word)
