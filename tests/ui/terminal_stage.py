"""A small app on a real pseudo-terminal, run as a program by `test_terminal`."""

import os
import sys

from textual import events
from textual.app import ComposeResult

from kring.ui import terminal, theme
from kring.ui.widgets.line import line
from kring.ui.widgets.line_input import LineInput
from kring.ui.widgets.panel import Panel

SECRET = "Fatima zegt iets persoonlijks"


class Small(terminal.TerminalApp):
    CSS = "Panel { height: 1; }"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.SURFACES

    def compose(self) -> ComposeResult:
        yield Panel([line("READY")])
        yield LineInput(id="typed")

    def on_mount(self) -> None:
        self.query_one(LineInput).focus()

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        spoken = SECRET
        if event.value == "crash":
            raise ValueError(f"cannot read {spoken}")
        if event.value == "noise":
            os.write(2, b"ALSA lib: NOISE\n")
        self.query_one(Panel).show([line(f"GOT<{event.value}>")])
        event.input.value = ""

    def on_key(self, event: events.Key) -> None:
        if event.key == "f10":
            self.exit()


if __name__ == "__main__":
    app = Small()
    with terminal.quiet_threads():
        app.run()
    print(f"CLOSED {app.return_code}", file=sys.stdout, flush=True)
    sys.exit(app.return_code or 0)
