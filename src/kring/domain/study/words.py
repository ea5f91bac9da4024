"""How a verdict, the state of an action and that of a group are called."""

from __future__ import annotations

from kring.domain.study.groups import GroupState
from kring.domain.study.model import ActionState, Verdict
from kring.domain.text import N_

VERDICTS: dict[Verdict, str] = {
    "open": N_("still open"),
    "supported": N_("supported"),
    "mixed": N_("mixed"),
    "refuted": N_("refuted"),
}
ACTION_STATES: dict[ActionState, str] = {
    "open": N_("to do"),
    "started": N_("started"),
    "done": N_("done"),
    "dropped": N_("dropped"),
    "measured": N_("measured again"),
}
GROUP_STATES: dict[GroupState, str] = {
    "planned": N_("planned"),
    "prepared": N_("prepared"),
    "running": N_("runs now"),
    "held": N_("held"),
    "missed": N_("not held"),
}
