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
WAITING = known(
    "waiting, wacht, warte, attente, espera, attesa, oczekuj, poczek, vanterum, vantrum, vente, odota, ожида, "
    "待, 대기, 等候"
)
ACTS = known(
    "action, actie, aktion, acción, azione, ação, akcja, handling, handeling, activiteit, toiminto, åtgärd, действ, "
    "アクション, 작업, 操作"
)
ANONYMOUS = known("anonym, anonie, anonim, анон, 匿名, 익명")


def says_utc(heading: str) -> bool:
    """Whether a heading says that the times under it are in UTC."""
    return bool(_UTC.search(heading))


def has_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of some words stands in a text, as a part of a longer word too."""
    text = folded(text)
    return any(word in text for word in words)
