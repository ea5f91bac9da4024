"""The user's own settings: a theme, a language and keys, from a TOML file that is never in the way."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from kring.domain.text import Sentence, one_line
from kring.system import folders

FILE = "settings.toml"
DEVICE_FILE = "device"
_DEVICE = re.compile("[0-9a-f]{16}")
_THEME_LINE = re.compile(r"(?m)^[ \t]*theme[ \t]*=.*$")
_TABLE = re.compile(r"(?m)^[ \t]*\[")


class Settings(msgspec.Struct, frozen=True):
    """What the user chose; `warnings` says what of the file could not be used."""

    theme: str | None = None
    lang: str | None = None
    keys: dict[str, str] = {}
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
    warnings = [
        Sentence("{file}: kring does not know the setting {name}.", {"file": file, "name": one_line(name)})
        for name in found.keys() - {"theme", "lang", "keys"}
    ]
    theme, lang = found.get("theme"), found.get("lang")
    for name, value in (("theme", theme), ("lang", lang)):
        if value is not None and not isinstance(value, str):
            warnings.append(_not_text(file, name))
    table = found.get("keys", {})
    if not isinstance(table, dict):
        warnings.append(Sentence("{file}: keys must be a table: [keys].", {"file": file}))
        table = {}
    keys = {command: _key(value) for command, value in table.items()}
    warnings += [_not_text(file, f"keys.{command}") for command, key in keys.items() if not key]
    return Settings(
        theme if isinstance(theme, str) else None,
        lang if isinstance(lang, str) else None,
        {command: key for command, key in keys.items() if key},
        tuple(warnings),
    )


def _key(value: object) -> str:
    match value:
        case str():
            return value.strip()
        case [*several] if all(isinstance(one, str) for one in several):
            return ",".join(map(str, several))
    return ""


def _not_text(file: str, name: str) -> Sentence:
    return Sentence("{file}: {name} must be text in quotes.", {"file": file, "name": one_line(name)})


def _broken(warning: Sentence) -> Settings:
    return Settings(warnings=(warning,))


def _name(file: Path) -> str:
    return folders.with_tilde(str(file))


def keep_theme(theme: str) -> Sentence | None:
    """Write the choice of a theme into the file, all else untouched; a sentence says when that failed."""
    import tomllib

    file = folders.config() / FILE
    try:
        old = file.read_text("utf-8-sig") if file.exists() else ""
        new = _with_theme(old, theme)
        tomllib.loads(new)
        _replace(file, new)
    except (OSError, ValueError):
        return Sentence("The theme could not be kept in {file}.", {"file": _name(file)})
    return None


def _with_theme(text: str, theme: str) -> str:
    table = _TABLE.search(text)
    top, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    line = f"theme = {msgspec.json.encode(theme).decode()}"  # a JSON string is a TOML string
    if _THEME_LINE.search(top):
        return _THEME_LINE.sub(lambda _: line, top, count=1) + rest
    return f"{line}\n{text}"


def _replace(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file = file.resolve()  # a link into somebody's dotfiles stays a link
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        fresh.write_text(text, "utf-8")
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
    import secrets

    fresh = secrets.token_hex(8)
    ours = file.with_name(f".{file.name}.{fresh}")
    try:
        if known := _device_in(file):
            return known
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        ours.write_text(fresh, "ascii")
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
        found = _DEVICE.fullmatch(file.read_text("ascii").strip())
    except (FileNotFoundError, ValueError):
        return None
    return found[0] if found else None


def _remove(file: Path) -> None:
    import contextlib

    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
