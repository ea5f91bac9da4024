"""Every row of the table: what is measured, against which floor, and the limit it must keep."""

from collections.abc import Callable

import act_rows
import file_rows
import screen_rows
from boris_rows import boris
from folder_rows import folder
from import_rows import chat, preview, transcript
from kept_rows import keep, transcription
from live_search_rows import live_search
from measure import Effort, Row
from observers_rows import observers
from playback_rows import playback
from review_rows import review
from sound_rows import recorder_cpu, recorder_losses
from study_opening_rows import study_open
from study_search_rows import study_search
from team_rows import catching_up, local_acts, seen_by_others
from turn_rows import refinement

ROWS: dict[str, Callable[[Effort], list[Row]]] = {
    "syncs": act_rows.syncs,
    "act-on-disk": act_rows.act_on_disk,
    "act-in-memory": act_rows.act_in_memory,
    "undo": act_rows.undo,
    "log": act_rows.log,
    "start": screen_rows.start,
    "keys": screen_rows.keys,
    "memory": screen_rows.memory,
    "burst": screen_rows.burst,
    "three-hours": screen_rows.three_hours,
    "idle": screen_rows.idle,
    "observers": observers,
    "open": file_rows.opening,
    "corrections": file_rows.corrections,
    "live-search": live_search,
    "folder": folder,
    "study-open": study_open,
    "study-search": study_search,
    "boris": boris,
    "report": file_rows.report,
    "verify": file_rows.verifying,
    "qdpx": file_rows.exported("qdpx"),
    "xlsx": file_rows.exported("xlsx"),
    "json": file_rows.exported("json"),
    "review-start": screen_rows.review_start,
    "review": review,
    "recorder": recorder_cpu,
    "recorder-losses": recorder_losses,
    "playback": playback,
    "refinement": refinement,
    "keep": keep,
    "transcription": transcription,
    "transcript": transcript,
    "chat": chat,
    "preview": preview,
    "act-seen": seen_by_others,
    "act-shared": local_acts,
    "catch-up": catching_up,
}
