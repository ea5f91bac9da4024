"""The few words of headings and cells that decide where the form of a table leaves it open; folded."""

from __future__ import annotations

import re

from kring.domain.text import folded

_UTC = re.compile(r"utc|\bgmt\b(?![+-])", re.IGNORECASE)


def known(text: str) -> tuple[str, ...]:
    """Return words that are parted by commas, folded."""
    return tuple(folded(word) for word in text.split(", "))


YES = known("yes, y, ja, j, oui, si, sim, da, tak, true, 1, да, 예, はい, 是")
NO = known("no, n, nee, nein, non, nao, nie, false, 0, нет, 아니요, いいえ, 否")
ROLES = known(
    "role, rol, rolle, rola, ruolo, rooli, roll, papel, cargo, funcao, funkcja, szerep, роль, 역할, 役割, 角色"
)
LAST_NAMES = known(
    "last name, lastname, achternaam, surname, nachname, family name, familienaam, apellido, cognome, sobrenome, "
    "nom de famille"
)
NAMES = known("name, naam, namen, nom, nombre, nome, deelnemer, participant, teilnehmer, 名前, 이름")
OF_OTHERS = known(
    "company, bedrijf, organi, firma, meeting, vergadering, account, host, file, bestand, team, moderator"
)
"""What has a name too, and is no participant."""
AUTHORS = known(
    "author, auteur, autor, verfasser, created by, gemaakt door, ingevuld door, filled in by, ausgefüllt von"
)
MESSAGES = known(
    "message, messages, message text, chat message, bericht, berichten, chatbericht, nachricht, chatnachricht, "
    "mensaje, messaggio, mensagem"
)
TEXTS = (*MESSAGES, *known("text, tekst, content, body, inhoud, inhalt, texte, texto, testo, transcript, utterance"))
SENDERS = known(
    "from, sender, sent by, van, afzender, verzender, von, absender, de, expéditeur, remitente, remetente, da, "
    "mittente, name, naam, nom, user, user name, username, display name, wie, who, gebruiker, benutzer, participant, "
    "deelnemer, speaker, spreker, sprecher, attendee"
)
WAITING = known(
    "waiting, wacht, warte, attente, espera, attesa, oczekuj, poczek, vanterum, vantrum, vente, odota, ожида, "
    "待, 대기, 等候"
)
ACTS = known(
    "action, actie, aktion, acción, azione, ação, akcja, handling, handeling, activiteit, toiminto, åtgärd, действ, "
    "アクション, 작업, 操作"
)
JOINS = known(
    "join, enter, arriv, login, logged in, aankomst, aangekomen, binnen, toegetreden, toetred, deelname, "
    "ingelogd, begin, start, first seen, beitritt, eintritt, teilnahme, entrada, ingresso, 参加, 참가, 加入"
)
LEAVES = known(
    "leav, left, exit, depart, logout, logged out, logged off, vertrek, vertrokken, verlat, uitgelogd, "
    "einde, verlass, austritt, ende, sortie, quitt, salida, salio, uscita, saida, saiu, 退出, 나간, 離開, 离开"
)
_JOINS_SHORT = frozenset(known("in, van, vanaf, from, since, sinds, von, ab, de, komt, kwam"))
_LEAVES_SHORT = frozenset(known("out, uit, weg, tot, to, until, till, bis, end, eind, ging, gaat, fin, fine"))
LENGTHS = known(
    "duration, minut, duur, aanwezig, attended, presence, time in, dauer, anwesen, duree, duracion, "
    "durata, duracao, 時間, 기간"
)
TALKING = known("talk, speak, voice, spreek, gesproken, aan het woord, redezeit, parole")
_SUMS = frozenset(
    known(
        "totaal, eindtotaal, subtotaal, total, totals, subtotal, totale, totaux, gesamt, insgesamt, summe, sum, somme, "
        "gemiddelde, gemiddeld, average, mean, durchschnitt, moyenne, promedio, mediaan, median, mediana, aantal, count"
    )
)
_OF_SUMS = frozenset(
    known(
        "grand, of, de, het, van, per, the, in, der, des, deelnemers, deelnemer, participants, participant, personen, "
        "people, attendees, users, aantal, number, duur, duration, time, tijd, minuten, minutes, min, rapport, report, "
        "cijfer, cijfers, rapportcijfer, score, scores, nps, mark, aanwezig, aanwezigen, teilnehmer, personnes, "
        "responses, respondenten, respondents, antwoorden, answers, n"
    )
)
ANONYMOUS = known("anonym, anonie, anonim, анон, 匿名, 익명")


def says_utc(heading: str) -> bool:
    """Whether a heading says that the times under it are in UTC."""
    return bool(_UTC.search(heading))


def says_join(heading: str) -> bool | None:
    """Whether a heading is that of the times of coming, False of those of leaving, None where it says neither."""
    if has_word(heading, LEAVES):
        return False
    if has_word(heading, JOINS):
        return True
    words = set(re.findall(r"[^\W\d_]+", folded(heading)))
    return None if not words & (_JOINS_SHORT | _LEAVES_SHORT) else not words & _LEAVES_SHORT


def is_summary(name: str) -> bool:
    """Whether what stands where a name should is that of a row of totals or averages."""
    words = set(re.findall(r"[^\W\d_]+", folded(name)))
    return bool(words & _SUMS) and words <= _SUMS | _OF_SUMS


def has_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of some words stands in a text, as a part of a longer word too."""
    text = folded(text)
    return any(word in text for word in words)
