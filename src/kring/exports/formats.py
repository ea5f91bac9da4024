"""The formats of `kring export`: one declaration each, and nothing imported before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from kring.domain.text import N_

if TYPE_CHECKING:
    from kring.privacy.snapshot import Snapshot
    from kring.system.output_files import Progress

    Writer = Callable[[Snapshot, BinaryIO, Progress], None]
    WriterOfAll = Callable[[Sequence[Snapshot], BinaryIO, Progress], None]


class Format(msgspec.Struct, frozen=True):
    """What a session can be written as; `writer` is `module:function`, a `Writer`, and `together` a `WriterOfAll`."""

    suffix: str
    summary: str
    writer: str
    together: str = ""
    """What writes several sessions of a study as one; empty where each has to be a file of its own."""

    def load(self) -> Writer:
        """Return the function that writes it."""
        writer: Writer = _function(self.writer)
        return writer

    def load_together(self) -> WriterOfAll:
        """Return the function that writes several sessions."""
        writer: WriterOfAll = _function(self.together)
        return writer


def _function(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


FORMATS: dict[str, Format] = {
    "csv": Format(
        ".csv.zip",
        N_("all tables, for spreadsheets, R and pandas"),
        "kring.exports.csv_tables:write",
        "kring.exports.csv_tables:write_together",
    ),
    "xlsx": Format(
        ".xlsx",
        N_("all tables, a sheet each"),
        "kring.exports.workbook:write",
        "kring.exports.workbook:write_together",
    ),
    "vtt": Format(".vtt", N_("subtitles beside the recording"), "kring.exports.subtitles:write_vtt"),
    "srt": Format(".srt", N_("subtitles for players that know no vtt"), "kring.exports.subtitles:write_srt"),
    "txt": Format(
        ".txt", N_("who said what, line by line; QualCoder codes it by speaker"), "kring.exports.plain_text:write"
    ),
    "docx": Format(
        ".transcript.docx",
        N_("the transcript in Word, with headings and a style for each kind of speaker"),
        "kring.exports.transcript.word:write",
    ),
    "qdpx": Format(
        ".qdpx",
        N_("a REFI-QDA project for ATLAS.ti, MAXQDA, NVivo and QualCoder"),
        "kring.exports.refi.project:write",
        "kring.exports.refi.project:write_together",
    ),
    "qdc": Format(".qdc", N_("the codebook in REFI-QDA"), "kring.exports.refi.codebook:write"),
    "taguette": Format(".codebook.csv", N_("codes and tags for Taguette"), "kring.exports.taguette:write"),
    "taguette-all": Format(
        ".codebook-all.csv", N_("codes, tags, guide and speakers for Taguette"), "kring.exports.taguette:write_all"
    ),
    "maxqda": Format(".maxqda.txt", N_("the transcript of a focus group for MAXQDA"), "kring.exports.maxqda:write"),
    "eaf": Format(".eaf", N_("ELAN: a tier for each speaker"), "kring.exports.elan:write"),
    "textgrid": Format(".TextGrid", N_("Praat: who speaks from when to when"), "kring.exports.sound_marks.praat:write"),
    "audacity": Format(
        ".labels.txt",
        N_("labels for Audacity: starred quotes of who allowed clips"),
        "kring.exports.sound_marks.clips:write_audacity",
    ),
    "edl": Format(
        ".edl",
        N_("an edit list for video (CMX 3600): starred quotes of who allowed clips"),
        "kring.exports.sound_marks.clips:write_edl",
    ),
    "chapters": Format(
        ".ffmetadata",
        N_("chapters for FFmpeg: starred quotes of who allowed clips"),
        "kring.exports.sound_marks.clips:write_chapters",
    ),
    "boris": Format(
        ".boris",
        N_("BORIS: who speaks from when to when"),
        "kring.exports.boris:write",
        "kring.exports.boris:write_together",
    ),
    "json": Format(
        ".json",
        N_("everything, for programs; with names kring can read it back"),
        "kring.exports.json_export:write",
        "kring.exports.json_export:write_together",
    ),
    "zip": Format(".zip", N_("everything in one file, with checksums"), "kring.exports.bundle:write"),
}
WITH_SOUND = ("qdpx",)
"""The formats in which the sound itself can go along."""
OF_CLIPS = ("audacity", "edl", "chapters")
"""The formats that hold nothing but quotes with a star of who allowed clips."""
