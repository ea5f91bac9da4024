"""`python -m kring` is `kring`."""

import os
import sys
from contextlib import suppress

import kring

here = ""
with suppress(OSError):  # a folder that was deleted
    here = os.getcwd()  # noqa: PTH109 - as it stands in sys.path
if os.path.dirname(os.path.dirname(kring.__file__)) != here:  # noqa: PTH120
    sys.path[:] = [place for place in sys.path if place not in ("", here)]  # what lies here is no part of the program

from kring.cli.main import main  # noqa: E402

sys.exit(main())
