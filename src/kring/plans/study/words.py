"""The words of a study's text, Dutch and English mixed: its keys, sections and columns; the first of each is written.

Every list begins with the Dutch word and the English one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar

from kring.domain.study.model import ActionState, Verdict
from kring.domain.text import folded
from kring.plans.front_matter import keys_of, squeezed

Value = TypeVar("Value", bound=str)
SectionName = Literal[
    "audience", "segments", "personas", "groups", "screener", "surveys", "figures", "findings", "hypotheses", "actions"
]

KEYS_IN_WORDS = {
    "title": "titel, title, onderzoek, study, studie, project",
    "client": "opdrachtgever, client, in opdracht van, commissioned by",
    "question": "onderzoeksvraag, research question, hoofdvraag, main question, vraagstelling, vraag, question",
    "language": "taal, language, lang",
    "over_recruiting": "extra werven, over-recruiting, over recruit, overrecruiting, erbij geworven, overwerving",
    "show_rate": "opkomst, show rate, verwachte opkomst, expected show rate, opkomstpercentage",
}
SECTIONS_IN_WORDS: dict[SectionName, str] = {
    "audience": "doelgroep, target audience, audience, target group, doelgroepen, target audiences",
    "segments": "klantgroepen, segments, klantgroep, segment, segmenten, customer segments, customer groups, "
    "klantsegmenten",
    "personas": "persona's, personas, persona",
    "groups": "groepen, groups, focusgroepen, focus groups, sessies, sessions, groepen en klantgroepen, "
    "groups and segments",
    "screener": "screener, screener, screening, selectievragen, screener questions, screeningsvragen, selectie",
    "findings": "bevindingen, findings, bevinding, finding, uitkomsten, results, resultaten, conclusies, conclusions, "
    "inzichten, insights",
    "surveys": "KTO, survey, surveys, kto's, nps, klanttevredenheidsonderzoek, customer satisfaction survey, "
    "klanttevredenheid, customer satisfaction, enquête, enquêtes, vragenlijsten, questionnaires",
    "figures": "cijfers en citaten, figures and quotes, citaten bij cijfers, quotes beside figures, joint display",
    "hypotheses": "hypothesen, hypotheses, hypothese, hypothesis, aannames, assumptions, veronderstellingen",
    "actions": "acties, actions, actie, action, actiepunten, action points, actielijst, action list",
}
_NAME_AND_MORE = "omschrijving, description"
_QUOTES = "citaten, quotes, citaat, quote, onderbouwing, evidence, bewijs, steunt op, rests on, notities, notes"
_AGAINST = (
    "tegen, against, tegenvoorbeelden, counter-examples, tegenvoorbeeld, counter-example, tegenspraak, "
    "contradicted by, citaten tegen, quotes against"
)
COLUMNS_IN_WORDS: dict[SectionName, dict[str, str]] = {
    "audience": {
        "text": f"wie, who, {_NAME_AND_MORE}",
        "characteristics": "kenmerken, characteristics, kenmerk, traits",
        "size": "omvang, size, aantal, number, grootte",
        "source": "bron, source, bronnen, sources",
        "revised": "herzien, revised, herzien op, revised on, bijgewerkt, updated, laatst herzien, last revised, "
        "datum, date, peildatum",
    },
    "segments": {
        "name": "klantgroep, segment, naam, name, groep, group",
        "text": f"definitie, definition, wie, who, {_NAME_AND_MORE}",
        "rule": "regel, rule, kolomregel, voorwaarde, condition",
        "since": "vanaf, from, sinds, since, geldt vanaf, holds from, valid from, ingangsdatum, start date",
        "groups": "groepen, groups, aantal groepen, number of groups",
        "wanted": "deelnemers, participants, quotum, quota, per groep, per group, deelnemers per groep, "
        "participants per group",
        "priority": "prioriteit, priority, belang, importance",
        "needs": "behoefte, needs, behoeften, need, wat nodig is, what it needs",
    },
    "personas": {
        "name": "persona, name, naam",
        "segment": "klantgroep, segment, doelgroep, groep, group",
        "demographics": "demografie, demographics, demografisch, demografische kenmerken, leeftijd en gezin",
        "behaviour": "gedrag, behaviour, behavior, gebruik, koopgedrag",
        "goals": "doelen, goals, doel, goal, wil, wants",
        "frustrations": "frustraties, frustrations, frustratie, frustration, pijnpunten, pain points, ergernissen",
        "matters": "waarden, values, waarde, value, vindt belangrijk, what matters",
        "media": "media, media, kanalen, channels, mediagebruik, media use",
        "message": "boodschap, message, wat wij zeggen, what we say, what we say to them, wat wij tegen hen zeggen, "
        "aanspreken met",
    },
    "groups": {
        "number": "groep, group, nr, no, nummer, number, sessie, session",
        "starts_at": "wanneer, when, start, datum, date, datum en tijd, date and time, dag, day",
        "plan": "plan, plan, draaiboek, gespreksleidraad, guide, bestand, file",
    },
    "screener": {
        "text": "vraag, question, screenervraag, screener question",
        "answers": "antwoorden, answers, antwoord, answer, opties, options",
        "excludes": "valt af, excludes, uitsluiten, exclude, uitsluiting, exclusion, niet bij, not if, afwijzen",
        "quota": "quotum, quota, quota per antwoord",
    },
    "findings": {
        "code": "nr, code, no, nummer, number, b, f",
        "text": "bevinding, finding, wat, what, uitkomst, result, conclusie, conclusion, inzicht, insight",
        "quotes": _QUOTES,
        "against": _AGAINST,
        "figures": "cijfers, figures, cijfer, figure, getallen, numbers, kto, survey",
    },
    "surveys": {
        "period": "periode, period, meting, wave, ronde, round, wanneer, when, naam, name",
        "file": "bestand, file, bestandsnaam, file name",
        "sent": "verstuurd, sent, verstuurd aan, sent to, verzonden, sent out, uitgenodigd, invited, uitnodigingen, "
        "invitations, populatie, population, aantal, number",
        "segment": "kolom klantgroep, segment column, klantgroep, segment, kolom, column",
    },
    "figures": {
        "figure": "cijfer, figure, vraag, question",
        "quotes": "verklaart, explains, verklaren, explained by, citaten, quotes, citaat, quote, voor, for",
        "against": "spreekt tegen, contradicts, tegenspreken, contradicted by, tegen, against",
        "themes": "label, tag, labels, tags, code, codes, thema, theme, thema's, themes",
    },
    "hypotheses": {
        "code": "nr, code, no, nummer, number, h",
        "text": "hypothese, hypothesis, veronderstelling, assumption, aanname",
        "confirms": "bevestigt, confirms, bevestigd als, confirmed if, steun als, bevestiging, confirmation",
        "refutes": "weerlegt, refutes, weerlegd als, refuted if, weerlegging, refutation",
        "quotes": f"{_QUOTES}, voor, for",
        "against": _AGAINST,
        "verdict": "oordeel, verdict, uitkomst, outcome, conclusie, conclusion, stand, status",
    },
    "actions": {
        "code": "nr, code, no, nummer, number",
        "text": "actie, action, wat, what, taak, task",
        "owner": "wie, who, eigenaar, owner, door, by, verantwoordelijk, responsible",
        "due": "wanneer, by when, voor, deadline, uiterlijk, due, datum, date, gereed",
        "finding": "uit, from, bevinding, finding, uit bevinding, from finding, naar aanleiding van",
        "measure": "meten, measure, maatstaf, gemeten aan, measured by, indicator, meting",
        "state": "stand, state, status, staat, voortgang, progress",
        "measured": "gemeten in, measured in, opnieuw gemeten in, measured again in, nameting, follow-up, gemeten met, "
        "measured with",
    },
}
_VERDICTS: dict[Verdict, str] = {
    "open": "open, open, nog open, onbeslist, undecided, ?",
    "supported": "steun, supported, bevestigd, confirmed, ondersteund, ja, yes, klopt",
    "mixed": "verdeeld, mixed, gemengd, deels, partly, gedeeltelijk",
    "refuted": "weerlegd, refuted, verworpen, rejected, nee, no, klopt niet",
}
_STATES: dict[ActionState, str] = {
    "open": "open, open, te doen, to do, todo, nog niet, not yet",
    "started": "begonnen, started, bezig, loopt, in progress, doing, onderweg, gestart",
    "done": "gedaan, done, klaar, af, gereed, ready, afgerond, completed, finished, x",
    "dropped": "vervallen, dropped, gestopt, stopped, geschrapt, cancelled, gaat niet door",
    "measured": "gemeten, measured, opnieuw gemeten, measured again",
}

KEYS = keys_of(KEYS_IN_WORDS)
SECTIONS: Mapping[str, SectionName] = {
    squeezed(word): name for name, words in SECTIONS_IN_WORDS.items() for word in words.split(",")
}
COLUMNS = {section: keys_of(columns) for section, columns in COLUMNS_IN_WORDS.items()}


def word_of(words: str, language: str) -> str:
    """Return how something is written in a language, of its words between commas."""
    return words.split(", ")[language != "nl"]


def verdict_word(verdict: Verdict, language: str) -> str:
    """Return how a verdict is written."""
    return word_of(_VERDICTS[verdict], language)


def state_word(state: ActionState, language: str) -> str:
    """Return how the state of an action is written."""
    return word_of(_STATES[state], language)


def read_verdict(text: str) -> tuple[Verdict, str] | None:
    """Return the verdict with which a text begins, and what stands behind it; None where it begins with none."""
    return _first_of(_VERDICT_OF, text)


def read_state(text: str) -> tuple[ActionState, str] | None:
    """Return the state with which a text begins, and what stands behind it; None where it begins with none."""
    return _first_of(_STATE_OF, text)


def _by_word(words: Mapping[Value, str]) -> dict[str, Value]:
    pairs = [(folded(word).strip(), value) for value, several in words.items() for word in several.split(",")]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def _first_of(words: Mapping[str, Value], text: str) -> tuple[Value, str] | None:
    said = text.strip()
    for word, value in words.items():
        if folded(said[: len(word)]) == word and not said[len(word) : len(word) + 1].isalnum():
            return value, said[len(word) :].strip(" :;,.-–—()")
    return None


_VERDICT_OF = _by_word(_VERDICTS)
_STATE_OF = _by_word(_STATES)
