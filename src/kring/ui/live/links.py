"""The link of a check, or of the meeting: opened in a browser, or copied."""

from __future__ import annotations

from textual.app import App

from kring.domain.rows import CheckRow
from kring.domain.state import State
from kring.domain.text import Refused, one_line
from kring.system.i18n import _
from kring.ui.widgets.line import Line, line


def open_in_browser(state: State, check: CheckRow | None, copy_keys: str) -> Line:
    """Open the link, where there is a screen for a browser; else refuse, and name the keys that copy it."""
    from kring.ui import browser

    link = _link(state, check)
    if not browser.can_open():
        raise Refused("There is no screen for a browser here; {keys} copies the link.", keys=copy_keys)
    browser.open_link(link)
    return line(_("Opened: {link}").format(link=link))


def copy(state: State, check: CheckRow | None, app: App[None]) -> Line:
    """Copy the link to the clipboard of the terminal."""
    link = _link(state, check)
    app.copy_to_clipboard(link)
    return line(_("Copied: {link}").format(link=link))


def _link(state: State, check: CheckRow | None) -> str:
    link = (check.url if check else None) or state.session.link
    if not link or not link.startswith(("http://", "https://")):
        raise Refused("There is no link here.")
    return one_line(link)
