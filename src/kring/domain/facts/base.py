"""What every fact is."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Fact(msgspec.Struct, frozen=True, gc=False):
    """Something that happened."""

    kind: ClassVar[str] = ""
    undoable: ClassVar[bool] = True  # by the person who did it

    @property
    def can_be_undone(self) -> bool:
        """Tell whether the person who did it may take it back."""
        return self.undoable
