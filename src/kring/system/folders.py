"""Where kring keeps what is not a session: settings, the device's name, the crash log."""

import os
from pathlib import Path


def config() -> Path:
    """Return the folder of the user's settings; `KRING_CONFIG_DIR` overrides it."""
    if place := os.environ.get("KRING_CONFIG_DIR"):
        return Path(place)
    from platformdirs import user_config_path

    return user_config_path("kring", appauthor=False)


def state() -> Path:
    """Return the folder of what this computer remembers of itself; `KRING_STATE_DIR` overrides it."""
    if place := os.environ.get("KRING_STATE_DIR"):
        return Path(place)
    from platformdirs import user_data_path

    return user_data_path("kring", appauthor=False)


def logs() -> Path:
    """Return the folder of the crash log; `KRING_LOG_DIR` overrides it."""
    if place := os.environ.get("KRING_LOG_DIR"):
        return Path(place)
    from platformdirs import user_log_path

    return user_log_path("kring", appauthor=False)


def with_tilde(text: str) -> str:
    """Return text with the home folder written as `~`, fit for a bug report."""
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none
    return text.replace(home, "~") if len(home) > 1 else text
