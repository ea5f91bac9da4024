"""The formats of `kring export`: one declaration each, and nothing imported before it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from kring.domain.text import N_

if TYPE_CHECKING:
    from kring.privacy.snapshot import Snapshot
    from kring.system.output_files import Progress

    Writer = Callable[[Snapshot, BinaryIO, Progress], None]


class Format(msgspec.Struct, frozen=True):
    """What a session can be written as; `writer` is `module:function`, a `Writer`."""

    suffix: str
    summary: str
    writer: str

    def load(self) -> Writer:
        """Return the function that writes it."""
        module, _, function = self.writer.partition(":")
        writer: Writer = getattr(import_module(module), function)
        return writer


FORMATS: dict[str, Format] = {
    "csv": Format(".csv.zip", N_("all tables, for spreadsheets, R and pandas"), "kring.exports.csv_tables:write"),
    "xlsx": Format(".xlsx", N_("all tables, a sheet each"), "kring.exports.workbook:write"),
    "vtt": Format(".vtt", N_("subtitles beside the recording"), "kring.exports.subtitles:write_vtt"),
    "srt": Format(".srt", N_("subtitles for players that know no vtt"), "kring.exports.subtitles:write_srt"),
    "txt": Format(
        ".txt", N_("who said what, line by line; QualCoder codes it by speaker"), "kring.exports.plain_text:write"
    ),
    "qdpx": Format(
        ".qdpx",
        N_("a REFI-QDA project for ATLAS.ti, MAXQDA, NVivo and QualCoder"),
        "kring.exports.refi.project:write",
    ),
    "qdc": Format(".qdc", N_("the codebook in REFI-QDA"), "kring.exports.refi.codebook:write"),
    "taguette": Format(".codebook.csv", N_("the codebook for Taguette"), "kring.exports.taguette:write"),
    "maxqda": Format(".maxqda.txt", N_("the transcript of a focus group for MAXQDA"), "kring.exports.maxqda:write"),
    "eaf": Format(".eaf", N_("ELAN: a tier for each speaker"), "kring.exports.elan:write"),
    "boris": Format(".boris", N_("BORIS: who speaks from when to when"), "kring.exports.boris:write"),
    "json": Format(
        ".json", N_("everything, for programs; with names kring can read it back"), "kring.exports.json_export:write"
    ),
    "zip": Format(".zip", N_("everything in one file, with checksums"), "kring.exports.bundle:write"),
}
