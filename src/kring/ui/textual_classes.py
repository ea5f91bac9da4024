"""How Textual's classes of widgets are made, at less cost; the other private names of Textual are in `textual_private`.

Textual looks through all that stands in all classes above a new one for what can be inherited: a hundred microseconds
for each of some sixty classes, a twelfth of a start. With one class above, that one knows it all.
"""

from __future__ import annotations

from typing import Any

from textual.binding import BindingsMap
from textual.dom import DOMNode
from textual.reactive import Reactive

_by_textual = vars(DOMNode)["__init_subclass__"].__func__
COMPUTES = ("compute_", "_compute_")


def make_quickly() -> None:
    """Make the classes of widgets that are read from now on at less cost; they are the same."""
    DOMNode.__init_subclass__ = classmethod(_inherit)  # type: ignore[assignment]


def _inherit(
    cls: Any, inherit_css: bool = True, inherit_bindings: bool = True, inherit_component_classes: bool = True
) -> None:
    """Take over from the one class above what a class of widgets has, with what it has itself."""
    above, own = cls.__base__, vars(cls)
    if cls.__bases__ != (above,) or "_computes" not in vars(above):
        _by_textual(cls, inherit_css, inherit_bindings, inherit_component_classes)
        return
    cls._inherit_css = inherit_css
    cls._inherit_bindings = inherit_bindings
    cls._inherit_component_classes = inherit_component_classes
    cls._reactives = above._reactives | {name: own[name] for name in own if isinstance(own[name], Reactive)}
    cls._computes = above._computes | {name.lstrip("_")[8:] for name in own if name.startswith(COMPUTES)}
    cls._css_type_name = cls.__name__
    cls._css_type_names = frozenset((cls.__name__,)) | (above._css_type_names if inherit_css else frozenset())
    bindings = {key: [*bound] for key, bound in above._merged_bindings.key_to_bindings.items() if inherit_bindings}
    cls._merged_bindings = BindingsMap.from_keys(bindings | BindingsMap(own.get("BINDINGS", ())).key_to_bindings)
