"""A session file made again of its JSON export; that is read whole, with all its faults, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import Base64Bytes, BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from kring.domain.text import N_, KringError, Sentence
from kring.exports.json_export import Format, Version
from kring.store.attached.kept_files import fingerprint, keep
from kring.store.derived import history_of
from kring.store.event_line import EventLine
from kring.store.files import refuse_odd
from kring.store.making import making
from kring.store.store import Store
from kring.store.tables import all_rows
from kring.store.verify import Report, verify

LARGEST = 2**63 - 1  # what SQLite keeps as a whole number
_HEADER = ("format", "version")
_ONCE = ("seq", "id")
_FAULTS = {
    "missing": N_("{place} is missing."),
    "extra_forbidden": N_("{place} does not belong there."),
    "int_type": N_("{place} is no whole number."),
    "float_type": N_("{place} is no number."),
    "string_type": N_("{place} is no text."),
}


class NoExport(KringError):
    """What is no JSON export of kring, or was changed; each fault says its place (events.17.hlc)."""

    def __init__(self, path: Path, faults: Iterable[Sentence] = ()) -> None:
        super().__init__("{file} is no JSON export of kring, or was changed.", file=path.name)
        self.faults = tuple(faults)


class Export(BaseModel):
    """What a JSON export says, as far as a session file is made of it: the tables follow from the events."""

    model_config = ConfigDict(strict=True)

    format: Format
    version: Version
    events: tuple[EventLine, ...] = ()
    files: dict[str, Base64Bytes] = {}


def restore(path: Path, out: Path) -> Report:
    """Make the session file again of which a JSON export was written; return how whole it is.

    Raises NoExport with every fault where it is none, and KringError where it holds no events, or `out` exists or
    cannot be written.
    """
    export = _read(path)
    if not export.events:
        raise KringError(
            "{file} holds no events: it was written without --names, or somebody withdrew.", file=path.name
        )
    with making(out) as store:
        _fill(store, export)
        store.make_searchable()
    return verify(out)


def _read(path: Path) -> Export:
    refuse_odd(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KringError("{file} cannot be read: {reason}.", file=str(path), reason=error.strerror or "") from None
    try:
        export = Export.model_validate_json(content)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        is_other = any(not fault["loc"] or fault["loc"][0] in _HEADER for fault in faults)
        raise NoExport(path, () if is_other else map(_fault, faults)) from None
    if faults_between := tuple(_faults_between(export)):
        raise NoExport(path, faults_between)
    return export


def _fault(fault: ErrorDetails) -> Sentence:
    template = _FAULTS.get(fault["type"], N_("{place} is not as kring writes it."))
    return Sentence(template, {"place": ".".join(map(str, fault["loc"]))})


def _faults_between(export: Export) -> Iterator[Sentence]:
    """Yield what no line shows by itself: what must be there once and is there twice, and what no file can hold."""
    seen: set[tuple[str, object]] = set()
    for place, name, value in _placed(export):
        if isinstance(value, int) and abs(value) > LARGEST:
            yield Sentence("{place} is larger than a session file can hold.", {"place": place})
        if name in _ONCE and (name, value) in seen:
            yield Sentence("{place} is there twice.", {"place": place})
        seen.add((name, value))
    for sha256, content in export.files.items():
        if fingerprint(content) != sha256:
            yield Sentence("{place} was changed.", {"place": f"files.{sha256}"})


def _placed(export: Export) -> Iterator[tuple[str, str, object]]:
    for number, line in enumerate(export.events):
        for name, value in line._asdict().items():
            yield f"events.{number}.{name}", name, value


def _fill(store: Store, export: Export) -> None:
    with store.writing():
        for line in export.events:
            store.add_as_found(line)
        keep(store.connection.execute, export.files.values())
        store.put(all_rows(history_of(store.read_all()).state))
    store.settled()
