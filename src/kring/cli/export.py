"""What `kring export` does: reads a session file once and writes it in another form."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from kring.cli.leaving.written import say_written
from kring.domain.text import KringError, clean
from kring.exports.formats import FORMATS
from kring.plans.file import refuse_plan
from kring.privacy.snapshot import Snapshot, read
from kring.system.output_files import Progress, replacing

_OF_OTHERS = {".xls", ".ods", ".docx", ".pdf", ".html", ".md"}


def export_command(asked: Namespace) -> int:
    """Write a session file in the form that was asked for, beside it or where `-o` says."""
    form = FORMATS[asked.to]
    _require_ending(asked.out, asked.to)
    snapshot = read(asked.file, asked.names, asked.columns)
    out = target(snapshot, asked.out, form.suffix)
    write = form.load()
    refuse_plan(out, snapshot.state)
    with replacing(out, force=asked.force) as file:
        write(snapshot, file, progress_on_screen(out))
    say_written(out, snapshot)
    return 0


def _require_ending(out: str | None, to: str) -> None:
    """Refuse a name that promises another form, such as .csv for a ZIP of tables."""
    own = _ending(FORMATS[to].suffix)
    promised = _OF_OTHERS.union(_ending(form.suffix) for form in FORMATS.values()) - {own}
    if out and not Path(out).is_dir() and Path(out).suffix.lower() in promised:
        raise KringError(
            "{form} is written as {ending}; no program reads that under the name {file}. Call it {other}.",
            form=to,
            ending=own,
            file=Path(out).name,
            other=Path(out).stem + FORMATS[to].suffix,
        )


def _ending(suffix: str) -> str:
    return f".{suffix.rpartition('.')[2]}"


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
