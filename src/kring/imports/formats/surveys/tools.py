"""By what the files of survey tools are known, in whatever language: rows under the header, kinds of first columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kring.domain.text import folded, one_line
from kring.imports.formats.surveys.head import Head, Role, cells_at, head_of, kind_at
from kring.imports.formats.surveys.words import EMAILS, TIMESTAMPS
from kring.imports.tables.cells import Kind, kind_of
from kring.imports.tables.rows import Row

_IMPORT_ID = re.compile(r"""\{\s*['"]ImportId['"]\s*:\s*['"]([^'"]+)['"]""")
_QUALTRICS = {
    "startDate": Role.TECHNICAL,
    "endDate": Role.TECHNICAL,
    "recordedDate": Role.TECHNICAL,
    "status": Role.STATUS,
    "ipAddress": Role.TECHNICAL,
    "progress": Role.TECHNICAL,
    "duration": Role.TECHNICAL,
    "finished": Role.DONE,
    "_recordId": Role.NUMBER,
    "recipientLastName": Role.LAST_NAME,
    "recipientFirstName": Role.FIRST_NAME,
    "recipientEmail": Role.EMAIL,
    "externalDataReference": Role.INVITATION,
    "locationLatitude": Role.TECHNICAL,
    "locationLongitude": Role.TECHNICAL,
    "distributionChannel": Role.TECHNICAL,
    "userLanguage": Role.TECHNICAL,
}
_LEGACY = (
    Role.NUMBER,  # V1, the number of the response; V2 is the set that it is in
    Role.TECHNICAL,
    Role.NAME,
    Role.INVITATION,
    Role.EMAIL,
    Role.TECHNICAL,  # V6, the IP address
    Role.STATUS,
    Role.TECHNICAL,
    Role.TECHNICAL,
    Role.DONE,
)
_LIMESURVEY = {
    "id": Role.NUMBER,
    "submitdate": Role.DONE,
    "lastpage": Role.TECHNICAL,
    "startlanguage": Role.TECHNICAL,
    "seed": Role.TECHNICAL,
    "startdate": Role.TECHNICAL,
    "datestamp": Role.TECHNICAL,
    "ipaddr": Role.TECHNICAL,
    "refurl": Role.TECHNICAL,
    "interviewtime": Role.TECHNICAL,
    "token": Role.INVITATION,
    "firstname": Role.FIRST_NAME,
    "lastname": Role.LAST_NAME,
    "email": Role.EMAIL,
}
_ONLY_LIMESURVEY = {"submitdate", "lastpage", "startlanguage", "startdate", "datestamp", "ipaddr", "refurl"}
_ENOUGH_CODES = 3
_ENOUGH_NUMBERED = 5
_V = re.compile(r"V\d{1,2}", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TIMING = re.compile(r"(?:grouptime\d+|.+time)", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{6,}")


def qualtrics(rows: Sequence[Row]) -> Head | None:
    """Return the head of a file of Qualtrics: names, headings and import ids; the older one has two rows, V1 to V10."""
    for place, row in enumerate(rows[1:4], 1):
        found = [_IMPORT_ID.search(cell) for cell in row.cells]
        if any(found) and sum(map(bool, found)) * 2 > row.filled:
            roles = {at: role for at, one in enumerate(found) if one and (role := _QUALTRICS.get(one[1]))}
            return head_of(rows[0], place + 1, roles, rows[place - 1] if place > 1 else None)
    codes = rows[0].cells if len(rows) > 1 and _is_of_words(rows[1]) else ()
    numbered = {at: int(code[1:]) for at, code in enumerate(codes) if _V.fullmatch(code)}
    if len(numbered) >= _ENOUGH_NUMBERED and all(0 < number <= len(_LEGACY) for number in numbered.values()):
        return head_of(rows[0], 2, {at: _LEGACY[number - 1] for at, number in numbered.items()}, rows[1])
    return None


def _is_of_words(row: Row) -> bool:
    return all(kind_of(cell) in (Kind.TEXT, Kind.EMPTY) for cell in row.cells)


def surveymonkey(rows: Sequence[Row]) -> Head | None:
    """Return the head of a file of SurveyMonkey: under the questions a row of options that begins with empty cells."""
    if len(rows) < 3 or rows[0].filled < 4 or any(rows[1].cell(place) for place in range(4)):
        return None
    first, second = cells_at(rows[2:], 0), cells_at(rows[2:], 1)
    is_numbered = all(_LONG_NUMBER.fullmatch(cell) for cell in first if cell)
    is_collected = all(cell.isdigit() for cell in second if cell)
    if not (is_numbered and is_collected) or kind_at(rows[2:], 2) is not Kind.MOMENT or not any(first):
        return None
    width = max(len(rows[0].cells), len(rows[1].cells))
    questions: list[str] = []
    for place in range(width):
        asked = one_line(rows[0].cell(place))
        is_option = not asked and bool(rows[1].cell(place)) and bool(questions)
        questions.append(questions[-1] if is_option else asked)
    options = [one_line(rows[1].cell(place)) for place in range(width)]
    headings = [
        f"{question} [{option}]" if option and questions.count(question) > 1 else question
        for question, option in zip(questions, options, strict=True)
    ]
    roles = {0: Role.NUMBER, 1: Role.TECHNICAL, 2: Role.TECHNICAL, 3: Role.TECHNICAL}
    scales = {place: option for place, option in enumerate(options) if option}
    return Head(tuple(headings), tuple(headings), 2, roles, scales)


def limesurvey(rows: Sequence[Row]) -> Head | None:
    """Return the head of a file of LimeSurvey: its codes, or their headings in any language, or both in two rows."""
    if len(rows) < 2:
        return None
    if len({cell.casefold() for cell in rows[0].cells} & _ONLY_LIMESURVEY) >= _ENOUGH_CODES:
        roles = {at: role for at, cell in enumerate(rows[0].cells) if (role := _LIMESURVEY.get(cell.casefold()))}
        roles |= {
            at: Role.TECHNICAL
            for at, cell in enumerate(rows[0].cells)
            if at not in roles and _TIMING.fullmatch(cell) and kind_at(rows[2:], at) is Kind.NUMBER
        }
        has_two = _is_of_words(rows[1])
        head = head_of(rows[0], 2 if has_two else 1, roles, rows[1] if has_two else None)
        return head._replace(is_filled_when_done=Role.DONE in roles.values())
    for first in (1, 2):
        if _begins_like_limesurvey(rows[first:]):
            head = head_of(rows[0], first, {}, rows[1] if first == 2 else None)
            roles = {0: Role.NUMBER, 1: Role.DONE, 2: Role.TECHNICAL, 3: Role.TECHNICAL}
            roles |= _technical_after(rows[first:], 4)
            return head._replace(roles=roles, is_filled_when_done=True)
    return None


def google_forms(rows: Sequence[Row]) -> Head | None:
    """Return the head of answers to Google Forms: the moment of sending in stands first, and nothing else of it."""
    if len(rows) < 2 or rows[0].filled < 2 or kind_at(rows[1:], 0) is not Kind.MOMENT:
        return None
    heading = folded(rows[0].cell(0))
    others = rows[0].cells[1:]
    asks = any("?" in cell or cell.endswith("]") or len(cell) > 30 for cell in others)
    if any(kind_of(cell) is not Kind.TEXT for cell in others if cell) or not (heading in TIMESTAMPS or asks):
        return None
    return head_of(rows[0], 1, {0: Role.TECHNICAL})


def microsoft_forms(rows: Sequence[Row]) -> Head | None:
    """Return the head of answers to Microsoft Forms: a number, two moments, an address and a name stand first."""
    body = rows[1:]
    if len(rows) < 2 or rows[0].filled < 5 or kind_at(body, 0) is not Kind.NUMBER:
        return None
    if kind_at(body, 1) is not Kind.MOMENT or kind_at(body, 2) is not Kind.MOMENT:
        return None
    roles = {0: Role.NUMBER, 1: Role.TECHNICAL, 2: Role.TECHNICAL}
    address = kind_at(body, 3)
    if address in (Kind.EMAIL, Kind.EMPTY) or EMAILS.search(folded(rows[0].cell(3))):
        roles |= {3: Role.EMAIL if address is Kind.EMAIL else Role.TECHNICAL, 4: Role.NAME}  # else a word for anonymous
    if kind_at(body, 5) is Kind.MOMENT or (kind_at(body, 5) is Kind.EMPTY and rows[0].cell(5)):
        roles[5] = Role.TECHNICAL
    return head_of(rows[0], 1, roles)._replace(joins_with_semicolon=True)


def typeform(rows: Sequence[Row]) -> Head | None:
    """Return the head of a file of Typeform: a long code stands first, moments and what follows them last."""
    if len(rows) < 2 or rows[0].cell(0) != "#" or kind_at(rows[1:], 0) is not Kind.CODE:
        return None
    last = len(rows[0].cells) - 1
    moments = [place for place in range(1, last + 1) if kind_at(rows[1:], place) is Kind.MOMENT]
    roles = {0: Role.NUMBER} | dict.fromkeys(range(min(moments, default=last + 1), last + 1), Role.TECHNICAL)
    roles |= {place: Role.DONE for place, cell in enumerate(rows[0].cells) if folded(cell) == "response type"}
    return head_of(rows[0], 1, roles)


def _begins_like_limesurvey(rows: Sequence[Row]) -> bool:
    """Whether rows begin with a number, a moment or nothing, the number of a page, and a language."""
    if not rows or kind_at(rows, 0) is not Kind.NUMBER or kind_at(rows, 1) is not Kind.MOMENT:
        return False
    pages, languages = cells_at(rows, 2), [cell for cell in cells_at(rows, 3) if cell]
    return (
        all(cell.isdigit() and len(cell) <= 3 for cell in pages if cell)
        and bool(languages)
        and sum(bool(_LANGUAGE.fullmatch(cell)) for cell in languages) * 10 >= len(languages) * 9
    )


def _technical_after(rows: Sequence[Row], start: int) -> dict[int, Role]:
    """Return the roles of the columns right behind: a seed, moments, an address on the network."""
    roles: dict[int, Role] = {}
    for place in range(start, start + 6):
        kind = kind_at(rows, place)
        is_seed = kind is Kind.NUMBER and all(len(cell) >= 6 for cell in cells_at(rows, place) if cell)
        if kind in (Kind.MOMENT, Kind.ADDRESS) or is_seed:
            roles[place] = Role.TECHNICAL
    return roles
