"""By what a study is known, however a plan, a session or a text writes its name."""

from __future__ import annotations

from kring.domain.text import folded, one_line


def study_key(name: str) -> str:
    """Return by what a study is known: its letters and digits; `loyaliteit-2026` is *Loyaliteit 2026*.

    A name of signs alone is known by these.
    """
    told = folded(one_line(name))
    return "".join(filter(str.isalnum, told)) or told


def is_same_study(one: str, other: str) -> bool:
    """Whether two names are of one study."""
    return study_key(one) == study_key(other)


def is_of_another(named: str, study: str) -> bool:
    """Whether what names a study means another than this one; of what has no name, either of the two, nobody knows."""
    return bool(named and study) and not is_same_study(named, study)
