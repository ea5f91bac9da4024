"""Where zero is: what a file of the meeting's platform begins with, on the session's clock."""

from __future__ import annotations

from kring.domain.local_time import local
from kring.domain.time_text import stamp
from kring.exports.account import zero
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _


def platform_zeros(snapshot: Snapshot) -> list[int]:
    """Return when each recording of the platform began, in ms on the session's clock."""
    found = [row for row in snapshot.state.recordings.values() if row.source == "platform"]
    return sorted(int(row.started_at) - zero(snapshot.state) for row in found)


def told_zero(snapshot: Snapshot) -> str:
    """Return where zero is, and where the platform's recordings begin, in one line."""
    begun = f"{local(snapshot.state, zero(snapshot.state)):%Y-%m-%d %H:%M:%S}"
    told = _("0:00:00 is {time}.").format(time=begun)
    for number, at in enumerate(platform_zeros(snapshot), 1):
        told += " " + _("The platform's recording {n} begins at {time}.").format(n=number, time=stamp(at, 1))
    return told
