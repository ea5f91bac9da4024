"""Tables in a guide: their columns by their names or by what stands in them, and their rows as parts of the guide."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from kring.domain.rows import GuideKind
from kring.domain.text import N_, folded, one_line
from kring.plans.draft import Draft, GuideDraft
from kring.plans.escapes import put_back
from kring.plans.lines import Line, bare_title, cells, is_ruler, read_line, without_emphasis
from kring.plans.lists import PlanLists
from kring.plans.marks import Command, Marks, asks, find_url, read_marks, unquoted
from kring.plans.people.roster import names_people
from kring.plans.reading.joining import PROBE
from kring.plans.reading.labels import label_of
from kring.plans.time_box import TimeBox, clock, is_time_of_day, time_box
from kring.plans.vocabulary import reasons
from kring.plans.vocabulary.titles import is_end, is_total, names_break, without_number

_COLUMNS_IN_WORDS = {
    "time": "tijd, time, duur, duration, minuten, minutes, min, timing, tijdstip, klok, tijd (min), time (min), zeit, "
    "dauer, uhrzeit, heure, duree, when, wanneer, hoe laat, tijd/duur, lengte, tijdsduur",
    "from": "van, from, start, begin, starttijd, start time, aanvang, begintijd",
    "until": "tot, until, till, to, einde, eind, end, eindtijd, end time",
    "section": "onderdeel, thema, topic, onderwerp, section, fase, phase, blok, block, theme, part, deel",
    "what": "gesprek, wat, what, inhoud, content, programma, item, activiteit, activity, agenda, session, sessie, "
    "stap, step, agendapunt, omschrijving, description, activiteiten, activities, programm, aktivitat, activite",
    "question": "vraag, vragen, question, questions, hoofdvraag, hoofdvragen, main question, kernvraag, kernvragen, "
    "gespreksvraag, gespreksvragen, key question, key questions, frage, fragen",
    "probe": "doorvragen, doorvraag, probes, probe, follow-up, follow-ups, vervolgvragen, prompts, vervolgvraag",
    "instruction": "instructie, instructies, opmerking, opmerkingen, notes, note, toelichting, instruction, uitleg",
    "yield": "opbrengst, opbrengsten, yield, yields",
    "stimulus": "stimulus, stimuli, stimulusmateriaal, prikkel",
    "file": "bestand, file, bestandsnaam, filename",
    "number": "nr, nummer, no, number, #, volgnr",
}
_COLUMNS = {word.strip(): column for column, words in _COLUMNS_IN_WORDS.items() for word in words.split(",")}
_OF_QUESTION = re.compile(r"(?:vraag|question|vragen|questions)\b")
_OF_INSTRUCTION = re.compile(r"instruc|opmerking|note|toelichting|aanpak|werkvorm|uitleg|remark")
_TIMES = {"time", "from"}
_TO_SOMEBODY = re.compile(r"\b(?:u|uw|je|jij|jouw|jullie|you|your)\b")
_TELLS = re.compile(
    r"(?:vertel|noem|beschrijf|geef|kies|denk|leg|stel|bespreek|teken|schrijf|bedenk|vergelijk|tell|describe|name|list"
    r"|think|imagine|give|explain|share|talk|choose|write|draw|compare)\b"
)
_APPROXIMATE = re.compile(r"^(?:ca\.?|circa|ongeveer|rond|about|around|approx\.?|±|~)\s?", re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\((?!https?://|mailto:|tel:)[^\s()]{1,500}\)")
_Rows = list[tuple[Line, list[str]]]


def known_columns(row: Sequence[str]) -> list[str]:
    """Return what each column of a header row means, "" where that is not known."""
    return [_known_column(without_emphasis(cell)) for cell in row]


def is_guide_table(row: Sequence[str]) -> bool:
    """Whether a header row belongs to a table of the talk."""
    return _is_of_talk(known_columns(row))


def has_times(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first cells of these rows are times: then they are parts of the talk, whatever else they say."""
    firsts = [row[0] for row in rows if len(row) > 1 and row[0].strip()]
    timed = sum(_cell_box(cell, bare=False) is not None for cell in firsts)
    return timed > 0 and timed * 2 > len(firsts)


def _known_column(title: str) -> str:
    if put_back(title).strip() == "#":
        return "number"
    words = bare_title(title)
    if words in _COLUMNS or not _OF_QUESTION.match(words) or len(words.split()) > 4:
        return _COLUMNS.get(words, "")
    return "mixed" if _OF_INSTRUCTION.search(words) else "question"


def _is_of_talk(columns: Sequence[str]) -> bool:
    if "stimulus" in columns or "question" in columns:
        return len(columns) > 1
    return not _TIMES.isdisjoint(columns) and not {"section", "what", "mixed"}.isdisjoint(columns)


class TableReader:
    """Reads the rows of one table into the guide, or into the list of participants."""

    def __init__(self, draft: GuideDraft, lists: PlanLists) -> None:
        self.draft = draft
        self.lists = lists
        self._columns: list[str] = []
        self._header: list[str] = []
        self._by_heading: Draft | None = None
        self._opens_sections = True

    def read(self, lines: Sequence[Line]) -> None:
        """Read the rows; those of a table that is none of these become notes."""
        rows = [(line, row) for line in lines if not is_ruler(row := cells(line)) and any(row)]
        if not rows:
            return
        header = rows[0][1]
        if names_people(header) and not is_guide_table(header) and self.lists.takes_table():
            self._because(rows, reasons.IN_LIST)
            self.lists.add_rows((line.number, row) for line, row in rows)
            return
        listed = self._understood(rows)
        if listed is None:
            self.draft.warn(rows[0][0].number, N_("This table is not understood; its rows are notes."))
            self._because(rows, reasons.NOT_UNDERSTOOD)
            for line, row in rows:
                self.draft.add("note", one_line(" | ".join(row)), line.number)
            return
        self._by_heading = section = self.draft.section
        has_time = not _TIMES.isdisjoint(self._columns)
        self._opens_sections = has_time or section is None or self.draft.items[-1] is section
        self._because(listed, reasons.ROW)
        for line, row in listed:
            self._read_row(line.number, row, is_last=line is listed[-1][0])

    def _because(self, rows: _Rows, reason: reasons.Reason) -> None:
        for line, _row in rows:
            self.draft.because(line, reason)

    def _understood(self, rows: _Rows) -> _Rows | None:
        """Find out what the columns are, and return the rows without their header; None where nothing says it."""
        first, header = rows[0]
        columns, texts = known_columns(header), [row for _, row in rows]
        if _is_of_talk(columns):
            self._columns, self._header = columns, header
        elif len(header) > 1 and _cell_box(header[0], bare=True) is not None:
            self._columns = _guessed(texts)
            return rows
        elif has_times(texts[1:]):
            guessed = _guessed(texts[1:])
            self._columns = [known or guess for known, guess in zip(columns, guessed, strict=False)]
            self._columns[0], self._header = "time", header
        else:
            return None
        self._settle(texts[1:])
        self.draft.because(first, reasons.HEADER_ROW)
        return rows[1:]

    def _settle(self, rows: Sequence[Sequence[str]]) -> None:
        """Say of columns what only the others tell: what is done beside a column of questions is a part of the talk."""
        if "section" not in self._columns and "what" in self._columns and {"question", "mixed"} & set(self._columns):
            self._columns[self._columns.index("what")] = "section"
        for place, column in enumerate(self._columns):
            of_column = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
            untitled = not column and not self._header[place].strip()
            if untitled and of_column and all(cell.rstrip(".").isdigit() for cell in of_column):
                self._columns[place] = "number"

    def _read_row(self, number: int, row: list[str], *, is_last: bool) -> None:
        named, beside = self._named(row)
        if "stimulus" in self._columns:
            self._stimulus(number, row)
            return
        box = self._box(named)
        title = without_emphasis(named.get("section", "") or named.get("what", ""))
        if is_total(title) or (is_last and is_end(title) and not (box and box.planned_s)):
            self._end(number, row, box)
            return
        section, asked = self.draft.section, len(self.draft.items)
        self._timed(number, named, beside, box)
        if section is not self._by_heading and section is self.draft.section:
            _lengthen(section, [item for item in self.draft.items[asked:] if item.kind == "question"])

    def _named(self, row: list[str]) -> tuple[dict[str, str], list[str]]:
        """Return the cells by their column, and those of other columns with its title in front."""
        named: dict[str, str] = {}
        beside: list[str] = []
        for place, cell in enumerate(row):
            column = self._columns[place] if place < len(self._columns) else ""
            if not cell.strip() or column == "number":
                continue
            if column and column not in named:
                named[column] = cell
                continue
            beside.append(self._titled(place, cell))
        return named, beside

    def _end(self, number: int, row: list[str], box: TimeBox | None) -> None:
        """Keep a row that is a sum or an end as a note; an end also gives the part before it its length."""
        if box and box.starts:
            self.draft.ends_at = box.starts
        self.draft.reasons[number] = reasons.TOTAL
        text = one_line(without_emphasis(" ".join(cell for cell in row if cell)))
        self.draft.add("note", text, number, under_question=False)

    def _box(self, named: dict[str, str]) -> TimeBox | None:
        if starts := named.pop("from", ""):
            ends = named.pop("until", "")
            return _cell_box(f"{starts} - {ends}" if ends else starts, bare=False)
        box = _cell_box(named.get("time", ""), bare=True)
        if box is not None:
            del named["time"]
        return box

    def _stimulus(self, number: int, row: list[str]) -> None:
        said = dict(zip(self._columns, row, strict=False))
        title, file = one_line(without_emphasis(said.get("stimulus", ""))), said.get("file")
        if title or file:
            command = Command("stimulus", "stimulus", title or file or "", file=file or None, url=find_url(title))
            self.draft.add_command(command, number, under_question=False)
        for place, cell in enumerate(row):
            column = self._columns[place] if place < len(self._columns) else ""
            if cell.strip() and column not in ("stimulus", "file", "number"):
                self.draft.add("instruction", one_line(self._titled(place, cell)), number, under_question=False)

    def _titled(self, place: int, cell: str) -> str:
        """Return a cell with the title of its column in front, if it has one."""
        title = without_emphasis(self._header[place]) if place < len(self._header) else ""
        return f"{title}: {cell}" if title else cell

    def _timed(self, number: int, named: dict[str, str], beside: list[str], box: TimeBox | None) -> None:
        section, what, asked = (named.get(column, "") for column in ("section", "what", "question"))
        if section and self._opens_sections:
            box = self._open(section, number, box)
        elif section:
            beside = [section, *beside]
        if what:
            box = self._what(what, number, box, is_section=not section and not asked)
        if mixed := named.get("mixed", ""):
            box = self._what(mixed, number, box, is_section=not section)
        if asked:
            self._questions(asked, number, box)
        elif box is not None and not (section or what or mixed):
            self.draft.warn(number, N_("This row has a time and nothing to do in it."))
        self._companions(number, named, beside)

    def _open(self, title: str, number: int, box: TimeBox | None) -> TimeBox | None:
        """Begin the section of a row, unless it goes on with the one above; return the time that is left over."""
        words = without_number(_LINK.sub(r"\1", " ".join(without_emphasis(part) for part in _parts(title))))
        marks = Marks(words) if box else read_marks(words, heading=True)
        if self.draft.section is not None and marks.text == self.draft.section.text:
            return box
        kind: GuideKind = "break" if names_break(marks.text) else "section"
        self.draft.open_section(marks.text, number, msgspec.structs.replace(marks, box=box or marks.box), kind)
        return None

    def _what(self, cell: str, number: int, box: TimeBox | None, *, is_section: bool) -> TimeBox | None:
        asked = self.draft.question
        for part, is_listed in _listed_parts(cell):
            if is_listed and self.draft.question is not asked:
                self.draft.add_probe(without_emphasis(part), number)
            elif asks(part):
                self._ask(read_marks(unquoted(without_emphasis(part))), number, box)
                box = None
            elif is_section:
                box = self._open(part, number, box)
            else:
                self.draft.add("instruction", without_emphasis(part), number)
            is_section = False
        return box

    def _questions(self, cell: str, number: int, box: TimeBox | None) -> None:
        """Everything in a column of questions is one; beside what asks, what speaks to nobody is an instruction."""
        parts, asked = _listed_parts(cell), self.draft.question
        some_ask = any(asks(part) for part, _is_listed in parts)
        for part, is_listed in parts:
            label, words = label_of(read_line(number, part)), without_emphasis(part)
            is_named = bool(PROBE.match(words) or (label and label.role == "probe" and label.rest))
            is_below = is_listed and not asks(part) and self.draft.question is not asked
            if self.draft.question is not None and (is_named or is_below):
                text = without_emphasis(label.rest) if label and label.rest else PROBE.sub("", words, count=1)
                self.draft.add_probe(text, number)
            elif names_break(words) or (box and not self._by_heading and not asks(part) and not _is_said(words)):
                box = self._open(part, number, box)
            elif some_ask and not asks(part) and not _is_said(words):
                self.draft.add("instruction", words, number)
            else:
                self._ask(read_marks(unquoted(words)), number, box)
                box = None

    def _ask(self, marks: Marks, number: int, box: TimeBox | None) -> None:
        if box and self.draft.section and self.draft.section.kind == "break":
            self.draft.section = None  # the talk goes on after a break, not in it
        self.draft.open_question(msgspec.structs.replace(marks, box=box or marks.box), number)

    def _companions(self, number: int, named: dict[str, str], beside: list[str]) -> None:
        """Add what stands beside a question: probes, what it must yield, instructions."""
        for part in _parts(named.get("probe", "")):
            if self.draft.question:
                self.draft.add_probe(without_emphasis(part), number)
            else:
                self.draft.add("note", without_emphasis(part), number)
        for part in _parts(named.get("yield", "")):
            self.draft.add_yields(part, number)
        for cell in [named.get("instruction", ""), named.get("time", ""), named.get("until", ""), *beside]:
            self.draft.add("instruction", one_line(without_emphasis(" ".join(_parts(cell)))), number)


def _lengthen(section: Draft | None, questions: list[Draft]) -> None:
    """Give a section of the table the time of a question row below it: in a table every row is a slot of its own."""
    more_s = sum(question.box.planned_s or 0 for question in questions if question.box)
    if section and section.box and section.box.planned_s and more_s:
        section.box = msgspec.structs.replace(section.box, planned_s=section.box.planned_s + more_s)


def _guessed(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the columns of a table whose first one holds times: what is done, and in the one that asks most, asked."""
    width = max(len(row) for row in rows)
    if width == 2:
        return ["time", "what"]
    asked = [
        sum(asks(part) for row in rows if place < len(row) for part in _parts(row[place])) for place in range(width)
    ]
    most = max(range(2, width), key=lambda place: asked[place])
    return ["time", "section", *("question" if place == most and asked[most] else "" for place in range(2, width))]


def _is_said(part: str) -> bool:
    """Whether a text is said to participants: it begins or ends as what is said, or speaks to them."""
    words = folded(part)
    if _TELLS.match(words) or _TO_SOMEBODY.search(words):
        return True
    return part.rstrip(" \"”'’").endswith((".", "…", "!"))


def _cell_box(cell: str, *, bare: bool) -> TimeBox | None:
    cell = _APPROXIMATE.sub("", one_line(cell).strip("()[] *"))
    if not cell:
        return None
    if is_time_of_day(cell):
        return TimeBox(starts=clock(cell))
    return time_box(cell, bare_minutes=bare)


def _listed_parts(cell: str) -> list[tuple[str, bool]]:
    """Return the lines of a cell, each with whether a dash or a bullet stands in front of it."""
    lines = _BREAK.sub("\n", cell).split("\n")
    return [(part, one_line(line)[0] in "-•–") for line in lines if (part := one_line(line).strip(" -•–"))]


def _parts(cell: str) -> list[str]:
    return [part for part, _is_listed in _listed_parts(cell)]
