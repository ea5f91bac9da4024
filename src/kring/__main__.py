"""`python -m kring` is `kring`."""

import sys

from kring.cli.main import main

sys.exit(main())
