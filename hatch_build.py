"""Compile the translations wherever kring is built or installed in place, and pack the example plans."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("src/kring/locale")
# By name: a folder in which people work may hold plans of their own.
EXAMPLES = (
    "loyaliteit-groep-1.md",
    "loyaliteit-idee-a.svg",
    "loyaliteit-idee-b.svg",
    "library-visits-group-1.md",
    "library-plan-a.svg",
    "library-plan-b.svg",
    "loyaliteit-2026/study.md",
    "loyaliteit-2026/groep-1.md",
    "loyaliteit-2026/groep-2.md",
    "loyaliteit-2026/groep-3.md",
    "loyaliteit-2026/groep-4.md",
    "loyaliteit-2026/kto-2026-01.csv",
    "loyaliteit-2026/kto-2026-10.csv",
)


def compile_catalogues(root: Path) -> None:
    """Write a `.mo` beside every `.po` under `root`."""
    for source in sorted((root / LOCALE).rglob("*.po")):
        with source.open("rb") as lines:
            catalogue = read_po(lines)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


class CompileTranslations(BuildHookInterface[Any]):
    """The build step that puts the `.mo` files and the example plans into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues(Path(self.root))
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(
                {f"sessions/{name}": f"kring/plans/examples/{name}" for name in EXAMPLES}
            )
