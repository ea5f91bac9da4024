"""What no first screen needs, and is read when it is first used; the live screens are there in half the time."""

from __future__ import annotations

LATE = (
    "asyncio.sslproto",
    "json",
    "ssl",
    "statistics",
    "zipfile",
    "kring.audio.align",
    "kring.audio.flac",
    "kring.plans.people.consent",
    "kring.record.client",
    "kring.record.log",
    "kring.record.meter",
    "kring.session.summary",
    "kring.store.verify",
    "kring.system.output_files",
    "kring.system.worker_process",
    "kring.ui.boards.breakouts",
    "kring.ui.boards.briefing",
    "kring.ui.boards.checks",
    "kring.ui.boards.closing",
    "kring.ui.boards.consensus",
    "kring.ui.boards.gallery",
    "kring.ui.boards.guide",
    "kring.ui.boards.issues",
    "kring.ui.boards.mirror",
    "kring.ui.boards.people",
    "kring.ui.boards.poll",
    "kring.ui.boards.proposal",
    "kring.ui.boards.read_back",
    "kring.ui.dialogs",
    "kring.ui.live.asking",
    "kring.ui.live.confirmations",
    "kring.ui.live.links",
    "kring.ui.live.mouse",
    "kring.ui.live.questions",
    "kring.ui.matching",
    "kring.ui.palette",
    "kring.ui.righting",
)

LEFT_OUT = {
    "textual.command": (
        "CommandListItem",
        "CommandPalette",
        "DiscoveryHit",
        "Hit",
        "Hits",
        "Provider",
        "SimpleProvider",
    ),
}
"""Textual's own palette, which kring's screens switch off: it brings lists, trees of folders, buttons and selections, a
fourteenth of a start."""
