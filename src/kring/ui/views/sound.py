"""The sound on the screen: whether kring records, the level with its peak, whether somebody speaks, what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kring.audio.advice import zero_advice
from kring.domain.events import Event
from kring.domain.measures.coverage import cover_of_note, uncovered_quotes
from kring.domain.rows import RecordingRow
from kring.domain.state import State
from kring.domain.text import N_
from kring.domain.time_text import short
from kring.session.recording import RecorderState
from kring.system.i18n import _, ngettext, say
from kring.ui.widgets.line import Line, Span, line, wrap

METER_CELLS = 6
LOWEST_DB = -60.0
PARTS = " ▏▎▍▌▋▊▉█"

BADGES: dict[str, str] = {
    "disk full": N_("DISK FULL"),
    "device gone": N_("NO MIC"),
    "nothing arrives": N_("NO SOUND"),
    "digital zero": N_("MUTED"),
    "clipping": N_("TOO LOUD"),
    "disk almost full": N_("DISK LOW"),
    "device changed": N_("OTHER MIC"),
    "silence": N_("SILENT"),
}
"""The worst first; one word in the place of the meter."""
ADVICE: dict[str, str] = {
    "disk full": N_("The disk is full: the recording ended, what was recorded is safe. The session goes on."),
    "device gone": N_("The microphone is gone. Plug it in again: the recording goes on by itself."),
    "nothing arrives": N_("No sound arrives from the microphone. Look at its cable, or choose another microphone."),
    "clipping": N_("The sound is too loud and gets distorted. Turn the microphone down, or move it away."),
    "disk almost full": N_("The disk has room for {n} minutes more. Make room."),
    "device changed": N_("Another microphone took over: {device}."),
    "silence": N_("Nobody is heard for a while. If people talk, the microphone is wrong."),
}
ENDED = N_("The recorder was cut off; it is started again.")


def recording(state: State, now: int, recorder: RecorderState, *, words: bool) -> list[Span]:
    """Return the state of the recording: a sign, a word and a look; then the meter, or in one word what is wrong."""
    match recorder.condition:
        case "on":
            told = told_warnings(state, recorder)
            return [*_runs(state.open_own_recording, now, words), *_level(recorder, told, words)]
        case "starting":
            return [("◌ " + _("REC starts"), "soon bold")]
        case "stopping":
            return [("◌ " + _("REC stops"), "soon bold")]
        case "keeping":
            return [("◌ " + _("FLAC {n} %").format(n=round(100 * (recorder.share or 0))), "soon bold")]
        case "gone":
            return [(" ! " + _("REC CUT OFF") + " ", "danger")]
    if state.open_own_recording is not None:  # a board of the past
        return _runs(state.open_own_recording, now, words)
    if state.open_recording is not None:
        return [(f"{_runs(state.open_recording, now, words)[0][0]} {_('platform')}" if words else "● REC", "ok bold")]
    look = "muted" if state.session.phase != "live" else "late"
    return [("○ " + _("no REC"), look)]


def _runs(row: RecordingRow | None, now: int, words: bool) -> list[Span]:
    length = f" {short(now - row.started_at)}" if words and row is not None else ""
    return [(f"● REC{length}", "ok bold")]


def told_warnings(state: State, recorder: RecorderState) -> tuple[str, ...]:
    """Return the warnings that matter now: silence is none in a pause or a break."""
    item = state.current_item
    is_quiet = state.open_pause is not None or (item is not None and item.kind == "break")
    return tuple(name for name in recorder.warnings if not (is_quiet and name == "silence"))


def _level(recorder: RecorderState, told: Sequence[str], words: bool) -> list[Span]:
    badge = next((_(word) for name, word in BADGES.items() if name in told), None)
    if badge is not None:
        look = "soon bold" if told[0] == "silence" else "danger"
        return [(" ", ""), (f" ! {badge} ", look)]
    status = recorder.status
    if status is None:
        return []
    lamp = ("◆" if status.speaking else "◇") + (" " + (_("voice") if status.speaking else _("still")) if words else "")
    level, peak = max(status.level_db, default=LOWEST_DB), max(status.peak_db, default=LOWEST_DB)
    cells = METER_CELLS if words else METER_CELLS // 2
    return [(" ", ""), *meter(level, peak, cells), (" ", ""), (lamp, "ok" if status.speaking else "muted")]


def meter(level_db: float, peak_db: float, cells: int = METER_CELLS) -> list[Span]:
    """Return a bar of so many cells from −60 to 0 dB, with a mark where the loudest of the last seconds was."""
    filled = _share(level_db) * cells * 8
    bar = "".join(PARTS[int(min(max(filled - 8 * cell, 0), 8))] for cell in range(cells))
    top = min(int(_share(peak_db) * cells), cells - 1)
    if bar[top] == " " and _share(peak_db) > 0:
        bar = f"{bar[:top]}│{bar[top + 1 :]}"
    return [("[", "muted"), (bar, "late" if peak_db > -3 else "ok"), ("]", "muted")]


def _share(db: float) -> float:
    return min(max((db - LOWEST_DB) / -LOWEST_DB, 0.0), 1.0)


def advice(names: Sequence[str], minutes: int = 0, device: str = "") -> list[str]:
    """Return what each warning means and what to do, the worst first."""
    told: list[str] = []
    for name in BADGES:
        if name in names:
            zero = name == "digital zero"
            told.append(say(zero_advice(sys.platform)) if zero else _(ADVICE[name]).format(n=minutes, device=device))
    return told


def is_outside(state: State, event: Event) -> bool:
    """Whether an act is a quote that no recording holds, in a session that is recorded."""
    note = state.notes.get(event.id)
    return note is not None and note.kind == "quote" and bool(state.recordings) and not cover_of_note(state, note)


def warnings(state: State, recorder: RecorderState, room: int) -> list[Line]:
    """Return what is wrong with the sound and what to do, and how many quotes no recording holds."""
    status = recorder.status
    told = advice(told_warnings(state, recorder), status.free_s // 60 if status else 0, status.device if status else "")
    if recorder.problem is not None:
        told.append(say(recorder.problem))
    elif recorder.condition == "gone":
        told.append(_(ENDED))
    lines = [part for text in told for part in wrap(line(("! ", "late"), text), room, hang=2)]
    outside = len(uncovered_quotes(state))
    if outside:
        words = ngettext("{n} quote outside the recording", "{n} quotes outside the recording", outside)
        lines.append(line(("! ", "soon"), (words.format(n=outside), "soon")))
    return lines
