"""What is on now, or the link of a check: opened in a browser or in the viewer of its file, or copied."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from textual.app import App

from kring.domain.measures.group.showings import AtHand, at_hand
from kring.domain.rows import CheckRow
from kring.domain.state import State
from kring.domain.text import Refused, one_line
from kring.system.i18n import _
from kring.ui.widgets.line import Line, line


def open_now(state: State, check: CheckRow | None, folder: Path, copy_keys: str) -> Line:
    """Open the link, or the file beside the plan; where there is no screen for it, name the keys that copy."""
    from kring.ui import browser

    found = _found(state, check, at_hand(state))
    path = None if found.link else browser.file_in(folder, found.file)
    if not browser.can_open():
        raise Refused("There is no screen for a browser here; {keys} copies the link.", keys=copy_keys)
    if path is not None:
        browser.open_file(path)
    else:
        browser.open_link(found.link)
    return line(_("Opened: {link}").format(link=_told(found)))


def copy(state: State, check: CheckRow | None, app: App[None]) -> Line:
    """Copy the link to the clipboard of the terminal."""
    found = _found(state, check, at_hand(state, with_files=False))
    app.copy_to_clipboard(found.link)
    return line(_("Copied: {link}").format(link=_told(found)))


def _found(state: State, check: CheckRow | None, now: AtHand | None) -> AtHand:
    found = AtHand("", one_line(check.url)) if check is not None and check.url else now
    if found is None or not (found.file or found.link.startswith(("http://", "https://"))):
        raise Refused("There is no link here.")
    return replace(found, link=one_line(found.link))


def _told(found: AtHand) -> str:
    return " ".join(part for part in (one_line(found.title), found.link or one_line(found.file)) if part)
