"""The model that was used last on this computer, so that nobody has to name it twice."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kring.domain.text import KringError
from kring.speech import transcribe
from kring.system import folders

MODEL_FILE = "whisper-model"


def remembered_model() -> Path:
    """Return the folder of the model that was used last on this computer; raises KringError where none was."""
    try:
        return Path((folders.state() / MODEL_FILE).read_text("utf-8").strip())
    except (OSError, ValueError):
        transcribe.check_engine()  # first things first
        raise KringError(
            "Name the folder of a Whisper model: --model FOLDER. The manual says where to get one."
        ) from None


def remember_model(model: Path) -> None:
    """Keep the folder of the model for the next time; where that can't be, it has to be named again."""
    with suppress(OSError, ValueError):
        folders.state().mkdir(parents=True, exist_ok=True, mode=0o700)
        (folders.state() / MODEL_FILE).write_text(str(model), "utf-8")
