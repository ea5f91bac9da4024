"""The letters to participants, made of templates that can be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from kring.domain.text import N_, KringError, one_line
from kring.system.i18n import _, language
from kring.system.output_files import creating
from kring.system.text_files import read_text

LETTERS = {"invitation": N_("invitation"), "instructions": N_("instructions"), "reminder": N_("reminder")}


class Letter(NamedTuple):
    """A letter under the name of its file."""

    name: str
    text: str


def letters(facts: Mapping[str, str | bool], own: Path | None) -> Iterator[Letter]:
    """Yield the letters in the language in use; a template in the folder `own` goes before that of kring.

    Raises KringError for a template that cannot be used, with its line.
    """
    for number, (kind, name) in enumerate(LETTERS.items(), 1):
        yield Letter(f"{number}-{_(name)}.txt", _filled(_name(kind), _template(kind, own), facts))


def write_templates(folder: Path) -> list[Path]:
    """Write the templates in the language in use into a folder, for as far as they are not there; return the new."""
    fresh = [path for kind in LETTERS if not (path := folder / _name(kind)).exists()]
    for path in fresh:
        with creating(path) as file:
            file.write(_shipped(path.name).encode())
    return fresh


def _name(kind: str) -> str:
    return f"{kind}.{language()}.txt"


def _shipped(name: str) -> str:
    return (files("kring.invite") / "texts" / name).read_text("utf-8")


def _template(kind: str, own: Path | None) -> str:
    if own is not None and (path := own / _name(kind)).exists():
        return read_text(path).text
    return _shipped(_name(kind))


def _filled(name: str, template: str, facts: Mapping[str, str | bool]) -> str:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # a template may come from somebody else: it fills in words and does nothing more
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    try:
        return environment.from_string(template).render(facts)
    except jinja2.TemplateSyntaxError as problem:
        raise KringError(
            "The template {file} cannot be used, line {line}: {reason}.",
            file=name,
            line=problem.lineno,
            reason=one_line(problem.message or ""),
        ) from None
    except (jinja2.TemplateError, ArithmeticError, TypeError, ValueError) as problem:
        raise KringError(
            "The template {file} cannot be used: {reason}.", file=name, reason=one_line(str(problem))
        ) from None
