"""The columns of tables in a guide: what their names say, or what stands in them; and the lines of a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kring.domain.text import one_line
from kring.plans.escapes import put_back
from kring.plans.lines import bare_title, read_line, without_emphasis
from kring.plans.marks import asks
from kring.plans.time_box import TimeBox, clock, is_time_of_day, time_box

_COLUMNS_IN_WORDS = {
    "time": "tijd, time, duur, duration, minuten, minutes, min, mins, timing, tijdstip, klok, tijd (min), time (min), "
    "duur (min), duration (min), tijd in minuten, duur in minuten, time in minutes, length, allotted time, zeit, "
    "dauer, uhrzeit, heure, duree, when, wanneer, hoe laat, tijd/duur, lengte, tijdsduur, "
    "temps, horaire, minutage",
    "from": "van, from, start, begin, starttijd, start time, aanvang, begintijd",
    "until": "tot, until, till, to, einde, eind, end, eindtijd, end time",
    "section": "onderdeel, thema, topic, onderwerp, section, fase, phase, blok, block, theme, part, deel, "
    "partie, teil, abschnitt, etape, rubrique, module",
    "what": "gesprek, wat, what, inhoud, content, programma, item, activiteit, activity, agenda, session, sessie, "
    "stap, step, agendapunt, omschrijving, description, activiteiten, activities, programm, aktivitat, activite, "
    "inhalt, contenu, programmpunkt, tagesordnung, sequence, sujet",
    "question": "vraag, vragen, question, questions, hoofdvraag, hoofdvragen, main question, kernvraag, kernvragen, "
    "gespreksvraag, gespreksvragen, key question, key questions, frage, "
    "fragen, leitfrage, leitfragen, hauptfrage, questions cles, question cle, question principale",
    "probe": "doorvragen, doorvraag, probes, probe, follow-up, follow-ups, vervolgvragen, prompts, "
    "prompt, vervolgvraag, follow up, follow-up questions, subvragen, subvraag, deelvragen, sub-questions, nachfragen, "
    "nachfrage, vertiefung, relances, relance",
    "instruction": "instructie, instructies, opmerking, opmerkingen, notes, note, toelichting, instruction, uitleg, "
    "hinweis, hinweise, remarques, consignes, anmerkungen",
    "yield": "opbrengst, opbrengsten, yield, yields",
    "stimulus": "stimulus, stimuli, stimulusmateriaal, prikkel",
    "file": "bestand, file, bestandsnaam, filename",
    "number": "nr, nummer, no, number, #, volgnr",
}
_COLUMNS = {word.strip(): column for column, words in _COLUMNS_IN_WORDS.items() for word in words.split(",")}
_OF_QUESTION = re.compile(r"(?:vraag|question|vragen|questions)\b")
_OF_INSTRUCTION = re.compile(r"instruc|opmerking|note|toelichting|aanpak|werkvorm|uitleg|remark")
_TOGETHER = re.compile(r"\s(?:en|and|und|et|&|\+)\s|\s?[/+&]\s?")
TIMES = {"time", "from"}
"""The columns that hold times."""
_APPROXIMATE = re.compile(r"^(?:ca\.?|circa|ongeveer|rond|about|around|approx\.?|±|~|≈)\s?", re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_CLOCK_AND_MINUTES = re.compile(
    r"(\d{1,2}[.:uh]\d{2}(?:\s?[ap]\.?m\.?|\s?uur)?)\s?[(/|,;]\s?(\d{1,3})\s?(?:min\w*\.?|m|'|’|′)?\s?\)?",
    re.IGNORECASE,
)
_INLINE_NUMBER = re.compile(r"(?:^|(?<=[?.!] ))(\d{1,2})[.)] (?=\S)")
_BETWEEN_QUESTIONS = re.compile(r"(?<=\?)[;,]? (?=[A-ZÀ-Þ])")
_FEWEST_WORDS = 3
_LEANS = re.compile(
    r"(?:en|of|maar|zo|waarom|hoezo|kunt u dat|kun je dat|and|or|but|if|why|how so|can you|could you|und|oder|aber|wenn"
    r"|warum|wieso|et|ou|mais|si|pourquoi)\b",
    re.IGNORECASE,
)


def known_columns(row: Sequence[str]) -> list[str]:
    """Return what each column of a header row means, "" where that is not known."""
    return [known_column(without_emphasis(cell)) for cell in row]


def is_guide_table(row: Sequence[str]) -> bool:
    """Whether a header row belongs to a table of the talk."""
    return is_of_talk(known_columns(row))


def has_times(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first cells of these rows are times: then they are parts of the talk, whatever else they say."""
    firsts = [row[0] for row in rows if len(row) > 1 and row[0].strip()]
    timed = sum(cell_box(cell, bare=False) is not None for cell in firsts)
    return timed > 0 and timed * 2 > len(firsts)


def known_column(title: str) -> str:
    """Return what a column means by its name, of two names that stand together what both say."""
    if put_back(title).strip() == "#":
        return "number"
    words = bare_title(title)
    if words in _COLUMNS:
        return _COLUMNS[words]
    both = {_COLUMNS.get(part, "") for part in _TOGETHER.split(words)}
    if len(both) > 1 and "" not in both:
        if "instruction" in both:
            return "mixed"
        if both & {"question", "probe"}:
            return "what" if both & {"section", "what"} else "question"
    elif "" not in both:
        return both.pop()
    if not _OF_QUESTION.match(words) or len(words.split()) > 4:
        return ""
    return "mixed" if _OF_INSTRUCTION.search(words) else "question"


def is_of_talk(columns: Sequence[str]) -> bool:
    """Whether columns with these meanings are those of a table of the talk."""
    if list(columns) == ["question"]:
        return True
    if "stimulus" in columns or "question" in columns:
        return len(columns) > 1
    return not TIMES.isdisjoint(columns) and not {"section", "what", "mixed"}.isdisjoint(columns)


def guessed_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the columns of a table whose first one holds times: what is done, and in the one that asks most, asked."""
    width = max(len(row) for row in rows)
    if width == 2:
        return ["time", "what"]
    asked = [
        sum(asks(part.text) for row in rows if place < len(row) for part in parts_of(row[place]))
        for place in range(width)
    ]
    most = max(range(2, width), key=lambda place: asked[place])
    return ["time", "section", *("question" if place == most and asked[most] else "" for place in range(2, width))]


def runs_on(rows: Sequence[Sequence[str]], place: int, time: int) -> bool:
    """Whether a column only adds up the times in another one, with or without that of its row: `10, 30, 35`."""
    total_s, counted = 0, 0
    fits_before = fits_after = True
    for row in rows:
        said = row[place].strip() if place < len(row) else ""
        box = cell_box(row[time], bare=True) if time < len(row) else None
        before_s, total_s = total_s, total_s + ((box.planned_s or 0) if box else 0)
        if said:
            sum_box = TimeBox() if said == "0" else cell_box(said, bare=True)
            found_s = (sum_box.planned_s or 0) if sum_box else -1
            fits_before, fits_after = fits_before and found_s == before_s, fits_after and found_s == total_s
            counted += 1
    return counted > 1 and (fits_before or fits_after)


def asks_in(rows: Sequence[Sequence[str]], place: int) -> int:
    """Return in how many rows a column asks something."""
    return sum(place < len(row) and any(asks(part.text) for part in parts_of(row[place])) for row in rows)


def asking_column(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column in which most rows ask, None where fewer than half of them do in one."""
    most = max(range(max(len(row) for row in rows)), key=lambda place: asks_in(rows, place))
    return most if asks_in(rows, most) * 2 >= len(rows) else None


def cell_box(cell: str, *, bare: bool) -> TimeBox | None:
    """Return the time that a cell says; `bare` where a number alone is one of minutes."""
    cell = _APPROXIMATE.sub("", one_line(cell).strip("()[] *"))
    if not cell:
        return None
    if is_time_of_day(cell):
        return TimeBox(starts=clock(cell))
    if (found := _CLOCK_AND_MINUTES.fullmatch(cell)) and is_time_of_day(found[1]):
        return TimeBox(starts=clock(found[1]), planned_s=int(found[2]) * 60)
    return time_box(cell, bare_minutes=bare)


class Part(NamedTuple):
    """A line of a cell: its text without the number, the letter or the dash in front of it, and what those were."""

    text: str
    number: str = ""
    is_listed: bool = False
    goes_on: bool = False  # it begins with a small letter and nothing in front
    written: str = ""


def separated(part: Part) -> list[Part]:
    """Return the questions that stand behind each other on a line of a cell: numbered, or each a whole question.

    What leans on the one before it stays with that: `Wat gebruikt u? Waarom?`, `… En hoe vaak doet u dat?`
    """
    numbers = [*_INLINE_NUMBER.finditer(part.written)]
    if len(numbers) > 1 and [int(found[1]) for found in numbers] == list(range(1, len(numbers) + 1)):
        ends = [*(found.start() for found in numbers[1:]), len(part.written)]
        texts = [(found[1], part.written[found.end() : end].strip()) for found, end in zip(numbers, ends, strict=True)]
        return [Part(text, number, written=text) for number, text in texts if text]
    asked = [text.strip() for text in _BETWEEN_QUESTIONS.split(part.text)]
    if len(asked) < 2 or any(len(text.split()) < _FEWEST_WORDS or not asks(text) for text in asked):
        return [part]
    if any(_LEANS.match(text) for text in asked[1:]):
        return [part]
    return [part._replace(text=text, written=text, number=part.number * (not at)) for at, text in enumerate(asked)]


def parts_of(cell: str) -> list[Part]:
    """Return the lines of a cell that say something."""
    found = []
    for raw in _BREAK.sub("\n", cell).split("\n"):
        written = one_line(raw).strip(" -•–")
        if not written:
            continue
        line = read_line(0, written)
        is_listed = one_line(raw)[0] in "-•–" or line.shape == "lettered"
        number = line.label if line.shape == "numbered" and any(mark.isalpha() for mark in line.text) else ""
        goes_on = not is_listed and not number and written[0].islower()
        found.append(
            Part(line.text if number or line.shape == "lettered" else written, number, is_listed, goes_on, written)
        )
    return found
