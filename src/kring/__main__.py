"""`python -m kring` is `kring`."""

import gc
import os
import sys
from contextlib import suppress

import kring


def main() -> int:
    """Set aside what no first screen needs, before anything else is read, and run one command."""
    gc.disable()  # reading modules makes no garbage, and looking for it takes some milliseconds
    from kring.cli.late_modules import LATE
    from kring.system import late

    late.install(LATE)
    from kring.cli.main import main as run

    gc.freeze()
    gc.enable()
    return run()


if __name__ == "__main__":
    here = ""
    with suppress(OSError):  # a folder that was deleted
        here = os.getcwd()  # noqa: PTH109 - as it stands in sys.path
    if os.path.dirname(os.path.dirname(kring.__file__)) != here:  # noqa: PTH120
        sys.path[:] = [
            place for place in sys.path if place not in ("", here)
        ]  # what lies here is no part of the program
    sys.exit(main())
