"""What a mail leaves around the guide in it: who it was from and to, a greeting at its end, a disclaimer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import groupby

from kring.domain.text import N_, folded
from kring.plans.draft import GuideDraft
from kring.plans.lines import Line, without_emphasis
from kring.plans.marks import holds_question
from kring.plans.time_box import split_box
from kring.plans.vocabulary import reasons

_CLOSING = re.compile(
    r"(?:met )?(?:vriendelijke|hartelijke|warme|beste|lieve) groet(?:en|jes)?|groet(?:en|jes)?|m\.?v\.?g\.?|vr\.? gr\.?"
    r"|hgr|(?:with )?(?:(?:kind|best|warm|many)(?:est)? )?regards|best wishes|all the best|cheers|sincerely"
    r"|yours(?: sincerely)?"
    r"|(?:mit )?(?:(?:freundliche|beste|herzliche|viele|schone)n?|liebe) gru(?:ss|ß)(?:en|e)?|mfg"
    r"|(?:bien )?cordialement|bien a vous|salutations|(?:meilleures|sinceres) salutations"
)
_NAMED = re.compile(r"^(.{2,40}?),?((?:\s(?:[A-ZÀ-Þ][\w.'’-]*|van|de|der|den|von|und|en|and|&)){1,5})$")
_SIGNED = "--"
_NOTICE = re.compile(
    r"disclaimer\b|(?:this|dit|diese|ce) (?:e-?mail|message|bericht|nachricht|courriel)\b.*"
    r"(?:confidential|vertrouwelijk|bestemd|intended|bijlage|attachment|vertraulich|confidentiel)"
    r"|(?:the|de) (?:information|informatie|inhoud|contents?) (?:in|of|van) (?:this|dit|deze) "
    r"(?:e-?mail|message|bericht)"
    r"|(?:sent|verzonden|verstuurd|gesendet|envoye) (?:from|vanaf|vanuit|via|von|depuis) (?:my|mijn|meinem|mon|outlook)"
    r"|(?:join|deelnemen aan|neem deel aan)\b.{0,30}\b(?:zoom|teams|meet|webex|meeting|vergadering)\b"
    r"|microsoft teams(?:[- ](?:meeting|vergadering|besprechung))?$|(?:meeting|vergadering|besprechungs?)-?\s?id\s?:"
    r"|(?:denk|think|please consider).{0,20}(?:milieu|environment)"
)
_CONTACT = re.compile(
    r"(?:\+|00)\d[\d ().-]{7,}|\b0\d[\d ().-]{7,}\d|\S+@\S+\.\w{2,}|\bwww\.\S+|https?://\S+"
    r"|^(?:t|m|e|w|tel|mob|mobiel|mobile|telefoon|phone|e-?mail|web(?:site)?|linkedin)\s?[:.|]",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:van|from|von|de|aan|to|an|a|cc|bcc|verzonden|verstuurd|sent|gesendet|envoye|datum|date|onderwerp|subject|betreff"
    r"|objet|bijlagen?|attachments?)\s?:\s?(?=\S)"
)
_SENDER = re.compile(r"(?:van|from|von|de)\s?:")
_SUBJECT = re.compile(r"(?:onderwerp|subject|betreff|objet)\s?:")
_LONGEST_TAIL = 40


def emptied(lines: Sequence[Line], numbers: Collection[int]) -> list[Line]:
    """Return the lines, those with these numbers without a text."""
    return [Line(line.number, 0, "", "blank") if line.number in numbers else line for line in lines]


def tell(draft: GuideDraft, lines: Sequence[Line], numbers: Collection[int]) -> None:
    """Say which lines are left out, of all lines as they were written."""
    for line in lines:
        if line.number in numbers:
            draft.because(line, reasons.MAIL)
    for first, last in _stretches(lines, numbers):
        if first == last:
            draft.warn(first, N_("Line {number} is of a mail and is left out."), number=first)
        else:
            draft.warn(first, N_("Lines {first} to {last} are of a mail and are left out."), first=first, last=last)


def _stretches(lines: Sequence[Line], numbers: Collection[int]) -> list[tuple[int, int]]:
    """Return the first and last of the numbers that stand together, with nothing but blank lines between them."""
    filled = [line.number for line in lines if line.shape != "blank"]
    together = [list(group) for is_left_out, group in groupby(filled, key=lambda one: one in numbers) if is_left_out]
    return [(group[0], group[-1]) for group in together]


def head_of_mail(lines: Sequence[Line]) -> set[int]:
    """Return the lines at the top that say who a mail is from and what it is about."""
    filled = [line for line in lines if line.shape != "blank"]
    said: list[Line] = []
    for line in filled:
        if line.chosen:
            continue
        if not _HEADER.match(_bare(line)):
            break
        said.append(line)
    texts = [_bare(line) for line in said]
    is_mail = any(map(_SENDER.match, texts)) and any(map(_SUBJECT.match, texts))
    return {line.number for line in said} if is_mail else set()


def end_of_mail(lines: Sequence[Line]) -> set[int]:
    """Return the lines from a greeting, two dashes or a disclaimer to the end.

    Nothing goes that asks, has a time, a number or a box to tick, or is a heading or a row of a table: where such a
    line stands below a greeting, that is no end.
    """
    start: int | None = None
    for place in range(len(lines) - 1, max(-1, len(lines) - 1 - _LONGEST_TAIL), -1):
        line = lines[place]
        if line.chosen:
            continue
        if _is_kept(line):
            break
        if _closes(line, lines[place + 1 :]):
            start = place
    return {line.number for line in lines[start:] if not line.chosen} if start is not None else set()


def _closes(line: Line, below: Sequence[Line]) -> bool:
    if line.wide.strip() == _SIGNED:
        return any(_CONTACT.search(one.wide) or _closes(one, ()) for one in below)
    if line.shape != "text":
        return False
    text = without_emphasis(line.wide).strip(" ,!")
    named = _NAMED.match(text)
    is_greeting = any(_CLOSING.fullmatch(folded(one).strip(" .,!")) for one in (text, named[1] if named else ""))
    return is_greeting or bool(_NOTICE.match(folded(text)))


def _is_kept(line: Line) -> bool:
    """Whether a line may be one of the guide, whatever stands above it."""
    if line.shape in ("heading", "row", "check", "command", "numbered", "instruction", "overview"):
        return True
    text = without_emphasis(line.text)
    return holds_question(text) or "?" in text or split_box(text, heading=True)[1] is not None


def _bare(line: Line) -> str:
    return folded(without_emphasis(line.wide))
