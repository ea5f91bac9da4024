"""A transcript on paper: a style for each kind of speaker, headings for Word's navigation, times before the words."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt, RGBColor

from kring.domain.text import one_line
from kring.domain.time_text import stamp
from kring.exports.account import Piece
from kring.exports.transcript.course import Heading, Transcript, Utterance, Voice, Wordless
from kring.exports.zero import told_zero
from kring.privacy.snapshot import Snapshot
from kring.report.content import foot
from kring.report.drawing.svg import xml_text
from kring.report.parts import Report
from kring.report.word.colours import INK, SOFT
from kring.report.word.dress import NOTE, dress, new_style
from kring.report.word.xml import element, paragraph, run
from kring.system.i18n import _
from kring.system.output_files import restabled

VOICES: dict[Voice, str] = {"moderator": "Moderator", "participant": "Participant", "other": "Other Speaker"}
WORDLESS, TIME = "Without Words", "Time"
"""Styles are called alike in every language, so that what was set up for one group works for the next."""
_INDENT_MM = 12


def laid(snapshot: Snapshot, told: Transcript) -> bytes:
    """Return the Word file; the same session gives the same bytes."""
    title = one_line(snapshot.state.session.title) or _("A focus group")
    document = docx.Document()
    dress(document, Report(snapshot.language, title, _("Transcript"), (), "", foot=foot(snapshot)))
    _add_styles(document)
    document.add_paragraph(xml_text(title), style="Title")
    document.add_paragraph(_("Transcript"), style="Subtitle")
    for line in (told_zero(snapshot), *_explained(told)):
        document.add_paragraph(xml_text(line), style=NOTE)
    body: Any = document.element.body
    paper = body[-1]
    body.remove(paper)
    body.extend([*map(_paragraph, told.parts), paper])
    made = BytesIO()
    document.save(made)
    return restabled(made.getvalue())


def _add_styles(document: Any) -> None:
    for voice, name in VOICES.items():
        style = new_style(document, name, 10, SOFT if voice == "other" else INK)
        style.paragraph_format.left_indent = Mm(_INDENT_MM)
        style.paragraph_format.first_line_indent = Mm(-_INDENT_MM)
        style.font.italic = voice == "moderator"
    new_style(document, WORDLESS, 9, SOFT).paragraph_format.left_indent = Mm(_INDENT_MM)
    time = document.styles.add_style(TIME, WD_STYLE_TYPE.CHARACTER)
    time.font.size, time.font.color.rgb, time.font.italic = Pt(8), RGBColor.from_string(SOFT), False


def _explained(told: Transcript) -> list[str]:
    """Return what a reader has to know of what is here and what is not."""
    lines = [_("In quotation marks are words that were noted; other words are of the transcript.")]
    parts = (part for part in told.parts if isinstance(part, Utterance))
    if any(piece.is_paraphrase for part in parts for piece in part.pieces):
        lines.append(_("A paraphrase stands in round brackets."))
    if told.with_words < told.turns:
        counted = _(
            "{n} of {of} turns have words here; the others were not written down in full, or may not be quoted."
        )
        lines.append(counted.format(n=told.with_words, of=told.turns))
    return lines


def _paragraph(part: Heading | Utterance | Wordless) -> Any:
    match part:
        case Heading(text, level):
            return paragraph(f"Heading{level}", run(text))
        case Utterance(voice, speaker, pieces):
            runs = [each for piece in pieces for each in _said(piece)]
            return paragraph(_id(VOICES[voice]), run(f"{speaker}:", element("w:b")), *runs)
        case Wordless(start_ms, end_ms, speakers):
            who = ", ".join(f"{name} ({times}×)" if times > 1 else name for name, times in speakers)
            stretch = f"[{_clock(start_ms)}–{_clock(end_ms)}]"
            return paragraph(_id(WORDLESS), _time(stretch), run(" " + _("Without words: {who}").format(who=who)))


def _said(piece: Piece) -> list[Any]:
    words = one_line(piece.text)
    if piece.is_paraphrase:
        words = f"({_('paraphrase')}: {words})"
    return [run(" "), _time(f"[{_clock(piece.at_ms)}]"), run(f" {words}")]


def _time(text: str) -> Any:
    return run(text, element("w:rStyle", val=TIME))


def _clock(ms: int) -> str:
    return stamp(max(0, ms))


def _id(style: str) -> str:
    return style.replace(" ", "")
