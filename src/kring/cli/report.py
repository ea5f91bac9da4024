"""What `kring report` and `kring coreq` do: write the report of a session, and ask what its file cannot know."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from kring.cli.leaving.written import say_written
from kring.domain.text import KringError
from kring.plans.file import refuse_plan
from kring.privacy.snapshot import Snapshot, read
from kring.report.content import report_of
from kring.report.parts import Report
from kring.report.sound import sound_beside
from kring.report.topline import ENDING, topline
from kring.system.output_files import replacing

USUAL = ".html"
FORMS = {".html": "html", ".htm": "html", ".docx": "word.document", ".md": "markdown"}


def report_command(asked: Namespace) -> int:
    """Write the report of a session in the form that the name of the file tells."""
    if asked.timeline and asked.reader == "client":
        raise KringError("A report for the client has no timeline: leave out --timeline, or --for client.")

    def made(snapshot: Snapshot, out: Path) -> Report:
        report = report_of(snapshot, asked.reader, with_annexes=asked.timeline)
        return replace(report, sound=sound_beside(snapshot, out)) if asked.reader == "team" else report

    return _written(asked, made, asked.columns)


def topline_command(asked: Namespace) -> int:
    """Write the topline of a session in the form that the name of the file tells."""
    return _written(asked, lambda snapshot, _out: topline(snapshot), (), ENDING)


def _written(
    asked: Namespace, made: Callable[[Snapshot, Path], Report], columns: Sequence[str], ending: str = ""
) -> int:
    if asked.out is not None and not asked.out.is_dir():
        writer(asked.out)  # which refuses a form that there is not before anything is read
    snapshot = read(asked.file, asked.names, columns)
    out = _target(snapshot, asked.out, ending)
    content = writer(out)(made(snapshot, out))
    refuse_plan(out, snapshot.state)
    with replacing(out, force=asked.force) as file:
        file.write(content)
    say_written(out, snapshot)
    return 0


def _target(snapshot: Snapshot, out: Path | None, ending: str) -> Path:
    name = f"{snapshot.stem}{ending}{USUAL}"
    if out is None:
        return snapshot.path.with_name(name)
    return out / name if out.is_dir() else out


def writer(out: Path) -> Callable[[Report], bytes]:
    """Return what writes a report in the form that a file's name tells, or refuse."""
    form = FORMS.get(out.suffix.lower())
    if form is None:
        raise KringError("A report is written as .html, .docx or .md; {file} is none of these.", file=out.name)
    written: Callable[[Report], bytes] = import_module(f"kring.report.{form}").written
    return written
