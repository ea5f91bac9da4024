"""Bringing files to the disk beside the work: while a slow disk takes its time, sound goes on to be written."""

from __future__ import annotations

import os
import threading

from kring.system import durable


class BackgroundSync:
    """One sync at a time, in a thread; what one of them met is raised by the next."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._problem: OSError | None = None

    def begin(self, *descriptors: int) -> None:
        """Begin to bring files to the disk, unless the sync before still goes on. Raises OSError, DiskFull."""
        if self._thread is not None and self._thread.is_alive():
            return
        if self._problem is not None:
            problem, self._problem = self._problem, None
            raise problem
        own = [os.dup(descriptor) for descriptor in descriptors]  # the files may be closed meanwhile
        self._thread = threading.Thread(target=self._sync, args=(own,), daemon=True)
        self._thread.start()

    def _sync(self, descriptors: list[int]) -> None:
        for descriptor in descriptors:
            try:
                durable.sync(descriptor)
            except OSError as problem:
                self._problem = problem
            finally:
                os.close(descriptor)
