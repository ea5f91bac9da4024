"""Makes the stage of the widgets importable."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
