"""A discussion guide on paper: what it is about, when each part comes, what is asked, and a place to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.shared import Mm, Pt

from kring.domain.plan import Plan
from kring.domain.text import one_line
from kring.exports.sign_off.lines import capital, checklist_lines, guide_lines, sentence_lines, style_id
from kring.exports.sign_off.styles import HEADING, add_styles
from kring.invite.facts import long_day, section_times, times
from kring.plans.vocabulary.titles import asks_of_research
from kring.plans.word import own
from kring.plans.word.in_words import AROUND_TABLES, NAME, SIGNATURE, SIGNED_ON, TIMES, TITLE
from kring.plans.writing.plan_text import FORMS, WORDS
from kring.report.drawing.svg import xml_text
from kring.report.parts import Column, Report, Table
from kring.report.word.contents import Entry, add_contents, mark
from kring.report.word.dress import NOTE, dress
from kring.report.word.table import add_table, put
from kring.report.word.xml import element, paragraph, run
from kring.system.i18n import _, language, plain_number
from kring.system.output_files import restabled

_LONG = 40
"""From how many lines on a guide has contents with the numbers of its pages."""
_ROOM_TO_SIGN = Mm(14)
_ABOVE_A_NOTE = Pt(8)


def laid(plan: Plan, *, with_checks: bool) -> bytes:
    """Return the Word file of a guide that may leave; the same plan gives the same bytes."""
    told, title = _(TITLE), one_line(plan.title) or _(TITLE)
    guide = list(guide_lines(plan, with_checks=with_checks))
    checks = list(checklist_lines(plan)) if with_checks else []
    document = docx.Document()
    dress(document, Report(language(), title, told, (), "", foot=f"{title} · {told}"))
    add_styles(document, {line.pPr.pStyle.val for line in (*guide, *checks)})
    document.add_paragraph(xml_text(title), style="Title")
    document.add_paragraph(told, style="Subtitle")
    for key, value in _facts(plan):
        name, tab = run(f"{key}:", element("w:b")), element("w:r", element("w:tab"))
        put(document, paragraph(style_id(own.FACT), name, tab, run(value)))
    _add_times(document, plan)
    if len(guide) > _LONG:
        add_contents(document, _bookmarked(guide, plan))
    _explain(document, plan)
    _add(document, guide)
    _add(document, sentence_lines(plan), _("Sentences for a difficult moment"))
    _add(document, checks, _("Checklist"))
    _add_place_to_sign(document, plan)
    made = BytesIO()
    document.save(made)
    return restabled(made.getvalue())


def _facts(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield what the guide is about; nothing by which anybody can be reached, and nobody who takes part."""
    is_dutch = language() == "nl"
    said = {name: one_line(getattr(plan, name)) for name in ("client", "agency", "project_number", "study", "group")}
    said["starts_at"] = _moment(plan.starts_at)
    said["planned_min"] = _("{minutes} min").format(minutes=plan.planned_min) if plan.planned_min else ""
    said["form"] = FORMS[plan.form][is_dutch] if plan.form else ""
    said |= {name: one_line(getattr(plan, name)) for name in ("moderator", "stimulus_versions", "objective")}
    for name, value in said.items():
        if value:
            yield _(SIGNED_ON) if name == "starts_at" else capital(WORDS[name][is_dutch]), value
    yield from ((key, one_line(value)) for key, value in plan.extra if asks_of_research(key))


def _moment(starts_at: str | None) -> str:
    if not starts_at:
        return ""
    start = datetime.fromisoformat(starts_at)
    return f"{long_day(start)}, {start:%H:%M}"


def _add_times(document: Any, plan: Plan) -> None:
    """Add when each section comes, and how long it takes; times of day where the plan has a start."""
    found = list(section_times(plan, times(plan)))
    if not found:
        return
    at = any(begins for _section, begins, _end in found)
    columns = [Column(_(TIMES)), *([Column(_("From")), Column(_("Until"))] if at else []), Column(_("min"), True)]
    rows = [
        (one_line(section.text), *(_clock(moment) for moment in (begins, end) if at), _minutes(section.planned_s))
        for section, begins, end in found
    ]
    total = sum(section.planned_s or 0 for section, _begins, _end in found)
    rows.append((_("Together"), *([""] * (len(columns) - 2)), _minutes(total)))
    add_table(document, Table(_(AROUND_TABLES[0]), tuple(columns), tuple(rows)))


def _clock(moment: datetime | None) -> str:
    return f"{moment:%H:%M}" if moment else ""


def _minutes(planned_s: int | None) -> str:
    return plain_number(planned_s / 60) if planned_s else ""


def _bookmarked(lines: Iterable[Any], plan: Plan) -> Iterator[Entry]:
    """Yield the sections for the contents, each with a bookmark that its title gets here."""
    styles = {style_id(own.SECTION), style_id(own.style_of("break", None))}
    titles = [line for line in lines if line.pPr.pStyle.val in styles]
    for number, (title, section) in enumerate(zip(titles, plan.sections, strict=True), 1):
        mark(title, f"part_{number}", number)
        yield Entry(one_line(section.text), f"part_{number}")


def _explain(document: Any, plan: Plan) -> None:
    """Say what the marks behind a question mean, where there are any."""
    said = []
    if any(item.question_kind == "key" for item in plan.questions):
        said.append(_("Key questions carry the study, and keep their time when others have to be cut short."))
    if any(item.must_ask for item in plan.questions):
        said.append(_("A question that must be asked is asked, whatever the time."))
    if said:
        document.add_paragraph(" ".join(said), style=NOTE).paragraph_format.space_before = _ABOVE_A_NOTE


def _add_place_to_sign(document: Any, plan: Plan) -> None:
    _times, signed_off, agreed, place = AROUND_TABLES
    document.add_paragraph(_(signed_off), style=HEADING)
    document.add_paragraph(_(agreed), style=NOTE)
    rows = tuple((_(name), "") for name in (NAME, SIGNED_ON, SIGNATURE))
    client = one_line(plan.client) or _("Client")
    add_table(document, Table(_(place), (Column(""), Column(client)), rows))
    for row in document.tables[-1].rows[1:]:
        row.height = _ROOM_TO_SIGN
        for line in row.cells[0].paragraphs:
            line.paragraph_format.keep_with_next = True


def _add(document: Any, lines: Iterable[Any], title: str = "") -> None:
    """Add lines below their title, where there are any."""
    for number, line in enumerate(lines):
        if title and not number:
            document.add_paragraph(title, style=HEADING)
        put(document, line)
