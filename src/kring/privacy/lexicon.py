"""Which words a language has besides the names in it: whoever is called Bakker shares a word with the bakers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kring.domain.text import folded

LANGUAGES = ("nl", "en")

_DUTCH = (
    "aad aaltje abel albert alexander arend arie astrid axel barry bas benjamin bo bobby boudewijn bram "
    "charles clarisse daan dan darren dirks dolf donna doortje douwe dries dylan ellen els elsje erica erika "
    "ester eva ferry flora fokje fokke foppe geert geertje ger gloria griet grietje hans hein hendrik hendriks "
    "henry herwin hinke ida iris jaap jan janet janke jantje jeanet jeannet jo joel johannes joke joop justine "
    "karel karin karst ken kent kim klaas klaske koen koert koos kris kristen lammert lei lies loek lori luis "
    "luk maarten maartje manja marc margriet marina mattie maxime mieke miep mies mohammed nel oscar penny "
    "peter peters pier pierrette piet pietje pietsje puck quinten rachel reine riek riekje rietje rob robbert "
    "robert sherry sita steven sydney tim tjerk tommy vicky violette warren wiep willem wim wout zebedeus zwaantje"
)
_ENGLISH = (
    "alexander alma ana angela angelica anna axel barry ben berend beryl billy blake bobby brad brian cara "
    "carl caroline carry celeste cindy clarence clive colin colleen cor corrie dave deb derrick diane dirk "
    "dolores don dries ed eddy eef els esther evert fanny fay flora fons frits gemma gil glen gregg harry "
    "henny henry jana jared jasmine jasper jean jeff jelly jenna jerome jill jo joan joe joey john jordan jose "
    "josef julia julienne karim kelvin kent laura lea lex lien lies lisa ludo marc marcel maria mart marten "
    "martin mel mick mien mieke mike minke molly mo neal nelson nic oscar pam pascal patricia patsy patty "
    "paula perry peter ralph randy renate rhonda roger rolf ross ruth sally sam sammy sander sandra sean serge "
    "shelly sophie stan stella stephanie steve steven tammy tara ted terry timothy tine tom tommy tony troy "
    "ursula vera veronica victor victoria viola walter willie willy"
)
_RARELY_WORDS = {"nl": frozenset(_DUTCH.split()), "en": frozenset(_ENGLISH.split())}
"""Names that the dictionaries have as words too, such as the alder (els), and that nearly always name somebody."""


def is_word(word: str, language: str | None) -> bool:
    """Whether somebody who says this, without a capital, may mean no person; where no language is known, in either."""
    languages = (language,) if language in LANGUAGES else LANGUAGES
    return any(_is_word(word.lower(), each) for each in languages)


def is_called_so(word: str) -> bool:
    """Whether a word names somebody in nearly every text, however short it is."""
    return any(word in words for words in _RARELY_WORDS.values())


@cache
def _is_word(word: str, language: str) -> bool:
    return folded(word) not in _RARELY_WORDS[language] and word in _dictionary(language)


@cache
def _dictionary(language: str) -> Mapping[str, str]:
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY  # reads half a megabyte

    return LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language)
