"""A discussion guide that was written in Word becomes lines, which the one reader of guides reads."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from kring.domain.text import N_, KringError, Sentence, one_line
from kring.plans.lines import Line
from kring.plans.plan_reader import spoken_language, text_lines
from kring.plans.reading.struck import LEFT_OUT
from kring.plans.word.blocks import LeftOut, WordBody
from kring.plans.word.outline import outline_lines
from kring.plans.word.own import is_own, read_own
from kring.plans.word.package import BROKEN, require_sound
from kring.plans.word.styles import local, value
from kring.plans.word.undressed import undressed, without_furniture
from kring.plans.writing.plan_text import plan_text
from kring.system.i18n import LANGUAGES
from kring.system.text_files import LARGEST_TEXT, Unreadable

MOST_PARAGRAPHS = 5000
_MOST_TOLD = 100
MOST_CHARACTERS = LARGEST_TEXT // 2  # a backslash before each of them still makes a plan that can be read


class WordGuide(NamedTuple):
    """The lines of a guide, and what the file held that is not in them; `is_own` = they are those of a plan."""

    lines: list[Line]
    warnings: tuple[Sentence, ...]
    is_own: bool = False


def word_guide(content: bytes, name: str) -> WordGuide:
    """Return the guide in the bytes of a Word file."""
    require_sound(content, name)
    document = _opened(content, name)
    content_of_body = document.element.body
    _require_size(content_of_body, name)
    body = WordBody(_part(document, "styles"), _part(document, "numbering"))
    blocks = list(body.blocks(content_of_body))
    if not blocks:
        raise Unreadable(N_("{file} has no text to make a plan of."), file=name)
    warnings = (*_warnings(body.left_out), *_comments(_part(document, "comments")))
    if not is_own(blocks):
        lost = tuple(undressed(blocks))
        return WordGuide(outline_lines(list(without_furniture(blocks)) if lost else blocks), (*warnings, *lost))
    language = str(document.core_properties.language)[:2].lower()
    found = read_own(blocks, language if language in LANGUAGES else spoken_language(outline_lines(blocks)))
    lines = text_lines(plan_text(found.plan, found.plan.language or ""))
    return WordGuide(lines, (*warnings, *found.warnings), is_own=True)


OF_A_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What a damaged part of a zip raises when it is read, such as a picture that nobody looked at before."""


def _opened(content: bytes, name: str) -> Any:
    try:
        from docx import Document
        from docx.opc.exceptions import OpcError
    except ImportError:
        raise KringError(
            N_("To read Word files, install kring with its extra word: pipx install --force '.[word]', "
               "or uv tool install --force '.[word]'.")
        ) from None  # fmt: skip
    try:
        document = Document(io.BytesIO(content))
        if document.element.body is None:
            raise ValueError
    # What a damaged package makes python-docx and its XML parser raise; a broken XML is a SyntaxError to it.
    except (
        OpcError,
        SyntaxError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        RuntimeError,
        OSError,
        *OF_A_ZIP,
    ):
        raise Unreadable(BROKEN, file=name) from None
    return document


def _require_size(body: Any, name: str) -> None:
    paragraphs = characters = 0
    for element in body.iter():
        match local(element):
            case "p":
                paragraphs += 1
            case "t":
                characters += len(element.text or "")
    if paragraphs > MOST_PARAGRAPHS:
        raise Unreadable(
            N_("{file} has more than {limit} paragraphs; save the guide as a file of its own."),
            file=name,
            limit=MOST_PARAGRAPHS,
        )
    if characters > MOST_CHARACTERS:
        raise Unreadable(N_("{file} is larger than {limit} characters; split it."), file=name, limit=MOST_CHARACTERS)


def _part(document: Any, kind: str) -> Any | None:
    for relation in document.part.rels.values():
        if not relation.is_external and str(relation.reltype).endswith(f"/{kind}"):
            return getattr(relation.target_part, "element", None)
    return None


def _comments(part: Any | None) -> Iterator[Sentence]:
    """Yield what people wrote beside the text, with its author: for who mends the plan."""
    for comment in list(part if part is not None else ())[:_MOST_TOLD]:
        text = one_line(" ".join(str(each.text or "") for each in comment.iter() if local(each) == "t"))
        if text:
            yield Sentence(N_("Comment of {who}: {text}"), {"who": value(comment, "author"), "text": text})


def _warnings(left_out: LeftOut) -> Iterator[Sentence]:
    if left_out.text_boxes:
        yield Sentence(
            N_("Text boxes are left out ({count}); put their text into the document, or type it into the plan."),
            {"count": left_out.text_boxes},
        )
    if left_out.pictures:
        yield Sentence(
            N_("Pictures are left out ({count}); save them as files and name each with @stimulus."),
            {"count": left_out.pictures},
        )
    if left_out.comments:
        yield Sentence(N_("Comments are left out ({count})."), {"count": left_out.comments})
    if left_out.notes:
        yield Sentence(N_("Footnotes and endnotes are left out ({count})."), {"count": left_out.notes})
    if left_out.hidden:
        yield Sentence(N_("Hidden text is left out ({count})."), {"count": left_out.hidden})
    for text in left_out.struck[:_MOST_TOLD]:
        yield Sentence(LEFT_OUT, {"text": one_line(text)})
    if left_out.changes:
        yield Sentence(N_("Tracked changes are read as accepted ({count})."), {"count": left_out.changes})
