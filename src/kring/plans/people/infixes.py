"""What stands between a first and a last name, such as `van der`: Dutch lists have a column of its own for it."""

from __future__ import annotations

import re

from kring.domain.text import folded, one_line

_HEADINGS = frozenset({
    "tussenvoegsel", "tussenvoegsels", "tussenvgsl", "tussenvgs", "tussenv", "voorvoegsel", "voorvoegsels", "infix",
    "prefix", "name-prefix", "surname-prefix", "lastname-prefix", "particle", "particule", "namenszusatz",
    "vorsatzwort",
})  # fmt: skip
_TITLES = frozenset({
    "dhr", "heer", "de-heer", "mevr", "mevrouw", "mw", "mvr", "mej", "mr", "mrs", "ms", "miss", "mister", "mx", "dr",
    "drs", "ir", "ing", "prof", "herr", "frau", "m", "mme", "mlle", "sir",
})  # fmt: skip
"""What such a column holds where it is for how somebody is addressed."""
_INFIX = re.compile(r"['’]?[^\W\d_]\D{0,20}")
_SIGNS = re.compile(r"[\s._()-]+")
_BEHIND = re.compile(r"([^,()]+?)(?:,\s*|\s+\()([^\W\dA-Z][^\dA-Z,()]*)\)?")


def is_infix(heading: str) -> bool:
    """Whether a column holds what stands between the first and the last names."""
    return _squeezed(heading) in _HEADINGS


def whole_last_name(infix: str, name: str) -> str:
    """Return a last name with what belongs in front of it, also where that stands behind it: `Vries, de`."""
    behind = _BEHIND.fullmatch(name)
    return with_infix(infix, name if behind is None else f"{behind[2]} {behind[1]}")


def with_infix(infix: str, name: str) -> str:
    """Return a name with what belongs in front of it; how somebody is addressed does not."""
    is_there = f"{folded(name)} ".startswith(f"{folded(infix)} ")
    is_none = _INFIX.fullmatch(infix) is None or _squeezed(infix) in _TITLES
    return name if is_there or is_none else one_line(f"{infix} {name}")


def _squeezed(text: str) -> str:
    return _SIGNS.sub("-", folded(text)).strip("-")
