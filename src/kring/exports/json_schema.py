"""The JSON Schema of the JSON export, made of the rows themselves, so that it cannot say anything else.

`python -m kring.exports.json_schema > src/kring/exports/session.schema.json` writes it anew.
"""

from __future__ import annotations

import sys
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from kring.domain.rows import ROWS, Moment
from kring.exports.everything import FORMAT, VERSION, EventLine

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MOMENT = {"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"}
_SIMPLE: dict[Any, dict[str, Any]] = {
    Moment: _MOMENT,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    NoneType: {"type": "null"},
}


def schema() -> dict[str, Any]:
    """Return the schema of what `kring export --to json` writes."""
    tables = {row.TABLE: _array_of(_object(row)) for row in ROWS}
    return {
        "$schema": DIALECT,
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
            "events": _array_of(_object(EventLine)),
            "note_numbers": {"type": "object", "additionalProperties": {"type": "integer"}},
        },
    }


def text() -> str:
    """Return the schema as the file that comes with kring."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


def _array_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(struct: type[msgspec.Struct]) -> dict[str, Any]:
    hints = get_type_hints(struct)
    names = struct.__struct_fields__
    return {
        "type": "object",
        "description": (struct.__doc__ or "").partition("\n")[0],
        "required": list(names),
        "additionalProperties": False,
        "properties": {name: _value(hints[name]) for name in names},
    }


def _value(hint: Any) -> dict[str, Any]:
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    kind, arguments = get_origin(hint), get_args(hint)
    if kind is Literal:
        return {"enum": list(arguments)}
    if kind in (Union, UnionType):
        return {"anyOf": [_value(argument) for argument in arguments]}
    assert kind is tuple, hint
    if arguments[-1] is Ellipsis:
        return _array_of(_value(arguments[0]))
    return {
        "type": "array",
        "prefixItems": [_value(argument) for argument in arguments],
        "minItems": len(arguments),
        "items": False,
    }


if __name__ == "__main__":
    sys.stdout.write(text())
