"""What a mail leaves around the guide in it: who it was from and to, a greeting at its end, a disclaimer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import groupby, takewhile

from kring.domain.text import N_, folded
from kring.plans.draft import GuideDraft
from kring.plans.lines import Line, without_emphasis
from kring.plans.marks import holds_question
from kring.plans.time_box import split_box
from kring.plans.vocabulary import reasons
from kring.plans.vocabulary.said import invites, is_cue

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
    r"|(?:denk|think|please consider).{0,20}(?:milieu|environment)\b.*(?:print|druk)"
)
_MEETING = re.compile(
    r"(?:join|deelnemen aan|neem deel aan)\b.{0,30}\b(?:zoom|teams|meet|webex|meeting|vergadering)\b"
    r"|microsoft teams(?:[- ](?:meeting|vergadering|besprechung))?$|(?:meeting|vergadering|besprechungs?)-?\s?id\s?:"
)
_WAY_IN = re.compile(r"https?://\S+|\bid\s?:\s?\d{3}|(?:\d[ -]?){9,}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_PARTICLES = frozenset({"van", "de", "der", "den", "von", "und", "en", "and", "namens", "on", "behalf", "of", "the"})
_CONTACT = re.compile(
    r"(?:\+|00)\d[\d ().-]{7,}|\b0\d[\d ().-]{7,}\d|\S+@\S+\.\w{2,}|\bwww\.\S+|https?://\S+"
    r"|^(?:t|m|e|w|tel|mob|mobiel|mobile|telefoon|phone|e-?mail|web(?:site)?|linkedin)\s?[:.|]",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:van|from|von|de|aan|to|an|a|cc|bcc|verzonden|verstuurd|sent|gesendet|envoye|datum|date|onderwerp|subject|betreff"
    r"|objet|bijlagen?|attachments?)\s?:\s?(?=\S)"
)
_SENDER = re.compile(r"(?:van|from|von|de)\s?:(?!\s?\d{1,2}[.:uh]?\d{0,2}\b)")
_SUBJECT = re.compile(r"(?:onderwerp|subject|betreff|objet)\s?:")
_OF_A_PLAN = re.compile(r"\s*(?:>\s*)*(?:#|\d{1,2}[.)]\s)|\s*(?:>\s*)*\S.*\(\d{1,3}\s?(?:min|m|'|’)[.\w]*\)\s*$")
_FEWEST_QUOTED = 4
INTRODUCED = re.compile(r"(?:op|on|am|le)\b.{5,120}\b(?:schreef|wrote|schrieb|a ecrit)\b.{0,120}:")
_LONGEST_TAIL = 40
_A_FUNCTION = 5  # words, as in `Senior onderzoeker kwalitatief`
_A_SENTENCE = 60  # letters: a disclaimer goes on for longer than what is to be done in a group


def unquoted(text: str) -> str:
    """Return a text without the `>` that a mail puts before each line of what it answers, where it is such a mail.

    Most lines have it then, and none of the others is a heading or a question with its number: those of a plan are.
    """
    while ">" in text:
        lines = text.split("\n")
        filled = [line.strip() for line in lines if line.strip()]
        quoted = [line for line in filled if line[0] == ">"]
        if len(quoted) < _FEWEST_QUOTED or len(quoted) * 2 <= len(filled):
            break
        own = [line for line in filled if line[0] != ">"]
        if any(map(_OF_A_PLAN.match, own)) or not any(map(_OF_A_PLAN.match, quoted)):
            break
        text = "\n".join(line.lstrip()[1:].removeprefix(" ") if line.lstrip()[:1] == ">" else line for line in lines)
    return text


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
    """Return the lines at the top that say who a mail is from and what it is about, or whom it answers."""
    filled = [line for line in lines if line.shape != "blank"]
    said: list[Line] = []
    for line in filled:
        if line.chosen:
            continue
        if INTRODUCED.fullmatch(_bare(line)):
            return {line.number for line in said} | {line.number}
        if not _HEADER.match(_bare(line)):
            break
        said.append(line)
    return {line.number for line in said} if seems_head(said) else set()


def is_of_head(line: Line) -> bool:
    """Whether a line is a field at the head of a mail."""
    return not line.chosen and _HEADER.match(_bare(line)) is not None


def seems_head(fields: Sequence[Line]) -> bool:
    """Whether fields that stand together are the head of a mail: who sent it, and about what or when."""
    texts = [_bare(line) for line in fields]
    return any(map(_SENDER.match, texts)) and any(map(_SUBJECT.match, texts))


def closes_note(line: Line) -> bool:
    """Whether a line is a greeting at the end of a mail, perhaps with who signs behind it: `Groet, Bo`."""
    text = without_emphasis(line.wide).strip(" ,!")
    named = _NAMED.match(text)
    return line.shape == "text" and (_is_greeting(text) or (named is not None and _is_greeting(named[1])))


def end_of_mail(lines: Sequence[Line]) -> set[int]:
    """Return the lines from a greeting, two dashes or a disclaimer to the end.

    Nothing goes that may be of the guide: what asks, invites or says what to show, has a time, a number, a letter or a
    bullet, is a heading or a row of a table. Where such a line stands below a greeting, or one that is no name, no
    function and no address, that is no end.
    """
    start: int | None = None
    below: list[Line] = []
    for place in range(len(lines) - 1, max(-1, len(lines) - 1 - _LONGEST_TAIL), -1):
        line = lines[place]
        if line.chosen:
            continue
        if _is_kept(line):
            break
        if _closes(line, below) and not _is_labelled(lines[:place]):
            start = place
        below.insert(0, line)
    return {line.number for line in lines[start:] if not line.chosen} if start is not None else set()


def _is_labelled(above: Sequence[Line]) -> bool:
    """Whether a label stands at the head of the paragraph: a mail to read aloud ends with a greeting too."""
    paragraph = list(takewhile(lambda line: line.shape == "text", reversed(above)))
    return any(without_emphasis(line.wide).endswith(":") for line in paragraph)


def _closes(line: Line, below: Sequence[Line]) -> bool:
    """Whether a mail ends here: at a greeting or two dashes above who signs, at a notice, or at the way into a call."""
    if line.wide.strip() == _SIGNED:
        return any(map(is_contact, below)) and _is_signed(below)
    if line.shape != "text":
        return False
    if _is_notice(line):
        return _goes_on(below)
    if _MEETING.match(_bare(line)):
        return any(_WAY_IN.search(one.wide) for one in (line, *below))
    text = without_emphasis(line.wide).strip(" ,!")
    if _is_greeting(text):
        return _is_signed(below)
    named = _NAMED.match(text)
    return named is not None and _is_greeting(named[1]) and (not _filled(below) or _is_signed([line, *below]))


def _is_greeting(text: str) -> bool:
    return _CLOSING.fullmatch(folded(text).strip(" .,!")) is not None


def _is_signed(below: Sequence[Line]) -> bool:
    """Whether what stands below a greeting is who signs: a name, then functions above an address, then a notice."""
    signed = below[: next((place for place, line in enumerate(below) if _ends_signature(line)), len(below))]
    filled = _filled(signed)
    if filled and not (is_contact(filled[0]) or is_named(filled[0], all_of_it=True)):
        return False
    last = max((place for place, line in enumerate(filled) if is_contact(line)), default=-1)
    functions = [line for place, line in enumerate(filled) if place < last]
    are_short = all(is_contact(line) or len(line.wide.split()) <= _A_FUNCTION for line in functions)
    others = filled[last + 1 :]
    return (
        (are_short or all(map(is_named, functions))) and all(map(is_named, others)) and _goes_on(below[len(signed) :])
    )


def _ends_signature(line: Line) -> bool:
    return _is_notice(line) or bool(_MEETING.match(_bare(line)))


def _goes_on(below: Sequence[Line]) -> bool:
    """Whether what stands below a notice is of it: its paragraph, long sentences, addresses, names, the way in."""
    is_paragraph = True
    for place, line in enumerate(below):
        if line.shape in ("blank", "rule"):
            is_paragraph = False
        elif _MEETING.match(_bare(line)):
            return any(_WAY_IN.search(one.wide) for one in below[place:])
        elif _is_notice(line):
            is_paragraph = True
        elif not (is_paragraph or len(line.wide) >= _A_SENTENCE or is_contact(line) or is_named(line)):
            return False
    return True


def is_named(line: Line, *, all_of_it: bool = False) -> bool:
    """Whether most of a line, or all of it, are words with a capital, as in names, functions and streets."""
    words = [word for word in _WORD.findall(without_emphasis(line.wide)) if word not in _PARTICLES]
    capitals = sum(word[0].isupper() for word in words)
    return capitals == len(words) if all_of_it and len(words) > 1 else capitals * 2 > len(words) or len(words) == 1


def _is_notice(line: Line) -> bool:
    return line.shape == "text" and bool(_NOTICE.match(_bare(line)))


def is_contact(line: Line) -> bool:
    """Whether a line holds an address or a number of somebody."""
    return bool(_CONTACT.search(line.wide))


def _filled(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.shape not in ("blank", "rule")]


def _is_kept(line: Line) -> bool:
    """Whether a line may be one of the guide, whatever stands above it."""
    if line.shape in ("heading", "row", "check", "command", "numbered", "instruction", "overview"):
        return True
    if line.shape in ("bullet", "lettered") and not is_contact(line):
        return True
    text = without_emphasis(line.text)
    if invites(text) or is_cue(text) or holds_question(text) or "?" in text:
        return True
    return split_box(text, heading=True)[1] is not None


def _bare(line: Line) -> str:
    return folded(without_emphasis(line.wide))
