"""Compile the translations wherever kring is built or installed in place."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("src/kring/locale")


def compile_catalogues(root: Path) -> None:
    """Write a `.mo` beside every `.po` under `root`."""
    for source in sorted((root / LOCALE).rglob("*.po")):
        with source.open("rb") as lines:
            catalogue = read_po(lines)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


class CompileTranslations(BuildHookInterface[Any]):
    """The build step that puts the `.mo` files into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues(Path(self.root))
