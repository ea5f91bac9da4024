"""Who recruited the participants: a person as often as a firm, so with codes the plan's line stays behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kring.domain.rows import SessionRow
from kring.privacy.evidence import is_capital
from kring.privacy.lexicon import is_word
from kring.privacy.name_parts import PARTICLES, TITLES
from kring.system.i18n import _

_BETWEEN = re.compile(r"[,;/|&+()\[\]]|\s(?:en|and|van|of|bij|via|at|from)\s(?=[A-Z])|\s[–-]\s")
_OF_A_FIRM = re.compile(
    r"bureau|selec|panel|research|onderzoek|recruit|werving|respond|group|groep|market|field|insight|media|data|"
    r"universit|gemeente|stichting|nederland|netherlands|belgi|europ|international|b\.?v\.?$|n\.?v\.?$|ltd|inc|gmbh|"
    r"amsterdam|rotterdam|utrecht|london|agency|company|people|talk|opinion",
    re.IGNORECASE,
)
_MOST_WORDS = 5


def names_of_recruiters(session: SessionRow) -> Iterator[tuple[str, str]]:
    """Yield the names of people in the plan's line on recruiting, with the word that stands in their place."""
    for name in _BETWEEN.split(session.recruiter):
        if _may_be_a_person(name.split(), session.language):
            yield name.strip(), _("recruiter")


def _may_be_a_person(words: list[str], language: str | None) -> bool:
    own = [word for word in words if word.lower().rstrip(".") not in PARTICLES | TITLES]
    if not own or len(words) > _MOST_WORDS or any(_OF_A_FIRM.search(word) for word in own):
        return False
    return all(map(is_capital, own)) and (len(own) > 1 or not is_word(own[0], language))


def without_recruiter(session: SessionRow) -> str:
    """Return what stands in the place of the line where names stay behind."""
    return _("with names only") if session.recruiter else ""
