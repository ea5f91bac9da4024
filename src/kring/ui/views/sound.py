"""The sound on the screen: whether kring records, the level with its peak, whether somebody speaks, what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kring.audio import advice as advising
from kring.domain.events import Event
from kring.domain.measures.coverage import cover_of_note, uncovered_quotes
from kring.domain.rows import RecordingRow
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.time_text import as_clock
from kring.domain.words import why_stopped
from kring.record import meter as measuring
from kring.session.recording import RecorderState
from kring.system.i18n import _, ngettext, say
from kring.ui.widgets.line import Line, Span, line, width, wrap

METER_CELLS = 6
LOWEST_DB = -60.0
PARTS = " ▏▎▍▌▋▊▉█"
PILLARS = "·▁▂▃▄▅▆▇█"

BADGES: dict[str, str] = {
    "disk full": N_("DISK FULL"),
    "device gone": N_("NO MIC"),
    "nothing arrives": N_("NO SOUND"),
    "digital zero": N_("MUTED"),
    "clipping": N_("TOO LOUD"),
    "dead channel": N_("DEAD MIC"),
    "disk almost full": N_("DISK LOW"),
    "device changed": N_("OTHER MIC"),
    "silence": N_("SILENT"),
    "soft": N_("SOFT"),
    "narrow": N_("NARROW"),
}
"""The worst first; one word in the place of the meter."""
ADVICE: dict[str, str] = {
    "disk full": N_("The disk is full: the recording ended, what was recorded is safe. The session goes on."),
    "device gone": N_("The microphone is gone. Plug it in again: the recording goes on by itself."),
    "nothing arrives": N_("No sound arrives from the microphone. Look at its cable, or choose another microphone."),
    "clipping": N_("The sound is too loud and gets distorted. Turn the microphone down, or move it away."),
    "device changed": N_("Another microphone took over: {device}."),
    "silence": N_("Nobody is heard for a while. If people talk, the microphone is wrong."),
    "soft": N_("Voices are soft. Put the microphone nearer, or turn it up."),
    "narrow": N_("The microphone is narrow: telephone quality. Another one is easier to understand and to transcribe."),
    "dead channel": N_("A microphone gives no sound while others do: {channels}. Look at its cable and its switch."),
}
MILD = ("silence", "soft", "narrow")
"""What may be meant, or can still be made good of afterwards."""
ENDED = N_("The recorder was cut off; it is started again.")


def recording(state: State, now: int, recorder: RecorderState, room: int) -> list[Span]:
    """Return the state of the recording in so many cells: a sign, a word and a look; then the meter, or what is wrong.

    What is wrong is never cut: it may be wider than the room where that is narrow.
    """
    found: list[Span] = []
    for detail in (3, 2, 1, 0):
        found = _recording(state, now, recorder, detail)
        if width(tuple(found)) <= room:
            break
    return found


def _recording(state: State, now: int, recorder: RecorderState, detail: int) -> list[Span]:
    match recorder.condition:
        case "on":
            told = told_warnings(state, recorder)
            runs = _runs(state.open_own_recording, now, detail >= 2)
            if told and not detail:
                return _level(recorder, told, detail)[1:]
            return [*runs, *(_level(recorder, told, detail) if detail else [])]
        case "starting":
            return [("◌ " + _("REC starts"), "soon bold")]
        case "stopping":
            return [("◌ " + _("REC stops"), "soon bold")]
        case "keeping":
            return [("◌ " + _("FLAC {n} %").format(n=round(100 * (recorder.share or 0))), "soon bold")]
        case "gone":
            return [(" ! " + _("REC CUT OFF") + " ", "danger")]
    return _runs_not(state, now, detail >= 2)


def _runs_not(state: State, now: int, words: bool) -> list[Span]:
    """Return what there is to say where no recorder lives here."""
    if state.open_own_recording is not None:  # a board of the past
        return _runs(state.open_own_recording, now, words)
    if state.open_recording is not None:
        return [(f"{_runs(state.open_recording, now, words)[0][0]} {_('platform')}" if words else "● REC", "ok bold")]
    if broken := broken_off(state):
        word = _(BADGES.get(broken.why, N_("REC CUT OFF")))
        return [(f" ! {_('REC STOPPED')}: {word} " if words else f" ! {word} ", "danger")]
    look = "muted" if state.session.phase != "live" else "late"
    return [("○ " + _("no REC"), look)]


def broken_off(state: State) -> RecordingRow | None:
    """Return kring's last recording if it ended by itself, and nothing records since; no alarm after the session."""
    own = [row for row in state.recordings.values() if row.source == "kring"]
    if not own or state.session.phase == "ended" or state.open_recording is not None:
        return None
    last = max(own, key=lambda row: row.started_at)
    return last if last.ended_at is not None and last.why not in ("", "stopped") else None


def _runs(row: RecordingRow | None, now: int, words: bool) -> list[Span]:
    length = f" {as_clock(now - row.started_at)}" if words and row is not None else ""
    return [(f"● REC{length}", "ok bold")]


def told_warnings(state: State, recorder: RecorderState) -> tuple[str, ...]:
    """Return the warnings that matter now: silence is none in a pause or a break."""
    item = state.current_item
    is_quiet = state.open_pause is not None or (item is not None and item.kind == "break")
    return tuple(name for name in recorder.warnings if not (is_quiet and name == "silence"))


def _level(recorder: RecorderState, told: Sequence[str], detail: int) -> list[Span]:
    worst = next((name for name in BADGES if name in told), None)
    if worst is not None:
        return [(" ", ""), (f" ! {_(BADGES[worst])} ", "asks" if worst in MILD else "danger")]
    status = recorder.status
    if status is None:
        return []
    words = " " + (_("voice") if status.speaking else _("still")) if detail > 2 else ""
    lamp = (("◆" if status.speaking else "◇") + words, "ok" if status.speaking else "muted")
    if detail < 2:
        loudest = max(status.level_db, default=LOWEST_DB)
        return [(" ", ""), *channels([loudest])[1:-1], lamp]
    level, peak = max(status.level_db, default=LOWEST_DB), max(status.peak_db, default=LOWEST_DB)
    cells = METER_CELLS if detail > 2 else METER_CELLS - 2
    bars = channels(status.level_db) if len(status.level_db) > 1 else meter(level, peak, cells)
    return [(" ", ""), *bars, (" ", ""), lamp]


def meter(level_db: float, peak_db: float, cells: int = METER_CELLS) -> list[Span]:
    """Return a bar of so many cells from −60 to 0 dB, with a mark where the loudest of the last seconds was."""
    filled = _share(level_db) * cells * 8
    bar = "".join(PARTS[int(min(max(filled - 8 * cell, 0), 8))] for cell in range(cells))
    top = min(int(_share(peak_db) * cells), cells - 1)
    if bar[top] == " " and _share(peak_db) > 0:
        bar = f"{bar[:top]}│{bar[top + 1 :]}"
    return [("[", "muted"), (bar, "late" if peak_db > -3 else "ok"), ("]", "muted")]


def channels(level_db: Sequence[float]) -> list[Span]:
    """Return a bar for each channel, as high as it is loud; the ones that give nothing stand out."""
    bars = [
        (PILLARS[round(_share(db) * (len(PILLARS) - 1))], "late" if db < measuring.DEAD_DB else "ok") for db in level_db
    ]
    return [("[", "muted"), *bars, ("]", "muted")]


def _share(db: float) -> float:
    return min(max((db - LOWEST_DB) / -LOWEST_DB, 0.0), 1.0)


def advice(names: Sequence[str], minutes: int = 0, device: str = "", level_db: Sequence[float] = ()) -> list[str]:
    """Return what each warning means and what to do, the worst first."""
    dead = ", ".join(str(number) for number, db in enumerate(level_db, 1) if db < measuring.DEAD_DB)
    return [_advised(name, minutes, device, dead) for name in BADGES if name in names]


def _advised(name: str, minutes: int, device: str, dead: str) -> str:
    match name:
        case "digital zero":
            return say(advising.zero_advice(sys.platform))
        case "disk almost full":
            room = ngettext(
                "The disk has room for {n} minute more.", "The disk has room for {n} minutes more.", minutes
            )
            return f"{room.format(n=minutes)} {_('Make room.')}"
    return _(ADVICE[name]).format(device=device, channels=dead)


def is_outside(state: State, event: Event) -> bool:
    """Whether an act is a quote that no recording holds, in a session that is recorded."""
    note = state.notes.get(event.id)
    return note is not None and note.kind == "quote" and bool(state.recordings) and not cover_of_note(state, note)


def warnings(state: State, recorder: RecorderState, room: int) -> list[Line]:
    """Return what is wrong with the sound and what to do, and how many quotes no recording holds."""
    status = recorder.status
    names = told_warnings(state, recorder)
    told = advice(names, status.free_s // 60, status.device, status.level_db) if status else advice(names)
    if recorder.problem is not None:
        told.append(say(recorder.problem))
    elif recorder.condition == "gone":
        told.append(_(ENDED))
    elif recorder.condition == "off" and (broken := broken_off(state)):
        advised = ADVICE.get(broken.why)
        why = say(Sentence("{what}", {"what": why_stopped(broken.why)}))
        told.append(_(advised) if advised else _("The recording stopped: {why}. Start it again.").format(why=why))
    lines = [part for text in told for part in wrap(line(("! ", "late"), text), room, hang=2)]
    outside = len(uncovered_quotes(state))
    if outside:
        words = ngettext("{n} quote outside the recording", "{n} quotes outside the recording", outside)
        lines.append(line(("! ", "soon"), (words.format(n=outside), "soon")))
    return lines
