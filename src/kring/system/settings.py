"""The user's own settings: a theme, a language and keys, from a TOML file that is never in the way."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from kring.domain.text import Sentence
from kring.system import folders
from kring.system.i18n import Language

FILE = "settings.toml"
DEVICE_FILE = "device"
_DEVICE = re.compile("[0-9a-f]{16}")


Signs = Literal["plain"]
"""Which signs the screens draw, where not the usual ones."""
NotEmpty = msgspec.Meta(min_length=1)


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may stand in the file."""

    theme: str | None = None
    lang: Language | None = None
    signs: Signs | None = None
    keys: dict[str, Annotated[str, NotEmpty] | Annotated[list[str], NotEmpty]] = {}


class Settings(msgspec.Struct, frozen=True):
    """What the user chose; `warnings` says what of the file could not be used."""

    theme: str | None = None
    lang: str | None = None
    keys: dict[str, str] = {}
    signs: str | None = None
    warnings: tuple[Sentence, ...] = ()


def read() -> Settings:
    """Return the user's settings; what is missing or broken has its default."""
    file = folders.config() / FILE
    try:
        written = file.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError:
        return _broken(Sentence("{file} cannot be read; the defaults are used.", {"file": _name(file)}))
    return parse(written, _name(file))


def parse(written: bytes, file: str) -> Settings:
    """Return the settings in the bytes of a file called `file`."""
    import tomllib

    try:
        found = tomllib.loads(written.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        # Only the place: the message of the parser can quote the file.
        place = re.search(r"at line \d+", str(problem))
        where = f"{file}:{place[0].removeprefix('at line ')}" if place else file
        return _broken(Sentence("{where} is not valid TOML; the defaults are used.", {"where": where}))
    return _settings(found, file)


def _settings(found: dict[str, Any], file: str) -> Settings:
    warnings: tuple[Sentence, ...] = ()
    try:
        written = msgspec.convert(found, Written)
    except msgspec.ValidationError:  # which tells of the first fault only
        from kring.system import wrong_settings

        faults = wrong_settings.faults_of(found)
        warnings = tuple(wrong_settings.sentence(fault, file) for fault in faults)
        written = msgspec.convert(wrong_settings.without(found, faults), Written)
    keys = {name: keys if isinstance(keys, str) else ",".join(keys) for name, keys in written.keys.items()}
    own = {name: several.strip() for name, several in keys.items()}
    return Settings(written.theme, written.lang, own, written.signs, warnings)


def _broken(warning: Sentence) -> Settings:
    return Settings(warnings=(warning,))


def _name(file: Path) -> str:
    return folders.with_tilde(str(file))


def keep_theme(theme: str) -> Sentence | None:
    """Write the choice of a theme into the file, all else untouched; a sentence says when that failed."""
    import tomlkit

    file = folders.config() / FILE
    try:
        written = tomlkit.parse(file.read_bytes().decode("utf-8-sig") if file.exists() else "")
        written["theme"] = theme
        _replace(file, tomlkit.dumps(written).encode())
    except (OSError, ValueError):
        return Sentence("The theme could not be kept in {file}.", {"file": _name(file)})
    return None


def _replace(file: Path, written: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file = file.resolve()  # a link into somebody's dotfiles stays a link
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        fresh.write_bytes(written)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


@cache
def device_id() -> str:
    """Return this computer's own random name: 16 hexadecimal digits, the same at every start.

    Where nothing can be kept it is random for this process: facts stay told apart, and nothing is refused.
    """
    return _kept_device(folders.state() / DEVICE_FILE)


def _kept_device(file: Path) -> str:
    try:
        return _device_in(file) or _new_device(file)
    except OSError:
        return _new_name()


def _new_name() -> str:
    import secrets

    return secrets.token_hex(8)


def _new_device(file: Path) -> str:
    fresh = _new_name()
    ours = file.with_name(f".{file.name}.{fresh}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        ours.write_text(fresh, "utf-8")
        return _first_or_known(ours, file) or fresh
    except (OSError, NotImplementedError):
        return fresh
    finally:
        _remove(ours)


def _first_or_known(ours: Path, file: Path) -> str | None:
    try:
        # A link appears whole or not at all, and never over another's.
        file.hardlink_to(ours)
    except FileExistsError:
        if _device_in(file) is None:
            ours.replace(file)  # what was there says nothing
    return _device_in(file)


def _device_in(file: Path) -> str | None:
    try:
        found = _DEVICE.fullmatch(file.read_text("utf-8").strip())
    except (FileNotFoundError, ValueError):
        return None
    return found[0] if found else None


def _remove(file: Path) -> None:
    import contextlib

    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
