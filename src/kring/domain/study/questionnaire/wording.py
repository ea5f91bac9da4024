"""How a question is worded: leading, two things at once, a denial, jargon, too long.

After D. A. Dillman, J. D. Smyth and L. M. Christian, *Internet, Phone, Mail, and Mixed-Mode Surveys* (2014). The rules
were tried on forty Dutch and forty English questions, half of them good; what they say is that somebody should look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kring.domain.plan import PlanWarning
from kring.domain.study.questionnaire.model import Asked
from kring.domain.text import N_, Sentence, folded

LONGEST = 25
"""Words in a question, its explanation included, above which many read it twice."""
_LEADING = re.compile(
    r"\b(?:vindt u (?:het )?(?:niet )?ook|vindt u niet|vind je niet|vind je ook|bent u het (?:er ?mee |ermee )?eens dat"
    r"|ben je het (?:er ?mee |ermee )?eens dat|zou(?:dt)? u niet|zou je niet|zoals (?:u|je) (?:vast )?weet"
    r"|iedereen weet|natuurlijk|uiteraard|vanzelfsprekend|nietwaar|toch ?\?|de meeste (?:mensen|klanten)"
    r"|steeds meer mensen"
    r"|don'?t you|do you agree that|would ?n'?t you|are ?n'?t you|is ?n'?t (?:it|the|our)|as you (?:may )?know"
    r"|of course|obviously|surely|everyone knows|everybody knows|most (?:people|customers)|more and more people)"
)
_LOADED = re.compile(
    r"\b(?:geweldige?|fantastische?|uitstekende?|prachtige?|heerlijke?|verschrikkelijke?|belachelijke?|waardeloze?"
    r"|schandalige?|unieke?|toonaangevende?|amazing|fantastic|excellent|wonderful|awesome|terrible|awful|ridiculous"
    r"|outrageous|world-class|unique|outstanding)\b"
)
_JUDGES = re.compile(
    r"\b(?:tevreden|vindt u|vind je|vond u|vond je|beoordeelt|beoordeel|cijfer|waardeert|eens|is|zijn|was|waren"
    r"|satisfied|rate|think of|agree|happy with|are|were|find|how would you describe)\b"
)
_AND = re.compile(r"(\S+) (?:en|and) (?:(?:de|het|een|onze|uw|the|our|your|a|an) )?([^\s?.,!:;()]+)")
_AND_OR = re.compile(r"\b(?:en/of|and/or)\b")
_TOGETHER = re.compile(
    r"vrienden en familie|familie en vrienden|friends and family|family and friends|in en uit|op en af|heen en weer"
    r"|voor en na|before and after|man en vrouw|terms and conditions|prijs en kwaliteit|tussen (?:\S+ ){1,4}en"
    r"|between (?:\S+ ){1,4}and|van \d\S* tot en met|tot en met|\d+ (?:en|and) \d+|u en uw|je en je|you and your"
    r"|eten en drinken|food and drinks?|zo nu en dan|af en toe|now and then|more and more|meer en meer|elektra en gas"
    r"|vraag en antwoord|pros and cons|voor- en nadelen|voors en tegens"
)
_DENIAL = re.compile(
    r"\b(?:niet|geen|nooit|niemand|niets|nergens|not|never|nobody|nothing|nowhere|no longer|no one)\b|n't\b|n’t\b"
)
_NO_DENIAL = re.compile(r"\b(?:waarom niet|of niet|al dan niet|wel en niet|why not|or not|weet niet|geen mening)\b")
_TWICE = re.compile(
    r"\b(?:niet|geen|nooit|not|never)\b(?: \S+){0,2} (?:ontevreden|onbelangrijk|oneens|onduidelijk|onvriendelijk"
    r"|onaardig|onprettig|onveilig|onhandig|onnodig|onwaarschijnlijk|dissatisfied|unhappy|unimportant|unclear|unfriendly|unlikely"
    r"|disagree|unsafe|unnecessary|uncomfortable|difficult)\b"
)
_OPENS = re.compile(r"^(?:\W*)(?:hoe|how|wat|welke?|waarom|waardoor|waar|wie|wanneer|what|which|why|where|who|when)\b")
_JARGON = re.compile(
    r"\b(?:kto|nps|csat|ux|cx|ui|b2b|b2c|kpi|crm|faq|usp|customer experience|propositions?|funnel|conversion"
    r"|engagement|churn|retention|self-?service|service level|optimaliseren|faciliteren|leverage|value proposition"
    r"|branding|segment|target group|persona|adoptie|performance|best practices?|user interface|look and feel)\b"
    # in Dutch part of a longer word too: servicetouchpoint
    r"|\b\w*(?:touch ?point|customer journey|klantrei[sz]|klantbeleving|propositie|omni-?channel|conversie|stakeholder"
    r"|onboarding|retentie|selfservice|implementatie|klantgroep|doelgroep|helicopterview|interface|frictieloo[sz])\w*"
)


def wording(asked: Asked) -> Iterator[PlanWarning]:
    """Yield what somebody should look at in the words of a question, with why and what to do."""
    said = folded(asked.text).replace("’", "'")
    yield from _leading(asked, said)
    yield from _double(asked, said)
    yield from _denial(asked, said)
    for found in dict.fromkeys(_JARGON.findall(said)):
        yield _warning(asked, N_("“{words}” may be a word of your own trade; say it as customers do."), words=found)
    words = len(asked.text.split())
    if words > LONGEST:
        yield _warning(asked, N_("This question has {n} words; above {most} many read it twice. Make it shorter."),
                       n=words, most=LONGEST)  # fmt: skip


def _leading(asked: Asked, said: str) -> Iterator[PlanWarning]:
    if found := _LEADING.search(said):
        yield _warning(asked, N_("“{words}” may lead to an answer; make yes and no as easy."), words=found[0])
    if found := _LOADED.search(said):
        yield _warning(asked, N_("“{words}” judges already; leave it out, and let the answer judge."), words=found[0])


def _double(asked: Asked, said: str) -> Iterator[PlanWarning]:
    if asked.text.count("?") > 1:
        yield _warning(asked, N_("There are two questions in this one; give each its own."))
        return
    found = _AND_OR.search(said)
    if found is None and _JUDGES.search(said):
        rest = _TOGETHER.sub(" ", said)
        found = next((one for one in _AND.finditer(rest) if not one[1][-1:].isdigit()), None)
    if found is not None:
        yield _warning(asked, N_("“{words}” may ask two things, of which one answer can't tell; make two questions."),
                       words=found[0])  # fmt: skip


def _denial(asked: Asked, said: str) -> Iterator[PlanWarning]:
    if found := _TWICE.search(said):
        yield _warning(asked, N_("“{words}” denies twice; say it the other way round."), words=found[0])
        return
    rest = _NO_DENIAL.sub(" ", _LEADING.sub(" ", said))
    found = _DENIAL.search(rest)
    if found and not _OPENS.match(said):
        yield _warning(asked, N_("“{words}” denies, and then it is unclear what a no means; ask it without."),
                       words=found[0])  # fmt: skip


def _warning(asked: Asked, template: str, **values: str | int) -> PlanWarning:
    return PlanWarning(asked.line, Sentence(template, values))
