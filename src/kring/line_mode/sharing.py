"""Sharing a session in typed lines: the codes in one line, and news when the others can no longer be reached."""

from __future__ import annotations

from collections.abc import Callable

from kring.commands.sharing import JOINING, joined_with, wish
from kring.domain.text import Refused
from kring.system.i18n import _, say
from kring.team.sharing import Sharing, carry


class SharedLines:
    """What line mode says of the sharing of a session; `tell` hears news. Nothing is shared in simulated time."""

    def __init__(self, sharing: Sharing | None, tell: Callable[[str], None]) -> None:
        self._sharing = sharing
        self._tell = tell
        self._condition = ""
        self._others: dict[str, int] = {}
        if sharing is not None:
            sharing.hear = lambda sentence: tell(say(sentence))

    @property
    def is_begun(self) -> bool:
        """Whether the session is shared or joined from here."""
        return self._sharing is not None and self._sharing.is_on

    def look(self) -> None:
        """Look after what shares, and tell when the others can be reached, or no longer."""
        if self._sharing is None:
            return
        self._sharing.tick()
        now = self._sharing.status
        if now is not None and (now.condition, now.others) != (self._condition, self._others):
            if self._condition or now.condition != "offline":  # it begins offline
                self._tell(say(self._sharing.told()))
            self._condition, self._others = now.condition, now.others

    def answer(self, text: str) -> str:
        """Share the session, or say with which codes people join and how it stands."""
        wanted, sharing = wish(text), self._sharing
        if sharing is None:
            raise Refused("Nothing is shared in a rehearsal.")
        if wanted.carry is not None:
            return say(carry(sharing, wanted.carry))
        is_begun = sharing.is_on and self._condition != ""
        said: list[str] = []
        if wanted.new is not None:
            said.append(say(sharing.renew(wanted.new)))
        elif not sharing.is_on:
            sharing.share(wanted.address)
        elif wanted.address:
            raise Refused("This session is shared already: {how}.", how=sharing.told())
        if not is_begun:  # how it stands later is known at once
            sharing.wait()
        if sharing.problem is not None:
            raise Refused(sharing.problem.template, **sharing.problem.values)
        codes = [f"{_(role)}: {joined_with(role, sharing.codes[role])}" for role in JOINING if role in sharing.codes]
        carried = [say(sharing.carried)] if sharing.carried is not None else []
        return " · ".join([*said, say(sharing.told()), *carried, *codes])

    def close(self) -> list[str]:
        """End what shares, and return what to say of acts that were not sent, and of the copies of others."""
        if self._sharing is None:
            return []
        self._sharing.close()
        left = self._sharing.left()
        return [say(sentence) for sentence in (left, *self._sharing.parted()) if sentence is not None]
