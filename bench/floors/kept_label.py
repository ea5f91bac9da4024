"""The floor of a key: the label, and each key is in a file before the label shows it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from durable_insert import insertion
from label import LabelApp
from textual.events import Key


class KeptLabelApp(LabelApp):
    """Shows how many keys were pressed, none that is not on the disk."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.keep = insertion(folder)

    def on_key(self, event: Key) -> None:  # Textual calls this first, and then that of the label
        if event.character == "x":
            self.keep()


if __name__ == "__main__":
    KeptLabelApp(Path(sys.argv[1])).run()
