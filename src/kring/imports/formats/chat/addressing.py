"""To whom a message in a chat was written: to everybody, or to somebody, in the languages of the platforms.

Only what is certainly to everybody is public. What nobody can tell is private: not to know is no consent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from kring.domain.text import N_, folded, one_line

UNCLEAR = N_("It is not clear who wrote this, and to whom.")
BETWEEN: dict[str, str] = {
    "from": "to",
    "van": "aan naar tot",
    "von": "an",
    "de": "a à para",
    "da": "a per",
    "från": "till",
    "fra": "til",
    "od": "do komu pro za",
    "от": "к кому для до",
    "від": "до для",
    "開始": "終了",
    "来自": "到 至 给 發送給 发送给",
    "從": "到 至 給",
    "시작": "종료 수신자",
    "dari": "ke kepada",
    "từ": "đến tới",
    "kimden": "kime",
    "gönderen": "al\u0131c\u0131",
    "lähettäjä": "vastaanottaja",
    "feladó": "címzett",
    "από": "προς σε",
}
"""The words that say from whom a message is, each with those that say to whom."""
_ALL_BETWEEN = frozenset(word for words in BETWEEN.values() for word in words.split())
_EVERYBODY = frozenset(
    folded(word.strip())
    for word in """
    everyone, everybody, all, all participants, all attendees, all panelists, all panelists and attendees,
    everyone in meeting, everyone in the meeting, everyone in waiting room, meeting group chat,
    group chat, iedereen, allen, allemaal, alle deelnemers, alle panelleden, alle panelleden en deelnemers,
    iedereen in vergadering, iedereen in de vergadering, iedereen in wachtruimte, iedereen in de wachtruimte,
    groepschat, alle, alle teilnehmer, alle teilnehmenden, jeder, jeden, alle diskussionsteilnehmer, an alle,
    alle im meeting, alle in der besprechung, gruppenchat, tous, tout le monde, tous les participants, tous les
    panélistes, todos, todo el mundo, todos los participantes, todos los panelistas, todo mundo, todas as pessoas,
    toda a gente, todos os participantes, tutti, tutti i partecipanti, alla, alla deltagare, alle deltakere,
    alle deltagere, kaikki, kaikille, wszyscy, wszystkich, wszystkim, do wszystkich, všichni, všem, všetci, všetkým,
    все, всем, всех, всички, \u0443\u0441\u0456, всі, всім, svi, svima, vsi, mindenki, mindenkinek, toți, toată lumea,
    tuturor, herkes, herkese, όλοι, όλους, semua, semua orang, setiap orang, mọi người, tất cả mọi người, tất cả,
    tothom, 皆様, 全員, みんな, すべてのユーザー, すべての参加者, 所有人, 每个人, 每個人, 大家, 全体, 全體, 全部,
    全ての人, 모두, 모든 사람, 전체, 모든 참가자, الجميع, כולם, ทุกคน, सभी, visi, kõik, öllum, allir
    """.replace("\n", " ").split(",")
)
_SUFFIX = re.compile(r"\s*[(\uff08]\s*([^()\uff08\uff09]*?)\s*[)\uff09]\s*$")
_BRACKETS = re.compile(r"\s*[(\uff08\[]\s*([^()\uff08\uff09\[\]]*?)\s*[)\uff09\]]\s*")
_IN_OTHER_LETTERS = "прям|личн|приват|ダイレクト|プライベート|私|직접|비공개|다이렉트|개인"
_SAYS_PRIVATE = re.compile(
    rf"priv|d[ie]re[ck]t|dirett|diret|bezpo|özel|yksityi|magán|soukrom|súkrom|vertrouwelijk|confiden|\bdm\b"
    rf"|{_IN_OTHER_LETTERS}",
    re.IGNORECASE,
)
_MESSAGE = (
    r"(?:private|direct|personal) (?:message|chat)|(?:priv[ée]-?|direct) ?(?:bericht|chat)|(?:direkt|privat)nachricht|"
    r"message (?:priv[ée]|direct)|(?:mensaje|messaggio|mensagem) (?:priva[dt]o|direc?to|diretto)"
)
_ASIDE = (
    r"vertrouwelijk|confidential(?:ly)?|rechtstreeks|onderling|onder vier ogen|fluister\w*|whisper\w*|flüster\w*"
    r"|(?:alleen|enkel|only|nur|seulement|solo|solamente)\s(?:aan|voor|to|for|an|für|à|pour|a|para)\s\S.*"
)
_ONLY_OF = (
    r"(?:alleen|enkel|only|nur)\s(?:(?:de|the|die|den)\s)?(?:(?:co-?)?hosts?|moderators?|gespreksleid\w+|gastheer|panel\w*|team"
    r"|organi[sz]\w+|assistent\w*|assistants?|you|u|jou|mij|me|dich|sie)"
)
_PRIVATE = rf"privately|(?:in )?priv[ée]|private?|priva[dt]o|dm|{_MESSAGE}|{_ASIDE}"
_IN_BRACKETS = re.compile(rf"(?:{_PRIVATE}|direct|1:1|{_ONLY_OF}|.*(?:{_IN_OTHER_LETTERS}).*)", re.IGNORECASE)
_IN_FRONT = re.compile(rf"(?:{_MESSAGE}|dm|priv[ée])\b[\s:–-]+(?:(?:from|van|von|de|da)\s)?(?=\S)", re.IGNORECASE)
_BEHIND = re.compile(rf"[\s,–-]+(?:{_PRIVATE})$", re.IGNORECASE)
_BEHIND_TIME = re.compile(
    rf".*\d[:.]\d\d(?:\s?[ap]\.?\s?m\b\.?)?[\])]?[\s,·|–-]+[(\[]?(?:{_PRIVATE})"
    r"(?:\s(?:with|met|mit|to|aan|an|à|a|para)\s.+)?[)\]]?:?",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?<!\w)(?:(?P<sure>{_MESSAGE}|privately|alleen zichtbaar|only visible|whisper(?:ed|s)?)"
    rf"|(?:in )?priv[ée]|private|privat|priva[dt]o|vertrouwelijk|rechtstreeks|direct|dm)(?!\w)",
    re.IGNORECASE,
)
_AROUND = """
    to aan naar voor an für à a pour para per from van von de da with met mit avec you u jou me mij sie dich vous
    host gastheer moderator only alleen nur sent verzonden gestuurd een and en und et
"""
"""The words that stand around a mark of a direct message, besides names."""
_ALL_AROUND = frozenset(_AROUND.split())
_BESIDE = re.compile(r"[:\uff1a→>()\[\]–-]")
_TIMES = re.compile(r"^(?:\S*\d\S*\s+|[\W\d]+)+")
_LONGEST = 300  # two names, and what stands around them
_ARROW = re.compile(r"\s*(?:→|➔|➜|⇒|»|[-=]+>|>)\s*")
_TO = re.compile(r"\s+(to|aan|naar|an|à|till|til|para|для)\s+", re.IGNORECASE)
_SURE_TO = ("to", "aan", "naar")
_OPENS_WITH_TO = re.compile(
    r"(?:sent |verzonden |gestuurd )?(?:to|aan|naar|an|à|till|til|para)\s+(\S.*)"
    r"|(?:only|alleen|nur|solo)\s+((?:to\s|aan\s)?(?:you|u|jou|me|mij|sie|dich|host|gastheer)\b.*)",
    re.IGNORECASE,
)


class Addressed(NamedTuple):
    """Who wrote a message, to whom ("" where that is not said), and whether it was not meant for all."""

    author: str
    recipient: str
    is_private: bool


def without_suffix(recipient: str) -> tuple[str, str]:
    """Return a name without what stands in brackets behind it, and that."""
    found = _SUFFIX.search(recipient)
    return (recipient, "") if found is None else (recipient[: found.start()].strip(), found[1])


def says_private(recipient: str) -> bool:
    """Whether brackets behind a name say, in one of the languages known, that only this person reads it."""
    return _SAYS_PRIVATE.search(without_suffix(recipient)[1]) is not None


def is_everybody(recipient: str) -> bool:
    """Whether a message that goes to this recipient, or this channel, goes for certain to all who are there."""
    bare = without_suffix(recipient)[0]
    if bare.startswith("#") and len(bare) > 1:
        return not says_private(recipient)
    return not says_private(recipient) and folded(one_line(bare)) in _EVERYBODY


def addressed(
    label: str, is_person: Callable[[str], bool], is_listed: Callable[[str], bool] | None = None
) -> Addressed | None:
    """Return who wrote to whom, where a label above a message says more than a name; None where it is a name alone.

    `is_person` tells who is known to be somebody, in the session or in the file; `is_listed` who in the session, for
    somebody may be called An.
    """
    label = one_line(label)
    found = _from_to(label) or _marked(label) or _to(label, is_person)
    if found is None and says_alone(label):
        return Addressed(label, "", is_private=True)
    return found or (None if is_listed is not None and is_listed(label) else _only_to(label, is_person))


def may_say_to_whom(label: str) -> bool:
    """Whether a label has a word in its midst that stands between two names in some language, and a name behind it."""
    words = label.split()
    places = (place for place in range(1, len(words) - 1) if words[place].casefold() in _ALL_BETWEEN)
    return any(all(word.strip("[(")[:1].isupper() for word in words[place + 1 :]) for place in places)


def is_marked_behind(line: str) -> bool:
    """Whether a line says behind a time that a message is private: `Joke 19:35 (privately)`."""
    return _BEHIND_TIME.fullmatch(line.strip()[:_LONGEST]) is not None


def opens_private(line: str) -> bool:
    """Whether a line is above a direct message, or has one behind it, though its time cannot be read."""
    if is_marked_behind(line):
        return True
    if ":" not in line and "\uff1a" not in line:
        return False
    head = _TIMES.sub("", line.strip())[:_LONGEST]
    for colon in re.finditer("[:\uff1a]", head):
        label = one_line(head[: colon.start()])
        told = (_from_to(label) or _marked(label)) if label else None
        is_apart = head[: colon.start()][-1:].isspace()  # as on one line with the words
        if (told is not None and told.is_private) or (is_apart and may_say_to_whom(label)):
            return True
    return False


def says_alone(line: str) -> bool:
    """Whether a line says that what stands around it is a direct message, and nothing else: `Privébericht aan Jan`."""
    line = line.strip(" \t*_")[:_LONGEST]
    found = _ALONE.search(line)
    if found is None:
        return False
    rest = f"{line[: found.start()]} {line[found.end() :]}"
    words = re.findall(r"\w+", rest)
    are_names = all(word.casefold() in _ALL_AROUND or word[0].isupper() or word[0].isdigit() for word in words)
    has_form = (
        found["sure"] or not words or _BESIDE.search(rest) or any(word.casefold() in _ALL_AROUND for word in words)
    )
    return are_names and bool(has_form)


def opens_with_mark(text: str) -> bool:
    """Whether a message begins with brackets that say that it is a direct one: `(private to Els) thanks`."""
    inside = _BRACKETS.match(text)
    return inside is not None and bool(inside[1]) and says_alone(inside[1])


def _from_to(label: str) -> Addressed | None:
    """Read `From Joke to Tom`, in the languages of which both words are known."""
    lead, _blank, rest = label.partition(" ")
    words = BETWEEN.get(lead.casefold(), "").split()
    found = next(
        (one for one in reversed(list(re.finditer(r"(?<=\s)\S+(?=\s)", rest))) if one[0].casefold() in words),
        None,
    )
    if found is None:
        return None
    author, recipient = rest[: found.start()].strip(), rest[found.end() :].strip()
    return _sent(author, recipient) if author and recipient else None


def _sent(author: str, recipient: str) -> Addressed:
    if is_everybody(recipient):
        return Addressed(author, "", is_private=False)
    return Addressed(author, without_suffix(recipient)[0] or recipient, is_private=True)


def _marked(label: str) -> Addressed | None:
    """Read a name that is marked: `Joke (privately)`, `Joke (to Tom)`, `Private message from Joke`."""
    for inside in _BRACKETS.finditer(label):
        bare = one_line(f"{label[: inside.start()]} {label[inside.end() :]}")
        if (to := _OPENS_WITH_TO.fullmatch(inside[1])) is not None:
            return _sent(bare or label, to[1] or to[2])
        if _IN_BRACKETS.fullmatch(inside[1]) is not None or says_alone(inside[1]):
            return Addressed(bare or label, "", is_private=True)
    found = _IN_FRONT.match(label) or _BEHIND.search(label)
    if found is None:
        return None
    bare = label[: found.start()] + label[found.end() :]
    to = _TO.search(bare)
    author, recipient = (bare, "") if to is None else (bare[: to.start()], bare[to.end() :])
    return Addressed(author, recipient, is_private=True)


def _to(label: str, is_person: Callable[[str], bool]) -> Addressed | None:
    """Read `Joke → Tom` and `Joke to Tom`; a word between two names only where it is not part of one."""
    arrow = _ARROW.search(label)
    if arrow is not None and (author := label[: arrow.start()]) and (recipient := label[arrow.end() :]):
        may_be_part = arrow[0].strip() in {">", "»"}  # of a name, as of a department
        if not may_be_part or is_everybody(recipient) or is_person(author) or is_person(recipient):
            return _sent(author, recipient)
    for found in _TO.finditer(label):
        author, recipient = label[: found.start()], label[found.end() :]
        bare = without_suffix(recipient)[0]
        known = is_person(author) + is_person(bare)
        is_sure = found[1].casefold() in _SURE_TO
        are_names = author[:1].isupper() and bare[:1].isupper()
        if is_everybody(recipient) or known == 2 or (is_sure and (known or are_names)):
            return _sent(author, recipient)
    return None


def _only_to(label: str, is_person: Callable[[str], bool]) -> Addressed | None:
    """Read `To Tom`."""
    to = _OPENS_WITH_TO.fullmatch(label)
    if to is not None and to[1] and (is_everybody(to[1]) or is_person(without_suffix(to[1])[0])):
        return _sent(label, to[1])
    return None
