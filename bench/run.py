"""Measures kring against floors in the same run and prints one table; status 1 when a limit is missed."""

import argparse
import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from measure import FULL, QUICK, SIZES, Effort, Row
from rows import ROWS
from table import as_json, circumstances, printed, write_into

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="up to 20,000 events, about ten minutes (the default)")
    length.add_argument("--full", action="store_true", help="up to 200,000 events, about an hour")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures here too")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md too")
    parser.add_argument("--only", action="append", metavar="NAME", choices=ROWS, help=f"one of: {', '.join(ROWS)}")
    parser.add_argument("--size", action="append", type=int, choices=SIZES, help="only sessions of so many events")
    arguments = parser.parse_args()
    if arguments.write and (arguments.only or arguments.size):
        parser.error("--write needs the whole table, without --only or --size")
    effort = FULL if arguments.full else QUICK
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that no session and no program stays behind
    effort = replace(effort, sizes=tuple(arguments.size or effort.sizes))
    about = circumstances() | {"sessions up to (events)": max(effort.sizes)}
    rows = [row for name in arguments.only or ROWS for row in measured(name, effort)]
    about["load at the end"] = os.getloadavg()[0]
    print(printed(rows, about))
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(as_json(rows, about), indent=1, ensure_ascii=False) + "\n")
    if arguments.write:
        write_into(PAGE, rows, about)
    return 1 if any(row.holds is False for row in rows) else 0


def measured(name: str, effort: Effort) -> list[Row]:
    """Measures once, and once more when a limit was missed while others used the processors."""
    print(f"… {name}", file=sys.stderr, flush=True)
    rows = ROWS[name](effort)
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    if busy and any(row.holds is False for row in rows):
        print(f"… {name} again: the machine was busy", file=sys.stderr, flush=True)
        rows = ROWS[name](effort)
    return rows


if __name__ == "__main__":
    sys.exit(main())
