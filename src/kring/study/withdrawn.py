"""Where the texts and lists of a study still name somebody who withdrew; kring changes none of them by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kring.domain.plan import PlanWarning
from kring.domain.text import N_, KringError, Sentence
from kring.domain.words import WITHDRAWN
from kring.plans.file import rows_in
from kring.privacy.names import Names
from kring.study.finding.reading import SessionFile
from kring.study.folder import StudyFolder
from kring.study.recruitment_list.place import list_files
from kring.system.text_files import read_text


def still_named(folder: StudyFolder) -> list[PlanWarning]:
    """Return each line that names somebody who withdrew in a group, or somebody of the same name; never the name."""
    names = [(name, WITHDRAWN) for file in _files(folder) for name in _gone(file)]
    if not names:
        return []
    known = Names(names, folder.study.language)
    said = Sentence(N_("This line names somebody who withdrew, or somebody of that name; take it out."))
    told = ((path, line) for path in _texts(folder) for line, text in _lines(path) if known.hidden(text) != text)
    return [PlanWarning(line, said, path.name) for path, line in told]


def _files(folder: StudyFolder) -> Iterator[Path]:
    return (folder.path / one.file for one in folder.sessions if one.withdrawn)


def _gone(file: Path) -> tuple[str, ...]:
    try:
        with SessionFile(file) as opened:
            return opened.gone()
    except KringError:  # which the folder says already
        return ()


def _texts(folder: StudyFolder) -> Iterator[Path]:
    """Yield the study's text, its plans, their lists of participants, and the recruitment list."""
    found = [folder.text_path] if folder.text_path else []
    for one in folder.plans:
        found += [one.path, *([one.path.parent / one.plan.roster_file] if one.plan.roster_file else [])]
    yield from dict.fromkeys([*found, *list_files(folder.path)])


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text, or the rows of a list, by number; nothing of what can't be read, which is said."""
    try:
        if path.suffix.lower() in (".md", ".markdown"):
            yield from enumerate(read_text(path).text.splitlines(), 1)
        else:
            yield from ((line, " ".join(cells)) for line, cells in rows_in(path)[0])
    except KringError:
        return
