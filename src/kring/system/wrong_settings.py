"""What is wrong in the settings file, all of it at once; loaded only when something is, because pydantic is slow to."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kring.domain.text import Sentence, one_line
from kring.system.i18n import LANGUAGES, Language

Keys = Annotated[
    list[str],
    BeforeValidator(lambda keys: [keys] if isinstance(keys, str) and keys else keys),
    Field(min_length=1),
]


KNOWN = {"lang": LANGUAGES, "signs": ("plain",)}


class WrittenSettings(BaseModel):
    """The same as `settings.Written`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    theme: str | None = None
    lang: Language | None = None
    signs: Literal["plain"] | None = None
    keys: dict[str, Keys] = {}


class Fault(NamedTuple):
    """Where in the file something is wrong (`("keys", "next")`), and how pydantic calls it."""

    place: tuple[str, ...]
    kind: str


def faults_of(found: dict[str, Any]) -> list[Fault]:
    """Return all that is wrong, each place once, in the order of the file."""
    try:
        WrittenSettings.model_validate(found)
    except ValidationError as problem:
        kinds = {tuple(map(str, error["loc"][:2])): error["type"] for error in problem.errors()}
        return [Fault(place, kind) for place, kind in kinds.items()]
    return []


def sentence(fault: Fault, file: str) -> Sentence:
    """Return what a person reads about a fault."""
    told = {"file": file, "name": one_line(".".join(fault.place))}
    match fault:
        case Fault(kind="extra_forbidden"):
            return Sentence("{file}: kring does not know the setting {name}.", told)
        case Fault(place=("keys",)):
            return Sentence("{file}: keys must be a table: [keys].", {"file": file})
        case Fault(kind="literal_error"):
            known = ", ".join(KNOWN.get(fault.place[0], ()))
            return Sentence("{file}: {name} must be one of {known}, in quotes.", {**told, "known": known})
    return Sentence("{file}: {name} must be text in quotes.", told)


def without(found: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
    """Return the settings that are right."""
    wrong = {fault.place for fault in faults}
    right = {name: value for name, value in found.items() if (name,) not in wrong}
    if "keys" in right:
        right["keys"] = {name: keys for name, keys in right["keys"].items() if ("keys", name) not in wrong}
    return right
