"""axe-core in a page: what it finds amiss, and the contrast of what it leaves open."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

LEAST_CONTRAST = 4.5
MEASURE = Path(__file__).with_name("contrast.js").read_text("utf-8")


def script():
    """Return axe-core itself; skips a test where it is not installed."""
    npm = shutil.which("npm")
    found = subprocess.run([npm, "root", "-g"], check=True, capture_output=True, text=True, timeout=60) if npm else None
    place = Path(found.stdout.strip()) / "axe-core" / "axe.min.js" if found else None
    if place is None or not place.exists():
        pytest.skip("axe-core is not installed (npm install -g axe-core)")
    return place.read_text("utf-8")


def check_by(axe, opened):
    """See that axe finds no violation, and that what it can't measure has contrast enough; return what that is."""
    opened.run(axe)
    told = opened.run("axe.run()")
    assert [(one["id"], one["nodes"][0]["target"]) for one in told["violations"]] == []
    assert {one["id"] for one in told["incomplete"]} <= {"color-contrast"}
    left_open = [node["target"][0] for one in told["incomplete"] for node in one["nodes"]]
    measured = opened.run(f"({MEASURE})({json.dumps(left_open)})")
    assert [one for one in measured if one["contrast"] < LEAST_CONTRAST] == []
    return left_open
