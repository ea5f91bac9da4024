"""The words that most respondents use in their own words: only words of the language, for a name is told of nobody."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from kring.domain.study.surveys.model import StudySurvey
from kring.privacy.lexicon import is_word
from kring.system.language.stems import LEAST_STEMMED, stems, words_of

LEAST_PEOPLE = 3
MOST_WORDS = 5
_SAID_OF_ANYTHING = (
    "aan alle alleen alles als altijd ander andere anders beter bij daar daarom dan dat deze die dit doen door "
    "echt een eens elke enkel er erg even geen goed goede graag gewoon haar had hadden heb hebben heeft heel hem "
    "het hier hij hoe hun iets iemand ik jaar je jij jullie kan kom komt komen kon kunnen laat maar maken mee "
    "meer meest men met mij mijn minder mocht moet moeten mogen mooi naar net niet niets nog nooit nou nu ook "
    "omdat onder ons onze ooit over prima soms slecht slechte steeds te ten ter terug tevreden toch toen tot "
    "tijdens uit uw vaak van vanaf vanwege veel vind vinden voor vooral waar waarom wanneer want waren was wat "
    "weer wel weet weinig werd werden wie wij wil willen wordt worden zal zeer zelf zich zijn zie zij zien zitten "
    "zo zoals zou zouden about after again all also always and any are because been being better but can cannot "
    "could did does dont even ever every few for from get gets good got had has have having here how into its "
    "it's just know less like lot made make many may maybe more most much must need never nice not nothing now "
    "often one only other our out over own really same she should some something such than that the their them "
    "then there these they thing things think this those though too use used very want was way well were what "
    "when where which while who why will with would you your yes nee bad great fine okay satisfied "
)
_EMPTY = frozenset(_SAID_OF_ANYTHING.split())
"""Words that say nothing of a subject, and those that only judge."""


class Frequent(NamedTuple):
    """A question in own words, how many answered it, and words with how many people used them, the most first."""

    question: str
    n: int
    words: list[tuple[str, int]]


def frequent(survey: StudySurvey, language: str | None) -> list[Frequent]:
    """Return the words that three people or more used, question by question; forms of one word count together."""
    found = []
    for place, question in enumerate(survey.questions):
        answers = survey.answers(place) if question.kind == "open" else []
        people: Counter[str] = Counter()
        forms: dict[str, Counter[str]] = {}
        for answer in answers:
            said = {_stem(word, language): word for word in map(_bare, words_of(answer)) if _tells(word)}
            people.update(said.keys())
            for stem, word in said.items():
                forms.setdefault(stem, Counter())[word] += 1
        told = [(forms[stem].most_common(1)[0][0], n) for stem, n in people.most_common() if n >= LEAST_PEOPLE]
        words = [(word, n) for word, n in told if is_word(word, language)][:MOST_WORDS]
        if words:
            found.append(Frequent(question.heading, len(answers), words))
    return found


def _bare(word: str) -> str:
    """Return a word without the mark of its plural or owner: kassa's, customer's."""
    return word.removesuffix("'s").removesuffix("’s")


def _tells(word: str) -> bool:
    return len(word) >= LEAST_STEMMED - 1 and word.isalpha() and word not in _EMPTY


def _stem(word: str, language: str | None) -> str:
    dutch, english = stems(word) if len(word) >= LEAST_STEMMED else (word, word)
    return english if language == "en" else dutch
