"""What `kring export` does: reads a session file once and writes it in another form."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from kring.domain.text import clean
from kring.exports.formats import FORMATS
from kring.plans.file import refuse_plan
from kring.privacy.roster_columns import told_held_back
from kring.privacy.snapshot import Snapshot, read
from kring.system.i18n import _
from kring.system.output_files import Progress, replacing


def export_command(asked: Namespace) -> int:
    """Write a session file in the form that was asked for, beside it or where `-o` says."""
    form = FORMATS[asked.to]
    snapshot = read(asked.file, asked.names, asked.columns)
    out = target(snapshot, asked.out, form.suffix)
    write = form.load()
    refuse_plan(out, snapshot.state)
    with replacing(out, force=asked.force) as file:
        write(snapshot, file, progress_on_screen(out))
    done = _("{file} is written, with names.") if asked.names else _("{file} is written, with codes for the names.")
    sys.stdout.write(clean("\n".join([done.format(file=out), *told_held_back(snapshot.held_back)])) + "\n")
    return 0


def target(snapshot: Snapshot, out: str | None, suffix: str) -> Path:
    """Return where an export goes: as asked, in the folder that was asked for, or beside the session file."""
    name = f"{snapshot.stem}{suffix}"
    if out is None:
        return snapshot.path.with_name(name)
    is_folder = out.endswith(("/", os.sep)) or Path(out).is_dir()
    return Path(out) / name if is_folder else Path(out)


def progress_on_screen(out: Path) -> Progress:
    """Return what shows on a terminal how far an export is, and shows nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // max(total, 1)
        if percent != shown:
            shown = percent
            end = "\r\x1b[K" if done >= total else ""
            sys.stderr.write(f"\r{clean(out.name)}: {percent} %{end}")
            sys.stderr.flush()

    return show
