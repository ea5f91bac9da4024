"""Ways to reach somebody in free text: e-mail addresses, telephone numbers, bank accounts."""

from __future__ import annotations

import re

from kring.system.i18n import _

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_ACCOUNT = re.compile(
    r"(?<!\w)(?:[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?|nl\d\d ?[a-z]{4}(?: ?\d{4}){2} ?\d\d)(?!\w)"
)
_NUMBER = re.compile(r"(?<![\w.,/-])(?<!\d:)(?:\+|\(\+?)?\d[\d ()./\u00a0\u2011\u2013-]{6,20}\d(?![\w:/])")
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
SPAN_OF_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d ?[-–/] ?(?:19|20)?\d\d(?!\d)")
_DATE = re.compile(rf"(?<!\d)(?:\d{{4}}[-/.]{_MONTH}[-/.]{_DAY}|{_DAY}[-/.]{_MONTH}[-/.](?:\d{{4}}|\d\d))(?![-/.]?\d)")
_PARTS = re.compile(r"[^\d+]+")
_BELGIAN = re.compile(r"0(?:\d \d{3}|\d\d \d\d) \d\d \d\d")
_BRITISH = re.compile(r"0\d{2,4} \d{3,4} ?\d{3,4}|0\d{10}")
_AMERICAN = re.compile(r"\d{3} \d{3} \d{4}")
_LONGEST, _SHORTEST = 15, 9


def without_contacts(text: str) -> tuple[str, int]:
    """Return a text with a word in the place of each way to reach somebody, and how many there were."""
    if "@" not in text and not any(map(str.isdigit, text)):
        return text, 0
    count = 0
    for pattern, told in ((_EMAIL, _("[e-mail]")), (_ACCOUNT, _("[bank account]"))):
        text, n = pattern.subn(told, text)
        count += n
    pieces: list[str] = []
    done = 0
    for found in _NUMBER.finditer(text):
        if is_phone(found[0]):
            pieces += [text[done : found.start()], _("[telephone]")]
            done = found.end()
            count += 1
    return "".join([*pieces, text[done:]]), count


def is_phone(number: str) -> bool:
    """Whether figures are a telephone number: long enough, with a zero or a plus before; no date, no span of years."""
    digits = "".join(mark for mark in number if mark.isdigit())
    if not _SHORTEST <= len(digits) <= _LONGEST or _DATE.search(number) or SPAN_OF_YEARS.search(number):
        return False
    if number.startswith(("+", "(+", "00")):
        return True
    parts = _PARTS.sub(" ", number).strip()
    match len(digits):
        case 9:
            return bool(_BELGIAN.fullmatch(parts))
        case 10:
            return bool(_AMERICAN.fullmatch(parts)) or (parts[0] == "0" and parts[1] != " ")
        case 11:
            return bool(_BRITISH.fullmatch(parts))
        case _:
            return False
