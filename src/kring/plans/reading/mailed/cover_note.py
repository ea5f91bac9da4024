"""What a mail puts around a guide in its midst: a note to a colleague above it, and heads of mails that went before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from kring.domain.text import folded
from kring.plans.lines import Line, without_emphasis
from kring.plans.reading.mailed.mail import INTRODUCED, closes_note, is_contact, is_named, is_of_head, seems_head
from kring.plans.time_box import split_box
from kring.plans.vocabulary.titles import names_whole

_FORWARDED = re.compile(
    r"[-_=*\s]*(?:begin (?:van )?(?:het )?(?:doorgestuurde?|forwarded) (?:bericht|message)|forwarded message"
    r"|doorgestuurd bericht|oorspronkelijk bericht|original message|origineel bericht|weitergeleitete nachricht"
    r"|ursprungliche nachricht|message (?:transfere|d'origine))[-_=*:\s]*"
)
_HELLO = (
    r"(?:beste|hoi|hi|hallo|ha|hey|hee|dag|lieve|geachte|goede(?:morgen|middag|navond)|dear|hello"
    r"|good (?:morning|afternoon)|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen)|bonjour|chere?)"
)
_SALUTATION = re.compile(
    rf"{_HELLO}\s(?P<whom>[^,.!?:;]{{1,40}})(?:[,!:;–-]+\s*(?P<rest>.*)|$)|{_HELLO}[,!]?(?P<alone>)$"
)
_CLOSES = re.compile(
    r"best|thanks|thank you|many thanks|(?:alvast )?bedankt|(?:hartelijk )?dank(?: je)?(?: wel)?|liefs|xx?"
    r"|tot (?:morgen|snel|dan|straks|gauw)|danke|merci|fijne (?:dag|avond)|fijn weekend|speak soon"
)
_GROUP = frozenset({
    "allen", "allemaal", "all", "everyone", "everybody", "deelnemers", "deelnemer", "participants", "mensen",
    "iedereen", "collega's", "collegas", "colleagues", "team", "dames en heren", "ladies and gentlemen", "alle",
    "zusammen", "tous",
})  # fmt: skip
_OF_A_NOTE = re.compile(
    r"\b(?:hierbij|bijgaand|bijlage|bijgevoegd|onderstaand|hieronder|leidraad|topiclijst|draaiboek|guide|attached|attachment"
    r"|enclosed|below|draft|versie|version|feedback|akkoord|laat (?:het )?(?:me|mij|ons)?\s?(?:het )?(?:even )?weten"
    r"|let me know|hoor (?:het|ik) graag|hoor graag|wat vind je ervan|anbei|unten|leitfaden|ci-joint|ci-dessous)\b"
)
_LONGEST_NOTE = 25  # lines
_LONGEST_NAME = 4  # words of who signs


def around_guide(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that are of mails: those above the guide, or of an older mail below it."""
    filled = [line for line in lines if line.shape != "blank"]
    if not filled or filled[0].wide == "---":  # a plan with front matter
        return set()
    left_out: list[Line] = []
    start = 0
    for first, end in _heads(filled):
        above, below = any(map(_is_of_guide, filled[start:first])), any(map(_is_of_guide, filled[end:]))
        if below and not above:
            left_out += filled[start:end]
            start = end
        elif above and not below:
            left_out += filled[first:]
            filled = filled[:first]
            break
    left_out += _note(filled[start:], {line.number for line in lines if line.shape == "blank"})
    return {line.number for line in left_out if not line.chosen}


def _heads(filled: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield from where to where the heads of mails are: what says that one is forwarded, its fields, who wrote."""
    place = 0
    while place < len(filled):
        bare = _bare(filled[place])
        end = place + (_FORWARDED.fullmatch(bare) is not None)
        is_told = end > place
        fields = end
        while end < len(filled) and is_of_head(filled[end]):
            end += 1
        if is_told or seems_head(filled[fields:end]):
            yield place, end
        elif INTRODUCED.fullmatch(bare):
            end = place + 1
            yield place, end
        place = max(end, place + 1)


def _note(filled: Sequence[Line], blanks: set[int]) -> list[Line]:
    """Return the note at the top: from its salutation to who signs, or as far as it speaks of the guide."""
    found = _SALUTATION.fullmatch(_bare(filled[0])) if filled else None
    if found is None or _is_of_guide(filled[0]):
        return []
    note = filled[:_LONGEST_NOTE]
    note = note[: next((place for place, line in enumerate(note) if _is_of_guide(line)), len(note))]
    closing = next((place for place, line in enumerate(note) if place and _closes(line)), None)
    if closing is not None:
        return [*note[: closing + 1], *_signed(filled[closing:], blanks)]
    told = 0
    for place, line in enumerate(note):
        is_sentence = line.wide.rstrip().endswith((".", "?", "!", ","))
        if (place and line.shape != "text") or (names_whole(line.text) and not is_sentence):
            break
        if _OF_A_NOTE.search(_bare(line)):
            told = place + 1
    is_to_group = folded(found["whom"] or "").strip() in _GROUP
    if not told:
        return [] if is_to_group or found["rest"] else list(note[:1])
    signed = _signed(note[told - 1 :], blanks)
    has_title = told + len(signed) < len(note)  # else who signs may be the title of the guide
    return [*note[:told], *(signed if has_title else ())]


def below_guide(lines: Sequence[Line], end: set[int], *, is_mail: bool) -> set[int]:
    """Return the lines at the end of a mail with what they leave: its last paragraph, that speaks of the guide.

    Of what is a mail for certain two dashes and a name are the end too.
    """
    filled = [line for line in lines if line.shape != "blank"]
    if is_mail and not end and len(filled) > 2 and filled[-2].wide.strip() == "--" and is_named(filled[-1]):
        return {line.number for line in filled[-2:]}
    if not (is_mail and end):
        return end
    above = [line for line in lines if line.number < min(end)]
    while above and above[-1].shape == "blank":
        above.pop()
    paragraph = list(takewhile(lambda line: line.shape == "text" and not _is_of_guide(line), reversed(above)))
    is_note = any(_OF_A_NOTE.search(_bare(line)) for line in paragraph)
    return end | {line.number for line in paragraph if not line.chosen} if is_note else end


def _closes(line: Line) -> bool:
    return closes_note(line) or _CLOSES.fullmatch(_bare(line).strip(" .,!")) is not None


def _signed(lines: Sequence[Line], blanks: set[int]) -> list[Line]:
    """Return the lines below a greeting that say who signs: those right below it, or a name after a blank line."""
    below = lines[1:]
    signed: list[Line] = []
    for before, line in zip(lines, below, strict=False):
        is_apart = any(number in blanks for number in range(before.number + 1, line.number))
        is_name = is_named(line) and len(line.wide.split()) <= _LONGEST_NAME and not names_whole(line.text)
        if _is_of_guide(line) or (is_apart and (signed or not is_name)) or not (is_name or is_contact(line)):
            break
        signed.append(line)
    return signed


def _is_of_guide(line: Line) -> bool:
    """Whether a line is of a guide for certain: by its shape, or by a time behind it."""
    if line.shape in ("heading", "row", "check", "command", "numbered", "overview"):
        return True
    return split_box(without_emphasis(line.text), heading=True)[1] is not None


def _bare(line: Line) -> str:
    return folded(without_emphasis(line.wide))
