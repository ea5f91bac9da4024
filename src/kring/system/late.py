"""Modules that are read when they are first used, so that what nobody needs yet does not hold up the first screen.

Who needs one of them imports it as ever, `from kring.ui import palette`, and names what is in it where that is used,
`palette.CommandPalette`; `from kring.ui.palette import CommandPalette` would read it at once. Where `install` was not
called every import is an ordinary one.

What somebody else's module imports by name, for a part of it that kring never uses, cannot wait. For such a module
`leave_out` gives empty classes of those names, and it is not read at all.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.abc import Loader, MetaPathFinder
else:  # a finder need not be one of these, and they read half a dozen modules more
    Loader = MetaPathFinder = object

_waiting: dict[str, ModuleType] = {}
"""The modules that were imported and are not read yet, by name."""
_reading = RLock()


class _LateModule(ModuleType):
    """A module that nothing was asked of yet."""

    def __getattr__(self, name: str) -> Any:
        _read(self)
        return ModuleType.__getattribute__(self, name)


class _LateLoader(Loader):
    """Hands out a module without reading it."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        module.__spec__.loader = module.__loader__ = self._loader
        module.__class__ = _LateModule
        _waiting[module.__name__] = module


class _LateFinder(MetaPathFinder):
    """Finds the modules that are to be read late."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in self._names else None
        if spec is not None and spec.loader is not None:
            spec.loader = _LateLoader(spec.loader)
        return spec


def install(names: Collection[str]) -> None:
    """From now on, read these modules, and no others, when something of them is first asked for."""
    sys.meta_path[:] = [_LateFinder(names), *(finder for finder in sys.meta_path if type(finder) is not _LateFinder)]


def leave_out(modules: Mapping[str, Iterable[str]]) -> None:
    """From now on, give empty classes of these names for what is imported from these modules, where they aren't read.

    Only for what of other people's programs is named, and made or called, nowhere in what runs here.
    """
    for module, names in modules.items():
        if module not in sys.modules:
            empty = sys.modules[module] = ModuleType(module, "Left out: see `kring.system.late`.")
            vars(empty).update((name, type(name, (), {})) for name in names)


def waiting() -> tuple[str, ...]:
    """Return the names of the modules that were imported and are not read yet."""
    return tuple(_waiting)


def has_read(package: str) -> bool:
    """Whether none of the package's modules waits any more."""
    return not any(name.partition(".")[0] == package for name in _waiting)


def read_some(most: int, package: str) -> None:
    """Read a few of the package's modules that wait: what is used an hour later is then not that of a newer version."""
    for module in [module for name, module in _waiting.items() if name.partition(".")[0] == package][:most]:
        _read(module)


def _read(module: ModuleType) -> None:
    with _reading:
        if type(module) is not _LateModule:  # another thread was first
            return
        assert module.__spec__ is not None
        assert module.__spec__.loader is not None
        module.__class__ = ModuleType  # type: ignore[assignment] # what it imports may ask something of it meanwhile
        try:
            module.__spec__.loader.exec_module(module)
        except BaseException:
            module.__class__ = _LateModule
            raise
        _waiting.pop(module.__name__, None)
