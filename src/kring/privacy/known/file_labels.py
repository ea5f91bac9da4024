"""What a name in a file of a platform says: the bare name in it, and what platforms and people write around it.

Nothing is decided here on whom it means (`names`). Platforms translate what they add, so that is known by its place
(in brackets, behind a dash), not by its words; only for programs that take notes and for devices there are lists.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from kring.domain.text import folded, one_line

Sort = Literal["person", "several", "device", "bot", "task", "screen", "speaker", "nobody"]
"""`several` is one name for more than one person, each of `names`; `task` is a name such as *Notulist*: a person, or a
program; `screen` is what somebody shows; `speaker` is a number that a machine gave to a voice."""


class Label(NamedTuple):
    """A name in a file, read.

    `names` are the ways to read it as a name, the likeliest first; `others` are names that stand behind it in brackets
    or behind a dash, `flags` all that was taken off. `digits` are those of a telephone number.
    """

    sort: Sort
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    digits: str = ""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words(
    "van de den der het t ten ter te in op aan uit over bij voor onder tot v d s l vd von vom zu zur zum und y e "
    "la le les du des di da do dos das del della dalla el al ul bin ben ibn bint abu af av"
)
"""Words in the midst of a name that people leave out or write apart: Dutch ones first, then those of neighbours."""
TITLES = _words("drs dr ir ing mr mrs ms mw mevr mevrouw dhr heer prof meester bc ba bsc msc ma phd mba")

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"\b[^\W\d_]{0,3}\d+\b")
_APOSTROPHES = re.compile("['’‘`\u00b4\u02bc]")
_WIDE = str.maketrans("\uff08\uff09\uff3b\uff3d\u3010\u3011", "()[][]")
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_HALF_BRACKET = re.compile(r"\s*[(\[][^)\]]*$")
_DEVICE_OF = re.compile(r"(laptop|desktop|pc|iphone|ipad|macbook)-(?=[^\W\d]+$)", re.IGNORECASE)
_DASHES = re.compile(r"\s+[-–—|/•·~]+\s+|\s*[|•]\s*|\s+@\s*(?=\w)|:\s+|_+")
_SEVERAL = re.compile(r"\s*[&+]\s*|\s+(?:en|and|und|et|samen met|met|with|mit|avec|plus)\s+", re.IGNORECASE)
_TOGETHER = re.compile(r"(?:[&+]|(?:en|and|und|et|samen met|met|with|mit|avec|plus)\s)\s*(?=\w)", re.IGNORECASE)
_GIVEN = re.compile(r"[^\W\d_]+(?:[-\u2010\u2013][^\W\d_]+)*")
_LAST_NUMBER = re.compile(r"(?<!\d)(\d{1,2})\W*$")
_PHONE = re.compile(r"\+?[\d*x\s().-]{6,}")
_MAIL = re.compile(r"([^\s@<>]+)@[\w.-]+\.\w+")
_OWNER = re.compile(r"^(?P<who>.+?)(?:'s?|s)\s+(?P<what>\S.*)$", re.IGNORECASE)
_OF = re.compile(r"^(?P<what>\S.*?)\s+(?:van|of|von|de|di|d'|from|af|för)\s*(?P<who>\S.*)$", re.IGNORECASE)
_DEVICE_WORDS = _words(
    "ipad iphone ipod macbook imac android smartphone phone telefoon telefon mobiel mobile mobiele gsm tablet "
    "laptop desktop computer pc chromebook notebook galaxy samsung huawei xiaomi redmi oneplus oppo motorola "
    "thinkpad"
)
_MODEL_WORDS = _words("pro air mini max plus ultra book se note lite fold flip pixel apple my mijn work werk")
_MODEL = re.compile(r"(?:sm|desktop|laptop|pc|win)-\w+|[a-z]{0,3}\d+\w*", re.IGNORECASE)
_SCREEN_WORDS = _words("presentation presentatie prasentation presentacion presenting presenteert screen scherm")
_SCREEN = re.compile(r"shared screen|gedeeld scherm|screen ?share", re.IGNORECASE)
_BOT = re.compile(
    r"^(?:(?:microsoft |ms )?copilot|(?:google )?gemini)$"
    r"|\b(?:fireflies|otterpilot|note ?taker|meeting notes|read meeting|meetgeek|sembly|supernormal|airgram|tl;?dv"
    r"|fathom notes?|zoom iq|ai[ -](?:assistant|assistent|companion|notes?|notulist|scribe|recorder|meeting|bot))\b"
    r"|\b(?!www\.)[\w-]+\.(?:ai|io|video|bot)\b|\b(?:notulen|transcript(?:ion|ie)?|recording|opname)[ -]?bot\b",
    re.IGNORECASE,
)
_TASKS = _words(
    "notulist notuliste notulen notulant verslaglegger notes scribe minutes recorder recording opname bot ai "
    "transcript transcription captions ondertiteling"
)
_VOICE = re.compile(r"(?:speaker|spreker|sprecher|spk|voice|stem|s)[ _-]*\d{1,3}|[a-h]", re.IGNORECASE)
_NOBODY = _words(
    "unknown onbekend unbekannt inconnu anonymous anoniem guest gast speaker spreker user gebruiker attendee"
)
RELATIONS = _words(
    "namens ipv vervangt vervanger vervangster invaller plaats behalf instead for voor substitute replacing pour statt "
    "man vrouw partner echtgenoot echtgenote zoon dochter moeder vader mama papa broer zus opa oma kind ouders "
    "begeleider begeleidster mantelzorger tolk familie fam husband wife son daughter mother father mum mom dad brother "
    "sister child parents family interpreter carer mutter vater tochter sohn frau mann dolmetscher mere pere fils fille"
)
"""Words that say that somebody else than who is named may sit there; they are the names of some people too."""

_NO_NAME = re.compile(r"(?:unknown|onbekende|unbekannter|anonymous|anonieme)\s+\w+", re.IGNORECASE)


def read_label(text: str) -> Label:
    """Return what a name in a file says."""
    text = _APOSTROPHES.sub("'", _without_signs(one_line(text)).translate(_WIDE))
    if _BOT.search(text) and "@" not in text:
        return Label("bot", flags=(text,))
    bare, inside = _taken_off(text)
    if not _WORD.search(bare):
        return _without_letters(bare, inside)
    if (mail := _MAIL.search(bare)) is not None:
        before = bare[: mail.start()].strip(" <")
        return Label("person", tuple(filter(None, (before, " ".join(_WORD.findall(mail[1]))))), inside, inside)
    return _nameless(bare, inside) or _owned(bare, inside) or _named(bare, inside)


def names_in(label: str) -> Iterator[str]:
    """Yield the names in what a platform calls somebody: of *Joke's iPad* its owner, of *iPhone* and a program none."""
    read = read_label(label)
    yield from read.names
    if read.sort == "person":  # behind a dash, as in Vandewalle - Sigrid
        yield from (name for name in read.others if name not in read.flags)


def words_of(name: str) -> list[str]:
    """Return the words of a name as names are compared: without case, accents, apostrophes, titles and digits."""
    plain = _NUMBERED.sub(" ", folded(_APOSTROPHES.sub("", name)).translate(_LETTERS))
    return [word for word in _WORD.findall(plain) if word not in TITLES]


def given_of(name: str) -> tuple[str, ...]:
    """Return the words of the first name that a name begins with: two of *Jan-Joost Smit*, one of *Jan Joost*."""
    return next((tuple(words) for found in _GIVEN.finditer(name) if (words := words_of(found[0]))), ())


def number_of(name: str) -> str:
    """Return the number that a name ends with, as the second of two names that are the same has one."""
    found = _LAST_NUMBER.search(name)
    return "" if found is None else found[1].lstrip("0")


def flipped(name: str) -> str:
    """Return `Vries, Joke de` and `de Vries, Joke` as they are said: Joke de Vries; another name as it is."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or not last or not first:
        return name
    first = first.partition(",")[0].strip()
    given = first.split()
    infix: list[str] = []
    while len(given) > 1 and "".join(words_of(given[-1])) in PARTICLES:
        infix.insert(0, given.pop())
    return " ".join([*given, *infix, last])


def _without_letters(bare: str, inside: tuple[str, ...]) -> Label:
    digits = "".join(mark for mark in bare if mark.isdigit())
    if _PHONE.fullmatch(bare) and len(digits) > 4:
        return Label("nobody", others=inside, flags=inside, digits=digits)
    return Label("nobody", (bare,) if digits else (), inside, inside)


def _nameless(bare: str, inside: tuple[str, ...]) -> Label | None:
    """Return what says no name at all: a voice, somebody unknown, a task."""
    if _VOICE.fullmatch(bare):
        return Label("speaker", (bare,), inside, inside)
    named = " ".join(words_of(bare))
    if named in _NOBODY or _NO_NAME.fullmatch(bare):
        return Label("nobody", others=inside, flags=inside)
    return Label("task", flags=inside) if named in _TASKS else None


def _named(bare: str, inside: tuple[str, ...]) -> Label:
    """Return a name, with what stands behind a dash as another one; or the names that are written as one."""
    company = [one[found.end() :] for one in inside if (found := _TOGETHER.match(one))]
    together = [part for part in (*_SEVERAL.split(bare), *company) if any(map(str.isalnum, part))]
    if len(together) > 1:
        return Label("several", tuple(map(flipped, together)), inside, inside)
    parts = [part.strip() for part in _DASHES.split(bare) if _WORD.search(part)]
    if any(set(words_of(part)) <= _SCREEN_WORDS for part in (*parts, *inside) if words_of(part)):
        return Label("screen", flags=inside)
    if len(parts) < 2:
        return Label("person", (flipped(parts[0]),), inside, inside)
    return Label("person", (flipped(parts[0]),), (*map(flipped, parts[1:]), *inside), inside)


def _owned(bare: str, inside: tuple[str, ...]) -> Label | None:
    """Return what is called after its owner, *Joke's iPad* or *iPhone van Fatima*; None where it is no such thing."""
    if _SCREEN.search(bare):
        return Label("screen", flags=inside)
    for pattern in (_OWNER, _OF):
        found = pattern.match(bare)
        if found is None:
            continue
        sort = _thing(found["what"])
        if sort == "screen":
            return Label("screen", (found["who"],), flags=inside)
        if sort == "device":
            who = found["who"]
            # of *Kees iPad* nobody knows whether its s belongs to the name
            is_bare_s = pattern is _OWNER and bare[len(who) : len(who) + 1] in {"s", "S"}
            return Label("device", (f"{who}s", who) if is_bare_s else (who,), inside, (found["what"], *inside))
    words = _DEVICE_OF.sub(r"\1 ", bare).split()
    device = [word for word in words if _is_device(word)]
    if not device:
        return None
    rest = [word for word in words if not (_is_device(word) or _is_model(word))]
    return Label("device", (" ".join(rest),) if rest else (), inside, (" ".join(device), *inside))


def _thing(text: str) -> Sort | None:
    words = text.split()
    if any(folded(word) in _SCREEN_WORDS for word in words) and len(words) < 3:
        return "screen"
    is_device = any(map(_is_device, words)) and all(_is_device(word) or _is_model(word) for word in words)
    return "device" if is_device else None


def _is_device(word: str) -> bool:
    word = folded(word.strip(",.-"))
    return word in _DEVICE_WORDS or bool(re.fullmatch(r"(?:sm|desktop|laptop)-\w*\d\w*", word))


def _is_model(word: str) -> bool:
    return folded(word) in _MODEL_WORDS or bool(_MODEL.fullmatch(word))


def _taken_off(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a name without what stands in brackets, also where the last is cut off, and what stood there."""
    inside = [found.strip() for found in _BRACKETS.findall(text)]
    bare = _BRACKETS.sub(" ", text)
    half = _HALF_BRACKET.search(bare)
    if half is not None:
        inside.append(half[0].strip(" (["))
        bare = bare[: half.start()]
    bare = one_line(bare).strip(" ,;-–")
    inside = [one for one in inside if one]
    if not bare and inside:  # a name that is wholly in brackets
        return inside[0], tuple(inside[1:])
    return bare, tuple(inside)


def _without_signs(text: str) -> str:
    """Return text without emoji and such, and without the marks that join them."""
    return one_line("".join(" " if _is_sign(mark) else mark for mark in text if unicodedata.category(mark) != "Cf"))


def _is_sign(mark: str) -> bool:
    return unicodedata.category(mark) in {"So", "Co", "Cn"} or mark == "\ufe0f" or "\U0001f3fb" <= mark <= "\U0001f3ff"
