"""What `kring export` does: reads a session file once and writes it in another form."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from kring.cli.leaving.copies import each_once
from kring.cli.leaving.written import say_written
from kring.domain.study.called import study_key
from kring.domain.text import KringError, clean, one_line
from kring.exports.formats import FORMATS, OF_CLIPS, WITH_SOUND, Format
from kring.exports.identity import groups_of
from kring.plans.file import refuse_plan
from kring.privacy.snapshot import Snapshot
from kring.privacy.together import read_together
from kring.system.i18n import _
from kring.system.output_files import Progress, replacing

_OF_OTHERS = {".xls", ".ods", ".pdf", ".html", ".md"}


def export_command(asked: Namespace) -> int:
    """Write session files in the form that was asked for, beside the first one or where `-o` says."""
    form = FORMATS[asked.to]
    _require_ending(asked.out, asked.to)
    _require_together(asked, form)
    files, told = each_once(asked.files) if len(asked.files) > 1 else (asked.files, [])
    found = read_together(files, groups_of, asked.names, asked.columns)
    snapshots = [replace(one, with_sound=asked.sound) for one in found]
    _require_one_study(snapshots)
    if asked.sound:
        _require_sound(snapshots)
    first = snapshots[0]
    stem = one_line(first.state.session.study).replace("/", "-") if len(snapshots) > 1 else ""
    out = target(first, asked.out, form.suffix, stem)
    for one in snapshots:
        refuse_plan(out, one.state)
    with replacing(out, force=asked.force) as file:
        if len(snapshots) > 1:
            form.load_together()(snapshots, file, progress_on_screen(out))
        else:
            form.load()(first, file, progress_on_screen(out))
    say_written(out, *snapshots, more=[*told, *_told_of_sound(asked, snapshots), *_told_of_clips(asked, first)])
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


def _require_together(asked: Namespace, form: Format) -> None:
    if len(asked.files) > 1 and not form.together:
        names = ", ".join(name for name, one in FORMATS.items() if one.together)
        raise KringError("{format} is a file for each session. Several go into one as {formats}.", format=asked.to,
                         formats=names)  # fmt: skip
    if asked.sound and asked.to not in WITH_SOUND:
        raise KringError("{format} cannot hold sound. --sound is for {formats}.", format=asked.to,
                         formats=", ".join(WITH_SOUND))  # fmt: skip


def _require_one_study(snapshots: Sequence[Snapshot]) -> None:
    studies = {study_key(name): one_line(name) for name in (one.state.session.study for one in snapshots)}
    if len(studies) > 1:
        raise KringError("One export is of one study, and these sessions are of several: {studies}.",
                         studies=", ".join(one or "–" for one in studies.values()))  # fmt: skip


def _require_sound(snapshots: Sequence[Snapshot]) -> None:
    for one in snapshots:
        if one.withdrawn:
            raise KringError("The sound of {file} stays here: somebody in it withdrew.", file=one.path.name)


def _told_of_sound(asked: Namespace, snapshots: Sequence[Snapshot]) -> list[str]:
    """Return what a command says of the sound: that voices went along, or where programs look for it."""
    if asked.to not in WITH_SOUND or not any(one.state.segments for one in snapshots):
        return []
    if asked.sound:
        return [_("The sound is in it: a voice says who somebody is.")]
    folders = dict.fromkeys(str(one.path.resolve().parent) for one in snapshots)
    told = _(
        "The sound is not in it: QualCoder looks for it where it is started, others beside the project. "
        "Use {folder}, or --sound."
    )
    return [told.format(folder=", ".join(folders))]


def _told_of_clips(asked: Namespace, snapshot: Snapshot) -> list[str]:
    """Return what a command says where there is nothing to cut."""
    if asked.to not in OF_CLIPS:
        return []
    from kring.exports.sound_marks.clips import clips

    return [] if any(clips(snapshot)) else [_("It is empty: no quote of who allowed clips has a star.")]


def target(snapshot: Snapshot, out: str | None, suffix: str, stem: str = "") -> Path:
    """Return where an export goes: as asked, in the folder that was asked for, or beside the session file."""
    name = f"{stem or snapshot.stem}{suffix}"
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
