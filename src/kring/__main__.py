"""`python -m kring` is `kring`."""

import sys

from kring.cli import main

sys.exit(main())
