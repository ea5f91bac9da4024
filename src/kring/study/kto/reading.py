"""The files of surveys that a study names, read as an import reads them; what cannot be read is said, not hidden."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from kring.domain.study.model import Study, SurveyFile
from kring.domain.study.surveys.model import QuestionKind, Respondent, StudySurvey, SurveyQuestion
from kring.domain.text import N_, KringError, Sentence, folded, one_line
from kring.imports.formats.surveys.answers import SAME_ROW, TOLD_ELSEWHERE
from kring.imports.formats.surveys.columns import is_recommendation
from kring.imports.formats.surveys.files import SURVEY, TOOLS
from kring.imports.formats.surveys.words import AMOUNT
from kring.imports.parsed import Parsed, Question
from kring.imports.source import Source
from kring.study.file_marks import mark
from kring.study.kto.scales import not_counted, outside
from kring.system.text_files import Unreadable, read_bytes

MOST_SEGMENTS = 12
"""A column with more different values tells people apart, not segments."""
_COPIES = N_("Rows that are there twice, also in who answered: {n}; they count once. The first is line {line}.")
_KINDS: dict[str, QuestionKind] = {"nps": "nps", "mark": "mark", "choice": "choice"}
_LARGEST = 64 * 1024 * 1024


def surveys_of(folder: Path, study: Study) -> tuple[StudySurvey, ...]:
    """Return the surveys that a study names, in the order of its text; of one that can't be read only what is wrong."""
    return tuple(survey_of(folder, one, study) for one in study.surveys)


def survey_of(folder: Path, named: SurveyFile, study: Study) -> StudySurvey:
    """Return one survey, read from its file in the folder of the study."""
    nothing = StudySurvey(period=named.period, file=named.file, line=named.line, sent=named.sent)
    if not named.file:
        return replace(nothing, remarks=(Sentence(N_("This survey names no file.")),))
    try:
        parsed = _parsed(folder, named.file)
    except KringError as problem:
        return replace(nothing, remarks=(problem.sentence,))
    found = _with_answers(nothing, parsed, named.segment, study)
    if named.sent is not None and len(found.respondents) > named.sent:
        told = Sentence(N_("More people answered than it was sent to: {n} of {sent}."),
                        {"n": len(found.respondents), "sent": named.sent})  # fmt: skip
        found = replace(found, remarks=(told, *found.remarks))
    return found


def _parsed(folder: Path, name: str) -> Parsed:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Unreadable(N_("{file} lies outside the folder of the study, and is not read."), file=name)
    told = mark(path)
    return _kept(path, told) if told else _read(path)


@lru_cache(maxsize=8)
def _kept(path: Path, _as_it_was: str) -> Parsed:
    """Return what a file holds; as long as it does not change it is read once."""
    return _read(path)


def _read(path: Path) -> Parsed:
    """Return what a file holds, read as that of the tool that wrote it, else as a table with questions above it."""
    source = Source(path.name, read_bytes(path, _LARGEST))
    if not source.content:
        raise Unreadable(N_("{file} is empty."), file=path.name)
    tool = next((one for one in TOOLS if one.recognises(source)), SURVEY)
    return tool.read(source)


def _with_answers(survey: StudySurvey, parsed: Parsed, column: str, study: Study) -> StudySurvey:
    real = [one for one in parsed.responses if not one.is_test]
    copies = [one.line for one in parsed.skipped if one.why.template == SAME_ROW]
    others = [one.line for one in parsed.skipped if one.why.template != SAME_ROW]
    remarks = [_rows_left_out(others[0], len(others))] if others else []
    remarks += [Sentence(_COPIES, {"n": len(copies), "line": copies[0]})] if copies else []
    remarks += [one for one in parsed.warnings if one.template not in TOLD_ELSEWHERE]
    place = None
    if column:
        try:
            place = _segment_place(parsed, column)
            remarks += _strangers({one.values[place] for one in real}, study)
        except KringError as problem:
            remarks.append(problem.sentence)
    questions = [(at, one) for at, one in enumerate(parsed.questions) if at != place]
    answers, kinds = {}, {}
    for at, question in questions:
        answers[at], kinds[at], doubt = _answers(question, [one.values[at] for one in real])
        remarks += [doubt] if doubt else []
    names = {folded(one.name): one.name for one in study.segments}
    rows = [
        ("" if place is None else one_line(one.values[place]), tuple(answers[at][n] for at in answers), one.is_complete)
        for n, one in enumerate(real)
        if any(one.values[at] for at in answers)
    ]
    return replace(
        survey,
        questions=tuple(SurveyQuestion(one_line(one.heading), kinds[at]) for at, one in questions),
        respondents=tuple(
            Respondent(values, names.get(folded(segment), segment), is_complete)
            for segment, values, is_complete in rows
        ),
        tests=sum(one.is_test for one in parsed.responses),
        has_segments=place is not None,
        remarks=tuple(remarks),
    )


def _answers(question: Question, values: list[str]) -> tuple[list[str], QuestionKind, Sentence | None]:
    """Return the answers to a question without those outside its scale, its kind, and what is said of those left out.

    A question of how likely somebody would recommend is an NPS again without them.
    """
    kind = _kind(question)
    strange = outside(question.heading, values) if kind in ("nps", "mark") else set()
    if not strange:
        return values, kind, None
    kept = ["" if value in strange else value for value in values]
    if is_recommendation(question.name, question.heading, "", [value for value in kept if value]):
        kind = "nps"
    return kept, kind, not_counted(question.heading, [value for value in values if value in strange])


def _segment_place(parsed: Parsed, column: str) -> int:
    """Return which question holds the segment; raises KringError where none does, or it may tell who answered."""
    wanted = folded(one_line(column))
    headings = [(folded(one_line(one.name)), folded(one_line(one.heading))) for one in parsed.questions]
    place = next((at for at, those in enumerate(headings) if wanted in those), None)
    if place is None:
        if wanted in {folded(one_line(heading)) for heading in parsed.dropped}:
            raise KringError("The column {column} may tell who answered and does not come in.", column=column)
        raise KringError("There is no column {column}, so nothing is told by segment.", column=column)
    if len({folded(one.values[place]) for one in parsed.responses}) > MOST_SEGMENTS:
        raise KringError("The column {column} has more than {most} different answers, so nothing is told by segment.",
                         column=column, most=MOST_SEGMENTS)  # fmt: skip
    return place


def _strangers(there: Iterable[str], study: Study) -> list[Sentence]:
    known = {folded(one.name) for one in study.segments}
    others = sorted({one_line(one) for one in there if one and folded(one_line(one)) not in known})
    if not known or not others:
        return []
    return [Sentence(N_("The study does not have these segments of the survey: {segments}."),
                     {"segments": ", ".join(others)})]  # fmt: skip


def _rows_left_out(line: int, n: int) -> Sentence:
    return Sentence(N_("Rows that are no answers of a respondent: {n}; the first is {line}."), {"n": n, "line": line})


def _kind(question: Question) -> QuestionKind:
    said = folded(f"{question.name} {question.heading}")
    if question.kind == "mark" and AMOUNT.search(said):
        return "amount"
    return _KINDS.get(question.kind, "open")
