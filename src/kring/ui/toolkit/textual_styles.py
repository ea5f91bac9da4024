"""The style sheets of Textual's own classes without what kring never shows; half of a first sheet is read for nothing.

Left out are its palette, its maximized and inline screens, its disabled and invalid widgets and its scroll bars without
colours. What stays says the same as Textual's own, of which it was taken.
"""

from __future__ import annotations

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input

APP = """
App {
    background: $background;
    color: $foreground;
    &:ansi { background: ansi_default; color: ansi_default; }
}
"""
SCREEN = """
Screen {
    layout: vertical;
    overflow-y: auto;
    background: $background;
    & > .screen--selection { background: $screen-selection-background; color: $screen-selection-foreground; }
    &:ansi {
        background: ansi_default;
        color: ansi_default;
        &.-screen-suspended { text-style: dim; }
    }
}
"""
INPUT = """
Input {
    background: $surface;
    color: $foreground;
    width: 100%;
    height: 1;
    scrollbar-size-horizontal: 0;
    pointer: text;
    &:focus { background-tint: $foreground 5%; }
    & > .input--cursor {
        background: $input-cursor-background;
        color: $input-cursor-foreground;
        text-style: $input-cursor-text-style;
    }
    & > .input--selection { background: $input-selection-background; color: $input-selection-foreground; }
    & > .input--placeholder { color: $text-disabled; }
    &:ansi {
        background: ansi_default;
        color: ansi_default;
        & > .input--cursor { background: ansi_white; color: ansi_black; }
        & > .input--placeholder { color: ansi_default; text-style: dim; }
    }
}
"""
"""A line without a frame, which Textual calls compact."""

OURS: dict[type[DOMNode], str] = {App: APP, Screen: SCREEN, Input: INPUT}


def install() -> None:
    """Have these classes look as they do here."""
    for kind, sheet in OURS.items():
        kind.DEFAULT_CSS = sheet
