"""A study from its file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kring.domain.plan import PlanWarning
from kring.domain.study.model import Study
from kring.domain.text import N_
from kring.plans.study.reader import read_study
from kring.system.text_files import Unreadable, read_text


def read_study_file(path: Path) -> Study:
    """Read the text of a study; raises Unreadable only where the file is no text at all."""
    if path.is_dir():
        raise Unreadable(N_("{file} is a folder; the text of a study is a file of that name."), file=path.name)
    found = read_text(path)
    study = read_study(found.text, f"{path.resolve().parent.name}/{path.name}")
    warnings = tuple(PlanWarning(0, sentence) for sentence in found.warnings)
    return msgspec.structs.replace(study, warnings=(*warnings, *study.warnings))
