"""The floor of a full-screen program: one label that shows how many keys were pressed."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Label


class LabelApp(App[None]):
    """Shows `key 1`, `key 2`, … and nothing else."""

    keys = 0

    def compose(self) -> ComposeResult:
        yield Label("ready.")

    def on_key(self, event: Key) -> None:
        if event.character == "x":
            self.keys += 1
            self.query_one(Label).update(f"key {self.keys}.")


if __name__ == "__main__":
    LabelApp().run()
