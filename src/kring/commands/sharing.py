"""The command that lets others join from a laptop of their own, and what may stand behind it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from kring.commands import cut
from kring.commands.command import LINES, LIVE, Command, FaceAction
from kring.domain.text import N_, Refused, one_line

Role = Literal["moderator", "assistant", "observer"]
JOINING: tuple[Role, ...] = ("assistant", "moderator", "observer")
"""Who can join, first who is mostly waited for."""


def joined_with(role: Role, code: str) -> str:
    """Return what somebody types to come in with a code: an observer only watches."""
    return f"kring {'observe' if role == 'observer' else 'join'} {code}"


NEW = ("new", "nieuw")
ROLES: dict[str, Role] = {
    "moderator": "moderator",
    "gespreksleider": "moderator",
    "assistant": "assistant",
    "assistent": "assistant",
    "observer": "observer",
    "meekijker": "observer",
}


Carry = Literal["send", "fetch", "stop"]
CARRIES: dict[str, Carry] = {
    "send": "send", "stuur": "send", "verstuur": "send", "sturen": "send",
    "fetch": "fetch", "haal": "fetch", "ophalen": "fetch",
    "stop": "stop",
}  # fmt: skip


class Wish(NamedTuple):
    """What is asked: to share at an address, "" = where it can be; a new code for a role; or to bring the recordings
    to another laptop, or from there, or to stop that.
    """

    address: str = ""
    new: Role | None = None
    carry: Carry | None = None


def wish(text: str) -> Wish:
    """Return what is asked behind the command's word; raises Refused where that is not understood."""
    words = text.split()
    match words:
        case []:
            return Wish()
        case [word, role] if word.casefold() in NEW and role.casefold() in ROLES:
            return Wish(new=ROLES[role.casefold()])
        case [word] if word.casefold() in CARRIES:
            return Wish(carry=CARRIES[word.casefold()])
        case [address] if _is_address(address):
            return Wish(address)
    raise Refused(
        "{word} is not understood here: an address such as 192.168.1.20 may follow, or new and a role: new assistant; "
        "or send, fetch or stop, for the recordings.",
        word=one_line(text),
    )


def _is_address(text: str) -> bool:
    import ipaddress  # for whoever shares

    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


SHARE = Command("share", N_("share"),
    N_("Let others join from their own laptops, and show the codes; `new assistant` makes a new one; `send` and "
       "`fetch` carry the recordings."),
    "session", LIVE | LINES, None, cut.optional, (), (), ("delen",), "share 192.168.1.20",
    action=FaceAction.SHARE)  # fmt: skip
