"""The JSON Schema of the JSON export, made of the rows and the event line, so that it cannot say anything else."""

from __future__ import annotations

from typing import Any

import msgspec

from kring.domain.columns import fields
from kring.domain.rows import ROWS, Moment
from kring.exports.json_export import FORMAT, TOGETHER, VERSION
from kring.store.described import described_tables
from kring.store.event_line import EventLine

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MOMENT = {"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"}


def schema() -> dict[str, Any]:
    """Return the schema of what `kring export --to json` writes: a session, or several of a study."""
    return {
        "$schema": DIALECT,
        "title": "What kring exports",
        "description": "A session, or the sessions of a study that were exported together.",
        "oneOf": [{"$ref": "#/$defs/session"}, {"$ref": "#/$defs/sessions"}],
        "$defs": {"session": _session(), "sessions": _sessions()},
    }


def _sessions() -> dict[str, Any]:
    return {
        "title": "Sessions of kring",
        "description": "The sessions of a study that were exported together, each as it is exported alone.",
        "type": "object",
        "required": ["format", "version", "sessions"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": TOGETHER},
            "version": {"const": VERSION},
            "sessions": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/session"}},
        },
    }


def _session() -> dict[str, Any]:
    what = {name: table.what for name, table in described_tables().items()}
    tables = {row.TABLE: _rows_of(row, what[row.TABLE]) for row in ROWS}
    return {
        "title": "A session of kring",
        "description": "All tables of a session file; with names also its events, of which the file can be made again.",
        "type": "object",
        "required": ["format", "version", "with_names", "session", "tables"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "with_names": {"type": "boolean"},
            "session": {"type": "string", "format": "uuid"},
            "tables": {
                "type": "object",
                "required": sorted(tables),
                "additionalProperties": False,
                "properties": tables,
            },
            "events": _rows_of(EventLine, what["events"]),
            "files": {
                "type": "object",
                "description": what["attachments"],
                "propertyNames": {"pattern": "^[0-9a-f]{64}$"},
                "additionalProperties": {"type": "string", "contentEncoding": "base64"},
            },
        },
    }


def text() -> str:
    """Return the schema as text."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


def _rows_of(struct: type, what: str) -> dict[str, Any]:
    found = fields(struct)
    types = [field.type | None if field.may_be_empty else field.type for field in found]
    schemas, _ = msgspec.json.schema_components(types, schema_hook=_schema_of)
    properties = {
        field.name: schema | {"description": field.column.meaning} for field, schema in zip(found, schemas, strict=True)
    }
    row = {
        "type": "object",
        "description": what,
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }
    return {"type": "array", "items": row}


def _schema_of(type_: type) -> dict[str, Any]:
    assert type_ is Moment, type_
    return _MOMENT
