"""The text of a study in its folder, and the study that a plan beside it belongs to."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from kring.domain.plan import PlanWarning
from kring.domain.study.model import Study
from kring.plans.study.reader import read_study
from kring.system.text_files import read_text

NAME = "study.md"
_NAMES = (NAME, "studie.md", "onderzoek.md")


class StudyText(NamedTuple):
    """A study, and the text that it was read from."""

    study: Study
    text: str


def text_file(folder: Path) -> Path | None:
    """Return the file in a folder that tells a study, however its name is written; None where there is none."""
    try:
        named = {path.name.lower(): path for path in sorted(folder.iterdir()) if path.suffix.lower() == ".md"}
    except OSError:
        return None
    return next((named[name] for name in _NAMES if name in named and named[name].is_file()), None)


def read_study_file(path: Path) -> StudyText:
    """Read the text of a study; raises Unreadable only where the file is no text at all."""
    found = read_text(path)
    study = read_study(found.text, f"{path.resolve().parent.name}/{path.name}")
    warnings = tuple(PlanWarning(0, sentence) for sentence in found.warnings)
    return StudyText(msgspec.structs.replace(study, warnings=(*warnings, *study.warnings)), found.text)
