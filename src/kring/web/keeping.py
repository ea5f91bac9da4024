"""Keeps the pages as the session and the links are: what changed is shown, whose link ended sees no more."""

from __future__ import annotations

import asyncio

from kring.domain.rows import QuestionStatus
from kring.domain.text import N_, KringError, Sentence
from kring.observing.source import Asked, Seen, Source
from kring.system.clock import Clock
from kring.system.i18n import _
from kring.web.hub import MINE, Hub
from kring.web.invitations import Invitation, Invitations
from kring.web.shown import Shown, clock_for_room, shown

LOOK_S = 0.25
"""How often the links are looked at: who may no longer look is gone within a second."""
MOST_LINES = 200
STATUS: dict[QuestionStatus, str] = {
    "new": N_("sent; nobody decided yet"),
    "accepted": N_("accepted: the moderator has it"),
    "asked": N_("asked in the group"),
    "declined": N_("not asked"),
}


class Keeping:
    """Brings what a source gives to the pages, and what observers type to the source."""

    def __init__(self, source: Source, invitations: Invitations, hub: Hub, clock: Clock) -> None:
        self._source, self._invitations, self._hub, self._clock = source, invitations, hub, clock
        self.lost: Sentence | None = None

    async def ask(self, who: Invitation, text: str) -> None:
        """Take a question to the team."""
        await self._source.ask(who.name, text)

    async def talk(self, who: Invitation, text: str) -> None:
        """Take what is said to the other observers."""
        await self._source.say(who.name, text)

    async def follow(self) -> None:
        """Show each change of the session, for ever."""
        number = -1
        while True:
            seen = await self._source.changed(number)
            number = seen.number
            self._show(seen)

    async def watch(self) -> None:
        """Go by the links as they are, for ever; where they can't be read nobody sees anything."""
        shown_for: tuple[Invitation, ...] | None = None
        while True:
            try:
                self._invitations.look()
                invited = self._invitations.all
            except KringError:
                invited = ()
            if invited is not shown_for:
                self._show(self._source.seen)
            shown_for = invited
            self._show_who_watch(self._hub.check(invited))
            await asyncio.sleep(LOOK_S)

    def _show_who_watch(self, looking: tuple[str, ...]) -> None:
        """Show who watches, on these pages and elsewhere, and let those who are elsewhere know who does here."""
        self._source.watch_as(looking)
        here = [self._source.called(name) for name in looking]
        elsewhere = [one.name for one in self._source.seen.view.watching if one.name not in here]
        self._hub.put("watching", [*here, *elsewhere])

    def _show(self, seen: Seen) -> None:
        self.lost = seen.lost  # an address may stand in it, which is for who serves the page
        lost = _("The session can't be followed now; what you see may be old.") if seen.lost is not None else ""
        moment = {"at": self._clock.wall_ms(), "lost": lost}
        self._hub.put("view", shown(seen.view) | moment)
        self._hub.put("clock", clock_for_room(seen.view) | moment)
        room = self._source.back_room
        self._hub.put("talk", None if room is None else [{"who": a.who, "text": a.text} for a in room[-MOST_LINES:]])
        for each in self._invitations.all:
            if each.name:
                self._hub.put(f"{MINE}:{each.id}", [_asked(one) for one in self._source.questions(each.name)][::-1])


def _asked(one: Asked) -> Shown:
    told = _(STATUS[one.status]) if one.at else _("not with the team yet")
    return {"text": one.text, "status": one.status, "told": told, "reason": one.reason}
