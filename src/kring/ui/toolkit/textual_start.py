"""How Textual is read at less cost; the other private names of Textual are in `textual_private`.

What it makes for parts that kring never uses is left out, and what it makes anew at each class is taken over: with
that a first screen is there a fifth sooner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from kring.system import late

LEFT_OUT = {
    "rich.panel": ("Panel",),
    "rich.table": ("Column", "Table"),
    "textual.canvas": ("Canvas", "Rectangle"),
    "textual.command": (
        "CommandListItem",
        "CommandPalette",
        "DiscoveryHit",
        "Hit",
        "Hits",
        "Provider",
        "SimpleProvider",
    ),
    "textual.suggester": ("Suggester", "SuggestionReady"),
    "textual.suggestions": ("get_suggestion", "get_suggestions"),
    "textual.validation": ("Integer", "Number", "ValidationResult", "Validator"),
    "textual.widgets._toast": ("ToastRack",),
    "textual.widgets._tooltip": ("Tooltip",),
}
"""Tables of rich, lines between widgets, suggestions and checks of an input, Textual's own palette, which brings
lists, trees of folders, buttons and selections, what it shows for a while over a screen, and what it says of faults in
style sheets."""
COMPUTES = ("compute_", "_compute_")


class LateTokens(dict[str, Any]):
    """What each variable of a theme is made of, looked at when a style sheet names it: most of them none names."""

    def __getitem__(self, name: str) -> Any:
        tokens = super().__getitem__(name)
        if isinstance(tokens, str):
            tokens = self[name] = tokens_of(tokens)
        return tokens

    def setdefault(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self else super().setdefault(name, default)

    def copy(self) -> LateTokens:
        return LateTokens(self)


@cache
def tokens_of(value: str) -> Sequence[Any]:
    """Return what the value of a variable is made of."""
    from textual.css.tokenize import tokenize_value

    return [*tokenize_value(value, ("__name__", ""))]


def prepare() -> None:
    """See to it that Textual is read at less cost; to be asked before anything of it is imported."""
    late.leave_out(LEFT_OUT)
    from textual.css.tokenizer import Expect

    Expect.__init__ = _expect  # type: ignore[method-assign]
    Expect.__getattr__ = _compiled  # type: ignore[attr-defined]
    from textual.binding import BindingsMap
    from textual.css import stylesheet
    from textual.dom import DOMNode
    from textual.reactive import Reactive

    stylesheet.tokenize_values = LateTokens  # type: ignore[assignment,attr-defined]
    by_textual = vars(DOMNode)["__init_subclass__"].__func__

    def inherit(
        cls: Any, inherit_css: bool = True, inherit_bindings: bool = True, inherit_component_classes: bool = True
    ) -> None:
        """Take over from the one class above what a class of widgets has; Textual looks through all that are above."""
        above, own = cls.__base__, vars(cls)
        if cls.__bases__ != (above,) or "_computes" not in vars(above):
            by_textual(cls, inherit_css, inherit_bindings, inherit_component_classes)
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

    if by_textual.__module__ == DOMNode.__module__:
        DOMNode.__init_subclass__ = classmethod(inherit)  # type: ignore[assignment]


def _expect(self: Any, description: str, **tokens: str) -> None:
    """Keep what a piece of a style sheet or of markup may be; the expression for it is compiled at its first use."""
    self.description = f"Expected {description}"
    self.names, self.regexes = [*tokens], [*tokens.values()]
    self._expect_eof, self._expect_semicolon, self._extract_text = False, True, False


def _compiled(self: Any, name: str) -> Any:
    if name not in {"_regex", "match", "search"}:
        raise AttributeError(name)
    parts = [f"(?P<{name}>{regex})" for name, regex in zip(self.names, self.regexes, strict=True)]
    self._regex = re.compile(f"({'|'.join(parts)})")
    self.match, self.search = self._regex.match, self._regex.search
    return vars(self)[name]
