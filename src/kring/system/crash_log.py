"""The crash log: where the program broke, without what people said."""

import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from kring import __version__
from kring.system import folders

MOST_BYTES = 256 * 1024
PACKAGES = Path(__file__).parents[2]


def keep(fault: BaseException) -> Path | None:
    """Append types and frames of `fault` to the log, its owner's only; None where nothing can be written.

    Messages, source lines and local variables stay out: they can hold a participant's words.
    """
    file = folders.logs() / "crash.log"
    text = "\n".join([_heading(), *_lines(fault), "", ""])
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        full = file.exists() and file.stat().st_size > MOST_BYTES
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if full else os.O_APPEND)
        with os.fdopen(os.open(file, flags, 0o600), "w", encoding="utf-8", errors="replace") as log:
            log.write(text)
    except OSError:
        return None
    return file


def _heading() -> str:
    python = ".".join(map(str, sys.version_info[:3]))
    return f"kring {__version__}, Python {python}, {sys.platform}"


def _lines(fault: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    cause = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if cause is not None and id(cause) not in seen:
        yield from _lines(cause, seen | {id(fault)})
        yield "which led to"
    for frame, line in traceback.walk_tb(fault.__traceback__):
        yield f"  {_place(frame.f_code.co_filename)}:{line} in {frame.f_code.co_qualname}"
    yield f"{type(fault).__module__}.{type(fault).__qualname__}"
    if isinstance(fault, BaseExceptionGroup):
        for one in fault.exceptions:
            yield from _lines(one, seen | {id(fault)})


def _place(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(PACKAGES):
        return path.relative_to(PACKAGES).as_posix()
    return folders.with_tilde(filename)
