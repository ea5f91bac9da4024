"""By which way recordings go, and the server for them where no kring that is open keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kring.domain.text import KringError, Sentence
from kring.team import certificate, server, shared_folder
from kring.team.entry import issuing
from kring.team.tasks import Hosting, Listening, Role, Way, hosting

PATIENCE_S = 5.0


def way_of(folder: Path, role: Role, now_ms: int) -> Way:
    """Return how a laptop gets to the session that it shares or joined; raises KringError where it did neither."""
    if (joined := shared_folder.joined(folder)) is not None:
        return joined.way
    if (issuer := issuing.known(folder)) is not None:
        return Way(issuing.codes_of(issuer, now_ms // 1000)[role])
    if shared_folder.shared(folder) is not None:
        return Way(shared_folder.code_for(folder, role))
    raise KringError("This session was not shared or joined here, so there is nobody to send to: hand over the file.")


@contextmanager
def served(folder: Path, now_ms: int) -> Iterator[None]:
    """Keep the server of a session that this laptop shares, where none listens."""
    kept = shared_folder.shared(folder)
    if kept is None or shared_folder.joined(folder) is not None or issuing.known(folder) is not None:
        yield
        return
    fingerprint = certificate.fingerprint_in(folder / shared_folder.CERTIFICATE)
    if server.answers(kept.address, kept.port, fingerprint):
        yield
        return
    one = hosting(Hosting(str(folder), kept.session, kept.address, now_ms))
    try:
        news = next(one.wait(), None)
        if not isinstance(news, Listening):
            why = news.sentence if news is not None else Sentence("The server does not answer.")
            raise KringError(why.template, **why.values)
        yield
    finally:
        one.finish(PATIENCE_S)
