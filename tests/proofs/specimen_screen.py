"""The specimen with a screen: each `x` is a note, shown once it is saved, or before that if flawed.

Usage: specimen_screen.py FILE.db [normal | background].
"""

import sys
import threading
import time

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Label

from kring.system.sqlite import sqlite3


class SpecimenScreen(App[None]):
    """One label that says what was noted last."""

    def __init__(self, path: str, flaw: str = "") -> None:
        super().__init__()
        self.flaw = flaw
        self.notes = 0
        self.session = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.session.execute("pragma journal_mode = wal")
        self.session.execute(f"pragma synchronous = {'normal' if flaw == 'normal' else 'full'}")
        self.session.execute("create table if not exists notes (id integer primary key, text text not null)")

    def compose(self) -> ComposeResult:
        yield Label("ready.")

    def on_key(self, event: Key) -> None:
        if event.character != "x":
            return
        text = f"proof 0000-{self.notes:04}"
        self.notes += 1
        if self.flaw == "background":
            threading.Thread(target=self.commit_late, args=(text,)).start()
        else:
            self.commit(text)
        self.query_one(Label).update(f"{text}.")

    def commit(self, text: str) -> None:
        self.session.execute("insert into notes (text) values (?)", (text,))

    def commit_late(self, text: str) -> None:
        time.sleep(0.02)
        self.commit(text)


if __name__ == "__main__":
    SpecimenScreen(*sys.argv[1:]).run()
