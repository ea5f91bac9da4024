"""A person in a drawing: a box or a dot with what they are called in it."""

from __future__ import annotations

from msgspec import Struct


class Person(Struct, frozen=True):
    """Somebody as a small box: what they are called here, and the look of their segment."""

    name: str
    look: str
    is_marked: bool = True
    """Whether the box is filled: it is about them."""
