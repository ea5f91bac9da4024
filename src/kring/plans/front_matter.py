"""The front matter of a plan: `titel: …`, `duur: 90 min`, `start: 2026-12-03 19:30`, Dutch and English mixed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kring.domain.plan import PlanWarning
from kring.domain.text import N_, Sentence, folded
from kring.plans.dates import read_date, without_dates
from kring.plans.lines import Line, without_emphasis
from kring.plans.marks import take_url
from kring.plans.time_box import clock, clock_or_hour, duration, minutes_between, start_by_end
from kring.plans.vocabulary.dates import OF_A_MOMENT, month_number

_KEYS_IN_WORDS = {
    "title": "titel, title, sessie, session",
    "objective": "doel, objective, goal, purpose, doelstelling, aim, doel van het gesprek, doel van de sessie, "
    "doel van het onderzoek, doel gesprek, purpose of the session, goal of the session",
    "study": "onderzoek, study, project, studie",
    "audience": "doelgroep, target audience, audience, target group",
    "segment": "klantgroep, segment, klantsegment, customer group, customer segment",
    "persona": "persona, persona's, personas",
    "group": "groep, group, groepsnummer, group number, groepnummer",
    "language": "taal, language, lang",
    "form": "vorm, form, format, werkvorm",
    "start": "start, starts, begin, aanvang, starttijd, start time, datum, date, date and time, datum en tijd, "
    "wanneer, when, wann, quand",
    "time": "tijd, time, tijdstip, aanvangstijd, zeit, uhrzeit, heure",
    "duration": "duur, duration, lengte, length, tijdsduur, total time, totale tijd, totale duur, session duration, "
    "total duration, total length, duration of session, duur van de sessie, dauer, duree, "
    "estimated time, time allotted, "
    "time needed, geschatte tijd, richttijd, tijdsindicatie, benodigde tijd, zeitbedarf",
    "project_number": "projectnummer, project number, projectnr, projectcode, project code, dossiernummer, job number",
    "client": "opdrachtgever, client, in opdracht van, commissioned by, commissioner",
    "agency": "bureau, onderzoeksbureau, uitgevoerd door, agency, research agency, carried out by",
    "recruiter": "werving, wervingsbureau, geworven door, recruiter, recruitment, recruited by, selectiebureau",
    "incentive": "vergoeding, beloning, incentive, reward, vergoeding deelnemers, beloning deelnemers, compensation",
    "stimulus_versions": "versie stimulusmateriaal, versies stimulusmateriaal, versie stimuli, versies stimuli, "
    "stimulusversie, versies van het stimulusmateriaal, stimulus version, stimulus versions, version of stimuli, "
    "versions of stimuli, stimuli version, versie materiaal, versies materiaal",
    "destroyed_on": "vernietigen op, vernietigen, vernietigd op, vernietiging, vernietigingsdatum, datum vernietiging, "
    "datum van vernietiging, wordt vernietigd op, worden vernietigd op, bewaartermijn, bewaren tot, bewaard tot, "
    "destroy on, destroyed on, to be destroyed on, destruction date, date of destruction, retention, retention until, "
    "keep until, kept until",
    "platform": "platform",
    "link": "link, url, zoomlink, teamslink, meeting link, vergaderlink, link naar de sessie",
    "assistant_phone": "telefoon assistent, telefoon, telefoonnummer, telefoonnummer assistent, tel, tel assistent, "
    "telefoon van de assistent, phone, assistant phone, assistant's phone, phone assistant, phone of the assistant, "
    "phone number, assistant's phone number",
    "moderator": "gespreksleider, moderator, facilitator, gespreksleidster, moderatorin, moderation, animateur, "
    "animatrice",
    "assistant": "assistent, assistant, assistente",
    "silence_s": "stilte na vraag, tellen stilte, silence after question, silence count",
    "asked_s": "gesteld na, asked after",
    "reminders": "herinneringen, reminders",
    "observer_names": "namen voor meekijkers, meekijkers zien, names for observers, observers see",
    "back_room_kept": "meekijkkamer bewaren, gesprek van meekijkers bewaren, keep back room, back room kept",
    "quote_drafts": "citaten aanvullen, complete quotes, quote drafts",
    "columns": "kolommen, columns, kolommen in verslag, columns in report",
    "roster_file": "deelnemers, participants, roster, deelnemerslijst, deelnemersbestand, participants file",
}
_FORMS = {
    "online": "online", "digitaal": "online", "virtual": "online", "video": "online",
    "op locatie": "in_person", "locatie": "in_person", "fysiek": "in_person", "in person": "in_person",
    "in-person": "in_person", "face to face": "in_person", "on location": "in_person", "on site": "in_person",
    "in_person": "in_person", "hybride": "hybrid", "hybrid": "hybrid",
}  # fmt: skip
_LANGUAGES = {
    **dict.fromkeys(("nl", "nederlands", "dutch", "nl-nl", "nl-be"), "nl"),
    **dict.fromkeys(("en", "engels", "english", "en-gb", "en-us"), "en"),
}
_OBSERVER_NAMES = {"codes": "codes", "voornamen": "first_names", "first names": "first_names"}
_NO_CHOICE = N_("{value} is neither yes nor no, and counts as no.")
_NO_OBSERVER_NAMES = N_("{value} is neither codes nor first names; observers see codes.")
_TIME = re.compile(r"(?:^|[\st,])(\d{1,2}[:.uh]\d{2})(?::\d{2})?(?:\s?([ap])\.?m\b)?")
_FROM_TO = re.compile(
    r"(?:^|[\st,])(\d{1,2}[:.uh]\d{2}(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|noon"
    r"|\d{1,2}(?=\s?(?:-|–|—|to)\s?\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m))(?:\s?(?:uur|u|h))?"
    r"\s?(?:-|–|—|tot|t/m|to|until|till)\s?(\d{1,2}[:.uh]\d{2}(?!\d)(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|noon)"
)
_HOUR_ALONE = re.compile(r"(?:^|[\s,])(\d{1,2})\s?(?:(uur|u|h)|([ap])\.?m)\b")
_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>|…|\.{3}|_{3,}")
_SECONDS = re.compile(r"(\d{1,3})\s?(?:s|sec|seconden|seconds|tellen|counts)?\.?")
_YES_OR_NO = {"ja": True, "yes": True, "aan": True, "on": True, "nee": False, "no": False, "uit": False, "off": False}
_DAY_AND_MONTH = re.compile(r"\b\d{1,2}(?:e|st|nd|rd|th|er|\.)? ([a-z]{3,9})\b")
_FILE = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_GAP = "   "  # what stands after so wide a gap is a remark beside the value
_LONGEST_HEADER = 80
_LONGEST_MOMENT = 80
_MOST_WORDS_OF_PLACE = 5


def squeezed(key: str) -> str:
    """Return a key as it is compared: its letters and digits alone, folded."""
    return "".join(mark for mark in folded(key) if mark.isalnum())


def keys_of(words: Mapping[str, str]) -> dict[str, str]:
    """Return which field each word is, of fields with their words between commas."""
    return {squeezed(word): key for key, several in words.items() for word in several.split(",")}


KEYS = keys_of(_KEYS_IN_WORDS)
_NEXT_KEY = re.compile(r"(?:\s{2,}|\t)(?=([^\W\d_][^:\n\t]{1,28}?)\s?:(?:\s|$))")


@dataclass(slots=True)
class Header:
    """What the front matter says, field by field, and after how many lines the guide begins."""

    keys: Mapping[str, str]
    fields: dict[str, Any] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[PlanWarning] = field(default_factory=list)
    lines: int = 0
    date: dt.date | None = None
    time: str | None = None
    start_line: int = 0
    range_min: int | None = None  # between the times of `19.30 – 21.00 uur`

    def warn(self, line: int, template: str, **values: str | int) -> None:
        """Add a warning for a line of the file."""
        self.warnings.append(PlanWarning(line, Sentence(template, values)))


def read_header(lines: list[Line], keys: Mapping[str, str] = KEYS) -> Header:
    """Read the front matter at the start of the lines; without one, keys that stand there by themselves.

    `keys` are the words that are known, squeezed, and which field each is.
    """
    header = Header(keys)
    first = next((place for place, line in enumerate(lines) if line.shape != "blank"), None)
    if first is None:
        return header
    if lines[first].wide in ("---", "+++"):
        header.lines = _fenced(lines, first + 1, header)
    if not header.lines:
        header.lines = _bare(lines, first, header)
    return header


def settle(header: Header) -> None:
    """Make one start of the date and the time that were read, and say which of the two is not there."""
    if header.range_min:
        header.fields.setdefault("planned_min", header.range_min)
    if header.date and header.time:
        header.fields["starts_at"] = f"{header.date.isoformat()}T{header.time}"
    elif header.date:
        header.extra.append(("start", header.date.isoformat()))
        header.warn(header.start_line, N_("The start has a date and no time; write it as 2026-12-03 19:30."))
    elif header.time:
        header.warn(header.start_line, N_("The start has a time and no real date; write it as 2026-12-03 19:30."))


def is_moment(text: str) -> bool:
    """Whether a line is nothing but a date, a time or both, such as `3 december 2026, 19.30 – 21.00 uur`."""
    if len(text) > _LONGEST_MOMENT or not any(mark.isdigit() for mark in text):
        return False
    words = folded(without_emphasis(text))
    left = without_dates(words)
    if left == words and (day := _DAY_AND_MONTH.search(words)) and month_number(day[1]):
        left = words.replace(day[0], " ")
    for times in (_FROM_TO, _TIME, _HOUR_ALONE):
        left = times.sub(" ", left)
    left = OF_A_MOMENT.sub(" ", left)
    return left != words and not left.strip(" ,.-–—|/()")


def without_place(text: str) -> str:
    """Return a date with its times and without the place behind it: `3 december 2026, 19.30 – 21.00, zaal 2`."""
    moment, _comma, place = text.rpartition(",")
    is_place = 0 < len(place.split()) <= _MOST_WORDS_OF_PLACE and not is_moment(place)
    has_both = is_place and is_moment(moment) and without_dates(folded(moment)) != folded(moment)
    return moment if has_both and _TIME.search(folded(moment)) else text


def tells_of_session(text: str) -> bool:
    """Whether a line above a guide is a fact about the session: a moment, or a few words, a colon and a value."""
    name, colon, value = text.partition(":")
    is_pair = bool(colon and value.strip()) and len(name) <= 40 and not value.rstrip(" *_").endswith("?")
    return is_pair or is_moment(text)


def read_moment(header: Header, line: int, text: str) -> None:
    """Read a line that is nothing but a date or a time as the start."""
    _read_start(header, line, without_emphasis(text))


def known_key(text: str, keys: Mapping[str, str] = KEYS) -> tuple[str, str, str] | None:
    """Return (key as written, field, value) where a line says `key: value` with a key that is known."""
    key, colon, value = text.partition(":")
    known = keys.get(squeezed(key)) if colon and len(key) <= 40 else None
    return (without_emphasis(key), known, value.strip(" *_")) if known else None


def is_placeholder(value: str) -> bool:
    """Whether a value still has to be filled in, such as `[name]` or `…`."""
    return not _PLACEHOLDER.sub("", value).strip(" -–:.")


def read_value(header: Header, line: int, key: str, known: str, value: str) -> None:
    """Give one value of the front matter its meaning; what has none is kept as it is."""
    if not value:
        return
    if known in header.fields:
        header.warn(line, N_("The key {key} stands twice; the first one counts."), key=key)
        header.extra.append((key, value))
        return
    reader = _READERS.get(known)
    if reader is None:
        header.fields[known] = value
    elif not reader(header, line, value):
        header.extra.append((key, value))


def _fenced(lines: list[Line], start: int, header: Header) -> int:
    last: tuple[str, str] | None = None
    for place in range(start, len(lines)):
        line = lines[place]
        if line.wide in ("---", "+++", "..."):
            return place + 1
        if line.shape == "heading" or place - start > _LONGEST_HEADER:
            return _unclosed(lines, start, place, header)
        if line.shape == "blank":
            continue
        if line.indent and last and not known_key(line.text, header.keys) and last[1] in header.fields:
            _continue(header, last[1], line.wide)
            continue
        if ":" not in line.wide:
            if not header.fields and not header.extra:
                return 0  # a rule at the start, and no front matter
            header.warn(
                line.number,
                N_("The line {text} is not understood; write it as key: value."),
                text=line.wide[:60],
            )
            header.extra.append(("", line.wide))
            continue
        last = _pairs(header, line)
    return _unclosed(lines, start, len(lines), header)


def _unclosed(lines: list[Line], start: int, end: int, header: Header) -> int:
    if not header.fields and not header.extra:
        return 0
    last = max(place for place in range(start - 1, end) if place < start or lines[place].shape != "blank")
    header.warn(lines[last].number, N_("The front matter isn't closed; put a line with --- below its last key."))
    return last + 1


def _bare(lines: list[Line], start: int, header: Header) -> int:
    place = start
    while place < len(lines) and place - start < _LONGEST_HEADER:
        line = lines[place]
        found = known_key(line.text, header.keys) if line.shape in ("text", "bullet") else None
        if line.shape != "blank" and not (found and found[2] and not is_placeholder(found[2])):
            break
        if found:
            _pairs(header, line)
        place += 1
    return place if header.fields or header.date or header.time or header.warnings else start


def _pairs(header: Header, line: Line) -> tuple[str, str]:
    last = ("", "")
    starts = [
        0,
        *(found.end() for found in _NEXT_KEY.finditer(line.wide[:1000]) if squeezed(found[1]) in header.keys),
    ]
    for start, end in zip(starts, [*starts[1:], len(line.wide)], strict=True):
        key, _, value = line.wide[start:end].partition(":")
        key, value = without_emphasis(key.strip(" -•")), _unwrapped(value)
        known = header.keys.get(squeezed(key))
        if known:
            read_value(header, line.number, key, known, value)
        else:
            header.extra.append((key, value))
        last = (key, known or "")
    return last


def _unwrapped(value: str) -> str:
    value = value.expandtabs(4).strip(" *")
    value = value.split(_GAP, 1)[0].strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return " ".join(value.lstrip("|> ").split())


def _continue(header: Header, known: str, text: str) -> None:
    before = header.fields[known]
    if isinstance(before, str):
        header.fields[known] = f"{before} {' '.join(text.split())}".strip()


def _read_seconds(known: str, most: int) -> Callable[[Header, int, str], bool]:
    def read(header: Header, line: int, value: str) -> bool:
        found = _SECONDS.fullmatch(folded(value))
        if found is None or not 1 <= int(found[1]) <= most:
            header.warn(line, N_("{value} is no number of seconds from 1 to {most}; write it as 5 s."),
                        value=value, most=most)  # fmt: skip
            return False
        header.fields[known] = int(found[1])
        return True

    return read


def _read_choice(known: str, words: Mapping[str, Any], otherwise: str) -> Callable[[Header, int, str], bool]:
    def read(header: Header, line: int, value: str) -> bool:
        chosen = words.get(folded(value))
        if chosen is None:
            header.warn(line, otherwise, value=value)
            return False
        header.fields[known] = chosen
        return True

    return read


def _read_columns(header: Header, line: int, value: str) -> bool:
    header.fields["columns"] = tuple(part.strip() for part in re.split(r"[,;]", value) if part.strip())
    return True


def _read_form(header: Header, line: int, value: str) -> bool:
    words = folded(value)
    form = _FORMS.get(words) or next((form for word, form in _FORMS.items() if words.startswith(word)), None)
    if form is None:
        header.warn(line, N_("The form {value} is not known; write online, op locatie or hybride."), value=value)
        return False
    header.fields["form"] = form
    return True


def _read_duration(header: Header, line: int, value: str) -> bool:
    found = duration(value.strip("[]() ")) or duration(value.partition("(")[0].strip(" ,;"))
    if found is None:
        header.warn(line, N_("The length {value} is not understood; write it as 90 min."), value=value)
        return False
    header.fields["planned_min"] = max(1, round(found[1] / 60))
    return True


def _read_start(header: Header, line: int, value: str) -> bool:
    header.start_line = header.start_line or line
    found, doubt = read_date(value)
    if found and doubt:
        header.warn(line, N_("The date {value} is read as day-month-year; write it as {iso} to be sure."),
                    value=doubt, iso=found.isoformat())  # fmt: skip
    header.date = header.date or found
    if not _find_time(header, value) and found is None:
        header.warn(line, N_("The start {value} is not understood; write it as 2026-12-03 19:30."), value=value)
        return False
    return True


def _read_time(header: Header, line: int, value: str) -> bool:
    header.start_line = header.start_line or line
    if not _find_time(header, value):
        header.warn(line, N_("The time {value} is not understood; write it as 19:30."), value=value)
        return False
    return True


def _find_time(header: Header, value: str) -> bool:
    words = f" {without_dates(folded(value))}"
    found: str | None = None
    if between := _FROM_TO.search(words):
        until = clock_or_hour(between[2])
        found = start_by_end(between[1], between[2], until)
        header.range_min = minutes_between(found, until) if found and until else None
    elif moment := _TIME.search(words):
        found = clock(f"{moment[1]}{f' {moment[2]}m' if moment[2] else ''}")
    elif moment := _HOUR_ALONE.search(words):
        found = clock(f"{moment[1]}:00{f' {moment[3]}m' if moment[3] else ''}")
    header.time = header.time or found
    return found is not None


def _read_link(header: Header, _line: int, value: str) -> bool:
    header.fields["link"] = take_url(value)[1] or value
    return True


def _read_roster_file(header: Header, _line: int, value: str) -> bool:
    if not _FILE.search(value):
        return False
    header.fields["roster_file"] = value
    return True


_READERS: dict[str, Callable[[Header, int, str], bool]] = {
    "language": _read_choice("language", _LANGUAGES, N_("The language {value} is not known; write nl or en.")),
    "form": _read_form,
    "duration": _read_duration,
    "start": _read_start,
    "time": _read_time,
    "link": _read_link,
    "columns": _read_columns,
    "roster_file": _read_roster_file,
    "silence_s": _read_seconds("silence_s", 60),
    "asked_s": _read_seconds("asked_s", 60),
    "reminders": _read_choice("reminders", _YES_OR_NO, _NO_CHOICE),
    "observer_names": _read_choice("observer_names", _OBSERVER_NAMES, _NO_OBSERVER_NAMES),
    "back_room_kept": _read_choice("back_room_kept", _YES_OR_NO, _NO_CHOICE),
    "quote_drafts": _read_choice("quote_drafts", _YES_OR_NO, _NO_CHOICE),
}
