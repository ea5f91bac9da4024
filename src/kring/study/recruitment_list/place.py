"""Where the recruitment list of a study lies."""

from __future__ import annotations

from pathlib import Path

NAMES = {"nl": "werving.csv", "en": "recruitment.csv"}
_STEMS = ("werving", "recruitment", "wervingslijst", "recruitment list", "recruitment-list", "recruits", "recruiting")
_FORMS = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".xls")


def list_files(folder: Path) -> list[Path]:
    """Return the files in a folder that may be its recruitment list, that which counts first."""
    by_name = {path.name.lower(): path for path in sorted(folder.iterdir(), reverse=True) if path.is_file()}
    return [by_name[name] for form in _FORMS for stem in _STEMS if (name := f"{stem}{form}") in by_name]
