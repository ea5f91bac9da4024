"""The link of a check, or of the meeting: opened in a browser, or copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kring.domain.text import Refused, one_line
from kring.session.commands import BY_WORD
from kring.system.i18n import _
from kring.ui import help as help_pages
from kring.ui.widgets.line import line

if TYPE_CHECKING:
    from kring.ui.live.commands import Acting


def open_in_browser(acting: Acting) -> None:
    """Open the link, where there is a screen for a browser."""
    link = _link(acting)
    if link is None:
        return
    from kring.ui import browser

    if not browser.can_open():
        copy = BY_WORD["copy"]
        keys = help_pages.keys_of(copy, acting.screen.key_table.shown) or _(copy.label)
        acting.refuse(Refused("There is no screen for a browser here; {keys} copies the link.", keys=keys))
        return
    browser.open_link(link)
    acting.screen.say(line(_("Opened: {link}").format(link=link)))


def copy(acting: Acting) -> None:
    """Copy the link to the clipboard of the terminal."""
    link = _link(acting)
    if link is not None:
        acting.screen.app.copy_to_clipboard(link)
        acting.screen.say(line(_("Copied: {link}").format(link=link)))


def _link(acting: Acting) -> str | None:
    listed = acting.screen.checks
    entry = listed.cursor if acting.screen.focused is listed else None
    link = (entry[1].url if entry and entry[1] else None) or acting.session.state.session.link
    if not link or not link.startswith(("http://", "https://")):
        acting.refuse(Refused("There is no link here."))
        return None
    return one_line(link)
