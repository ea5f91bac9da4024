"""What a click does on the live screen: it gives the floor, shows a tab, presses a key, or puts a cursor somewhere."""

from __future__ import annotations

from textual import events

from kring.commands import table
from kring.ui import help as help_pages
from kring.ui.command_runner import CommandRunner
from kring.ui.live.panels import LivePanels
from kring.ui.views import floor
from kring.ui.widgets.panel import Panel


def clicked(screen: LivePanels, runner: CommandRunner, at: Panel.Clicked) -> None:
    """Do what a click in a panel does; who types goes on typing."""
    panel, moment = at.panel, screen.moment()
    if panel is screen.floor:
        person = floor.seat_at(moment, *panel.size, at.x, at.y)
        if person is not None:
            runner.run(table.FLOOR, str(person.seat))
    elif panel is screen.guide:
        runner.attempt(lambda: screen.enter_tab("guide"))
    elif panel is screen.heading and (tab := screen.tab_at(at.x, panel.size.width)):
        if tab == "/":
            pressed(screen, tab)
            return
        runner.attempt(lambda: screen.enter_tab(tab))
    elif panel is screen.cues:
        runner.run(table.SEEN)
    elif panel is screen.board_panel and screen.board is not None and not screen.is_typing:
        runner.attempt(screen.enter)
        screen.board.has_keys = True
        screen.board.clicked(moment, *panel.size, at.x, at.y)
    screen.show()


def pressed(screen: LivePanels, name: str) -> None:
    """Press the key that a hint of the bar names."""
    key = help_pages.key_shown(name)
    if key:
        screen.app.post_message(events.Key(key, name if len(name) == 1 else None))
