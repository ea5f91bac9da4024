"""What is typed about links, beside the page that is served or in the shell: every word is taken, or refused."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from kring.domain.text import N_, Refused, folded, one_line
from kring.system.i18n import _, language, ngettext
from kring.web import until
from kring.web.invitations import Invitation, Invitations

ROOM = ("room", "zaal")


class Word(msgspec.Struct, frozen=True):
    """A word, in English and in Dutch, with what stands behind it and what it does."""

    word: str
    dutch: str
    behind: str
    does: str


WORDS = (
    Word("add", "uitnodigen", N_("NAME [UNTIL]"), N_("make a link for one observer")),
    Word("room", "zaal", N_("[UNTIL]"), N_("make the link of the participants' room: clock and assignment only")),
    Word("list", "lijst", "", N_("say who was invited, and who looks now")),
    Word("revoke", "intrekken", N_("NAME"), N_("end a link at once")),
    Word("extend", "verlengen", N_("NAME UNTIL"), N_("let a link work longer")),
    Word("renew", "vernieuwen", N_("NAME [UNTIL]"), N_("give another link, and end the one before")),
    Word("help", "hulp", "", N_("say what can be typed")),
    Word("quit", "stop", "", N_("end the page")),
)


class Quit(Exception):
    """The typed line was `quit`."""


class LinkWords:
    """Answers typed lines about the links of one session; `day` is that of the session, `looking` who looks now."""

    def __init__(
        self,
        invitations: Invitations,
        now_ms: Callable[[], int],
        day: str = "",
        looking: Callable[[], frozenset[str]] | None = None,
    ) -> None:
        self._invitations, self._now, self._day, self._looking = invitations, now_ms, day, looking

    def answer(self, line: str) -> str:
        """Do what a line asks, and return what there is to say; raises Refused, and Quit."""
        typed, _blank, behind = one_line(line).partition(" ")
        word = next((each.word for each in WORDS if folded(typed) in {each.word, each.dutch}), "")
        if behind and word in {"list", "help", "quit"}:
            raise Refused("Nothing stands behind {word}.", word=typed)
        self._invitations.look()
        match word:
            case "add":
                return self._add(behind)
            case "room":
                return self._add_room(behind)
            case "list":
                return self._list()
            case "revoke":
                return self._revoke(behind)
            case "extend":
                return self._extend(behind)
            case "renew":
                return self._renew(behind)
            case "help":
                return help_told()
            case "quit":
                raise Quit
        raise Refused("{word} is no word here; type help.", word=typed)

    def _add(self, text: str) -> str:
        name, moment = until.split(text)
        if folded(name) in ROOM:
            return self._add_room(moment)
        if not name:
            raise Refused("Whose link is it? Give a name.")
        return self._made(name, self._invitations.add(name, self._until(moment)))

    def _add_room(self, moment: str) -> str:
        return self._made("", self._invitations.add("", self._until(moment)))

    def _renew(self, text: str) -> str:
        name, moment = until.split(text)
        one = self._meant(name)
        return self._made(one.name, self._invitations.renew(one, self._until(moment)))

    def _revoke(self, text: str) -> str:
        one = self._meant(text)
        self._invitations.revoke(one)
        return _("{who} no longer has a link; open pages end now.").format(who=called(one))

    def _extend(self, text: str) -> str:
        name, moment = until.split(text)
        if not moment:
            raise Refused("Until when? Write 2h, 90m, 22:30 or 2026-12-04 behind the name.")
        one, now = self._meant(name), self._now()
        until_ms = until.read(moment, now, max(now, one.until_ms))
        self._invitations.extend(one, until_ms)
        return f"{called(one)}: {until.told(until_ms, now)}"

    def _list(self) -> str:
        if not self._invitations.all:
            return _("Nobody was invited yet; type: add NAME")
        here = self._looking() if self._looking is not None else frozenset()
        lines = []
        for number, one in enumerate(self._invitations.all, 1):
            looks = f" · {_('looks now')}" if one.id in here else ""
            lines.append(f"{number}  {called(one)} · {until.told(one.until_ms, self._now())}{looks}")
        if self._looking is not None:
            lines.append(ngettext("{n} observer looks now.", "{n} observers look now.", len(here)).format(n=len(here)))
        return "\n".join(lines)

    def _meant(self, name: str) -> Invitation:
        if not name:
            raise Refused("Whose link is it? Give a name.")
        if folded(name) in ROOM:
            found = self._invitations.of_room()
            if found is None:
                raise Refused("The room has no link yet; type: room")
            return found
        return self._invitations.meant(name)

    def _until(self, moment: str) -> int:
        now = self._now()
        return until.read(moment, now, now) if moment else until.usual(now, self._day)

    def _made(self, name: str, token: str) -> str:
        one = self._invitations.of_token(token, self._now())
        assert one is not None
        link = self._invitations.link(token, for_room=not name)
        return f"{called(one)} · {until.told(one.until_ms, self._now())}\n{link}"


def called(one: Invitation) -> str:
    """Return whose a link is."""
    return one.name or _("the participants' room")


def help_told() -> str:
    """Return what can be typed, a line each."""
    dutch = language() == "nl"
    usages = [f"{each.dutch if dutch else each.word} {_(each.behind) if each.behind else ''}".strip() for each in WORDS]
    width = max(map(len, usages))
    return "\n".join(f"{usage.ljust(width)}  {_(each.does)}" for usage, each in zip(usages, WORDS, strict=True))
