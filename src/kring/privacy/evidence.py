"""What around a word tells whether it names somebody: capitals, titles, what is said of it; and what tells against."""

from __future__ import annotations

import re

from kring.privacy.name_parts import PARTICLES, TITLES

_HEAD = re.compile(
    r"(?:^|\n|[.!?:…•|>\"“”„«(\[–—]|(?:^|\s)[-*+>'‘’])[^\w\n]*$"  # a sentence, a quote, a turn, or a bullet begins
    r"|(?:^|\n)\W*\d+[.):]?\W*$"  # or a line with a number
)
_NO_END = re.compile(
    r"(?:^|\W)(?:bijv|bv|o\.a|m\.n|d\.w\.z|resp|vs|e\.g|i\.e|nl|incl|excl|ca|cf|nr|st|sr|jr)\.\W*$", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…\n]")
_SAYS_IN_WORDS = (
    "vindt vond zegt zei vertelt vertelde vraagt vroeg denkt dacht noemt noemde knikt knikte lacht lachte "
    "reageert reageerde antwoordt antwoordde twijfelt aarzelt zucht zuchtte fronst kijkt keek herhaalt "
    "bevestigt beaamt wijst merkt begint begon voelt mist klaagt mompelt schudt zwijgt says said thinks "
    "thought feels felt asks asked tells told mentions mentioned agrees agreed disagrees disagreed nods nodded "
    "laughs laughed replies replied answers answered adds added shrugs shrugged sighs sighed smiles smiled "
    "frowns frowned wonders wondered explains explained repeats repeated complains complained wants wanted "
    "likes liked prefers preferred finds knows knew remembers remembered"
)
_SAYS = _SAYS_IN_WORDS.split()
_SAID_OF = re.compile(
    rf"(?:\W{{1,2}}(?:ook|zelf|also|just|really|echt|nog|then|toen))?\W{{1,2}}(?:{'|'.join(_SAYS)})\b"
)
_DOES_IN_WORDS = (
    "wil heeft had wordt werd moet moest mag mocht gaat ging komt kwam kan kon zal zou wilde doet deed geeft gaf "
    "blijft bleef has had was will would can could should does did gets got gives gave goes went comes came"
)
_DONE_BY = re.compile(rf"\W{{1,2}}(?:{'|'.join(_DOES_IN_WORDS.split())})\b")
_ARTICLE = re.compile(
    r"(?<!\w)(?:the|a|an|this|these|those|our|my|your|his|her|their|its|no|every|each"
    r"|een|het|dit|deze|die|geen|elk|elke|ieder|iedere|mijn|uw|ons|onze|jullie) $"
)
_OTHERS_TOO = re.compile(r"\W{0,2}(?:en|and|of|or|&|,|/|\+)\W{0,2}")
_WITH_A_CAPITAL_IN_WORDS = (
    "jan feb mrt mar apr mei may jun jul aug sep okt oct nov dec january februari march april june july august "
    "september october november december monday tuesday friday saturday sunday frans franse engels engelse "
    "duits duitse spaans fries friese deen pool hollander vlaming french english german scott holland england "
    "ireland france germany london paris jordan chelsea florence sydney victoria georgia virginia carolina "
    "austin brabant zeeland limburg utrecht delft breda israel jesus christian christmas easter art"
)
_WITH_A_CAPITAL = frozenset(_WITH_A_CAPITAL_IN_WORDS.split())
"""Words that are written with a capital though they name nobody: months, languages, places."""
_OF_TIME_OR_PLACE_IN_WORDS = (
    "in by since until till last next early late mid this every during to from near around het uit naar sinds "
    "vanaf tot eind begin half medio vorig volgend per op the of"
)
_OF_TIME_OR_PLACE = frozenset(_OF_TIME_OR_PLACE_IN_WORDS.split())
_GIVEN_OR_SAID_IN_WORDS = (
    "interview gesprek intake opname audio geluid recording voicemail memo notities aantekeningen notes transcript "
    "deelnemer participant respondent toestemming toestemmingsformulier consent formulier form foto photo portret "
    "brief letter mail bericht message dagboek diary cv verslag"
)
_GIVEN_OR_SAID = frozenset(_GIVEN_OR_SAID_IN_WORDS.split())
_BETWEEN = PARTICLES | {"met", "with", "of", "by", "door", "mevrouw", "meneer", "mr", "mrs", "ms", "dhr", "mw"}
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MOST_AROUND = 300
_LOOK_BACK = 40


def is_capital(word: str) -> bool:
    """Whether a word has the capital of a name; all capitals tell nothing."""
    return word[:1].isupper() and not (len(word) > 1 and word.isupper())


def at_head(text: str, start: int) -> bool:
    """Whether a sentence, a quote, a line or a bullet begins here, where every word has a capital."""
    before = text[:start] if start <= _LOOK_BACK else f"x{text[start - _LOOK_BACK : start]}"
    return bool(_HEAD.search(before)) and not _NO_END.search(before)


def all_have_capitals(text: str, start: int, end: int, skipped: set[int]) -> bool:
    """Whether most words of this sentence have a capital, so that one tells nothing: a heading, or a shout."""
    begin, stop = _sentence(text, start, end)
    words = [found for found in _WORD.finditer(text, begin, stop) if found.start() not in skipped and len(found[0]) > 2]
    others = [found[0] for found in words if not at_head(text, found.start())]
    return bool(others) and sum(word[0].isupper() for word in others) > 0.6 * len(others)


def after_title(text: str, low: str, start: int, initial: str) -> bool:
    """Whether a title stands before, or the initials of who it is."""
    words = _before(text, start, 6)
    while words:
        last = words.pop()
        told = low[last.start() : last.end()]
        if told in TITLES or last[0] == "Miss":
            return True
        is_initial = len(told) == 1 and text[last.end() : last.end() + 1] == "."
        if is_initial and initial == _first_initial(low, [*words, last]):
            return True
        if told not in PARTICLES:
            return False
    return False


def _first_initial(low: str, words: list[re.Match[str]]) -> str:
    first = words[-1]
    for word in reversed(words):
        if len(word[0]) != 1:
            break
        first = word
    return low[first.start()]


def said_of(low: str, end: int) -> bool:
    """Whether what follows is what people do in a talk: says, thinks, nods."""
    return bool(_SAID_OF.match(low, end))


def done_by(low: str, end: int) -> bool:
    """Whether a verb follows at once: before it, a sentence begins with a name or with more than one word."""
    return bool(_DONE_BY.match(low, end))


def labels_a_line(text: str, start: int, end: int) -> bool:
    """Whether this is the name before a colon that says who speaks."""
    return text[end : end + 1] == ":" and (start == 0 or text[start - 1] == "\n")


def in_brackets(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands between brackets: P4 (Ben)."""
    return text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]")


def has_article(low: str, start: int) -> bool:
    """Whether a word stands right before that no name of a person has, whatever its capital: our Price, het Appel."""
    return bool(_ARTICLE.search(low, max(0, start - _LOOK_BACK), start))


def is_called(text: str, start: int) -> bool:
    """Whether somebody is addressed: @name."""
    return text[start - 1 : start] == "@"


def beside_others(low: str, end: int, start_of_next: int) -> bool:
    """Whether nothing but a comma or *and* stands between two names."""
    return bool(_OTHERS_TOO.fullmatch(low, end, start_of_next))


def of_time_or_place(text: str, low: str, start: int, end: int) -> bool:
    """Whether a word that has a capital by itself stands where a month, a language or a place does."""
    if low[start:end] not in _WITH_A_CAPITAL:
        return False
    before, after = _before(text, start, 1), _WORD.match(text, _skipped(text, end))
    if (before and before[-1][0].isdigit()) or (after and after[0][0].isdigit()):
        return True
    return bool(before) and low[before[-1].start() : before[-1].end()] in _OF_TIME_OR_PLACE


def neighbour_before(text: str, start: int) -> str:
    """Return the word with a capital that stands right before, in the same sentence and not at its head."""
    words = _before(text, start, 1)
    if not words or text[words[-1].end() : start] not in (" ", "-") or not is_capital(words[-1][0]):
        return ""
    return "" if at_head(text, words[-1].start()) else words[-1][0]


def neighbour_after(text: str, end: int) -> str:
    """Return the word with a capital that stands right behind."""
    found = _WORD.match(text, end + 1) if text[end : end + 1] in (" ", "-") else None
    return found[0] if found and is_capital(found[0]) else ""


def of_somebody(stem: str, start: int, end: int) -> bool:
    """Whether a word is the last in what a file is called, after what somebody gave or said, such as an interview."""
    before = [word.casefold() for word in _LETTERS.findall(stem[:start])]
    while before and before[-1] in _BETWEEN:
        before.pop()
    behind = stem[end:].rpartition(".")[0]
    return bool(before) and before[-1] in _GIVEN_OR_SAID and not _LETTERS.search(behind)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    begin, stop = max(0, start - _MOST_AROUND), min(len(text), end + _MOST_AROUND)
    for found in _ENDS.finditer(text, begin, start):
        begin = found.end()
    last = _ENDS.search(text, end, stop)
    return begin, last.start() if last else stop


def _before(text: str, start: int, most: int) -> list[re.Match[str]]:
    return list(_WORD.finditer(text, max(0, start - _LOOK_BACK), start))[-most:]


def _skipped(text: str, end: int) -> int:
    while end < len(text) and text[end] in " .-–":
        end += 1
    return end
