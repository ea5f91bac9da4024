"""The formats of `kring export`: one declaration each, and nothing imported before it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from kring.domain.text import N_, KringError

if TYPE_CHECKING:
    from kring.exports.material import Material
    from kring.exports.writing import Progress

    Writer = Callable[[Material, BinaryIO, Progress], None]


class Format(NamedTuple):
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
        ".txt", N_("who said what, line by line; QualCoder codes it by speaker"), "kring.exports.lines:write"
    ),
    "zip": Format(".zip", N_("everything in one file, with checksums"), "kring.exports.bundle:write"),
}


def format_of(name: str) -> Format:
    """Return the format of a name; raises KringError where there is none."""
    found = FORMATS.get(name)
    if found is None:
        raise KringError("There is no format {name}; there are {names}.", name=name, names=", ".join(FORMATS))
    return found
