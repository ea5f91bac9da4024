"""What stands before a colon and is nobody: *Let op:*, *Vraag:*; and what programs and note-takers write in between."""

from __future__ import annotations

import re

from kring.domain.text import folded, one_line
from kring.privacy.known.file_labels import PARTICLES, read_label

_OPENINGS = frozenset(
    folded(word.strip())
    for word in """
    vraag, antwoord, ten eerste, ten tweede, ten derde, ten slotte, tot slot, let op, opmerking, toelichting, conclusie,
    samenvatting, samengevat, kortom, dus, bijvoorbeeld, voorbeeld, doel, doorvraag, doorvragen, tip, pauze, stilte, ps,
    punt, stap, ad, onderdeel,
    deel, kortweg, namelijk, dat wil zeggen, oftewel, met andere woorden, even iets anders,
    citaat, onderwerp, thema, titel, datum, tijd, locatie, plaats, duur, aanwezig, deelnemers, resultaat, actie, advies,
    mijn vraag, mijn punt, wat ik bedoel, ik dacht, ik zei, hij zei, zij zei, ze zei, stelling, optie, groep, ronde,
    taak, question, answer, first, firstly, second, secondly, third, thirdly, finally, lastly, attention, remark,
    conclusion, summary, in short, so, for example, example, goal, aim, probe, break, silence, pause, point, step, part,
    namely, that is, in other words, quote, topic, theme, title, date, time, location, duration, present,
    attendees, participants, result, action, advice, my question, my point, i said, he said, she said, i thought,
    statement, option, group, round, task, warning, important, belangrijk, waarschuwing, reminder, update, chapter,
    hoofdstuk, frage, antwort, erstens, zweitens, drittens, achtung, zum beispiel, beispiel, ziel, zusammenfassung,
    fazit, thema, reponse, premierement, deuxiemement, attention, par exemple, exemple, but, resume, sujet, pregunta,
    respuesta
    """.replace("\n", " ").split(",")
)
_NOTES = frozenset(
    folded(word.strip())
    for word in """
    notitie, noot, nb, n.b, note, notes, notulen, aantekening, redactie, red, opmerking notulist, noot notulist,
    anmerkung, hinweis, remarque, nota
    """.replace("\n", " ").split(",")
)
_OF_A_ROLE = frozenset(
    folded(word.strip())
    for word in """
    spreker, speaker, sprecher, stem, voice, deelnemer, deelneemster, participant, teilnehmer, respondent, interviewer,
    moderator, gespreksleider, gespreksleidster, facilitator, assistent, assistente, assistant, observator, observer,
    vrouw, man, woman, mann, frau, gast, guest, onbekende, unknown, panellid, panelist, host
    """.replace("\n", " ").split(",")
)
_NUMBER = re.compile(r"[\W_]*(?:\d+|[a-z])[\W_]*", re.IGNORECASE)
_WORDS_OF_A_NOTICE = 14
_BEGAN = (
    "gestart|begonnen|gestopt|beëindigd|gepauzeerd|hervat|started|stopped|ended|paused|resumed|gestartet|beendet|démarré|"
    "arrêté|terminée?"
)
_NOTICE = re.compile(
    r"(?:(?:de|the|die|l')\s?)?(?:opname|recording|aufzeichnung|enregistrement|transcript\w*|transkription|vergadering|"
    r"meeting|besprechung|réunion|live[ -]?(?:ondertiteling|captions?))\b"
    rf".{{0,40}}\b(?:{_BEGAN})\b.*"
    r"|.{0,60}\b(?:is being recorded|wordt opgenomen|wird aufgezeichnet)\b.*"
    r"|.{0,60}\b(?:computer[- ]generated|automatisch gegenereerd)\b.*"
    r"|.{1,60}\b(?:joined|left|started|stopped) (?:the )?(?:meeting|call|recording|transcription)\b.*"
    r"|.{1,60}\bheeft (?:de )?(?:vergadering|opname|transcriptie|oproep) (?:verlaten|gestart|gestopt)\b.*",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[\[(*_](.*)[\])*_]")


def opens_words(label: str) -> bool:
    """Whether what stands before a colon opens what somebody says, and names nobody."""
    plain = folded(one_line(label).strip(" .-–*_[]()"))
    if plain in _OPENINGS or plain in _NOTES:
        return True
    first, _blank, rest = plain.partition(" ")
    return first in _OPENINGS and _NUMBER.fullmatch(rest) is not None


def may_be_a_name(label: str) -> bool:
    """Whether what stands before a colon may name somebody, by how names are written: each word with a capital.

    All small letters are a name too, and so is what says somebody's role.
    """
    words = label.split()
    if opens_words(label) or not words:
        return False
    if (
        len(words) == 1
        or read_label(label).sort in {"speaker", "device"}
        or {folded(word) for word in words} & _OF_A_ROLE
    ):
        return True
    bare = [word for word in words if any(map(str.isalpha, word))]
    if bare[-1:] and folded(bare[-1]) in PARTICLES and "," not in label:
        return False
    return all(word.islower() for word in bare) or not any(
        word[:1].islower() and folded(word) not in PARTICLES for word in bare
    )


def is_note(label: str) -> bool:
    """Whether what stands before a colon says that a note follows, which nobody says."""
    return folded(one_line(label).strip(" .-–*_[]()")) in _NOTES


def is_notice(text: str) -> bool:
    """Whether nobody says this: a note of who wrote it down, or a notice such as that the recording began."""
    bare = one_line(text)
    label, colon, _rest = bare.partition(":")
    if colon and is_note(label):
        return True
    inside = _IN_BRACKETS.fullmatch(bare)
    bare = bare if inside is None else inside[1].strip()
    return len(bare.split()) <= _WORDS_OF_A_NOTICE and _NOTICE.fullmatch(bare) is not None
