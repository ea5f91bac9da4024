"""`kring sound --send` and `--fetch`: recordings to another laptop, or from it, through the server of the session."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kring.domain.consent import require_sound_to_go
from kring.domain.text import KringError, clean
from kring.system.clock import SystemClock
from kring.system.i18n import say
from kring.system.worker_process import Failed
from kring.team.recordings import serving
from kring.team.recordings.carrying import state_of
from kring.team.recordings.tasks import Carried, Carrying, Progress, carrying, told
from kring.team.shared_folder import folder_of

FAILED = 1


def carry_command(asked: Namespace) -> int:
    """Carry recordings until all are where they are to go, with how far it is; Ctrl+C stops it, to go on later."""
    if asked.send and asked.fetch:
        raise KringError("Send, or fetch: one of the two.")
    file: Path = asked.file
    require_sound_to_go(state_of(file))
    folder, now_ms = folder_of(file), SystemClock().wall_ms()
    way = serving.way_of(folder, "moderator", now_ms)
    code = 0
    with serving.served(folder, now_ms):
        work = carrying(Carrying(str(file.absolute()), str(folder.absolute()), way, asked.send))
        try:
            for news in work.wait():
                code = FAILED if isinstance(news, Failed) else code
                _show(news)
        except KeyboardInterrupt:
            sys.stderr.write("\n")
            return FAILED
        finally:
            if not work.is_over:
                work.cancel()
    return code


def _show(news: Progress | Carried | Failed) -> None:
    lines = [clean(say(sentence)) for sentence in told(news)]
    if not isinstance(news, Progress):
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
        print(*lines, sep="\n", file=sys.stderr if isinstance(news, Failed) else sys.stdout, flush=True)
    elif sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{lines[0]}")
        sys.stderr.flush()
