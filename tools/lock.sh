#!/usr/bin/env bash
# Write requirements.lock: the newest versions that pyproject.toml allows, with everything they need.
set -euo pipefail
cd "$(dirname "$0")/.."
report=$(mktemp)
trap 'rm -f "$report"' EXIT
.venv/bin/python -m pip install --quiet --dry-run --ignore-installed --report "$report" '.[dev]'
.venv/bin/python - "$report" <<'PYTHON'
import json
import re
import sys
from pathlib import Path

OURS = {"kring", "pip"}
lock = Path("requirements.lock")
heading = [line for line in lock.read_text().splitlines() if line.startswith("#")]
found = [package["metadata"] for package in json.loads(Path(sys.argv[1]).read_text())["install"]]
pins = {re.sub(r"[-_.]+", "-", package["name"]).lower(): package["version"] for package in found}
lock.write_text("\n".join([*heading, *(f"{name}=={pins[name]}" for name in sorted(pins.keys() - OURS))]) + "\n")
PYTHON
