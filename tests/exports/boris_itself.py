"""BORIS' own functions on a project file, without its screens: what it says of the project, and its time budgets."""

import json
import os
import sys
from decimal import Decimal
from types import ModuleType


class NoPlayer(ModuleType):
    """What BORIS would play films with: a live observation has none."""

    sofile = ""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


os.environ["QT_QPA_PLATFORM"] = "offscreen"
(project_file,) = sys.argv[1:]
sys.argv[1:] = []
for player in ("boris.mpv", "boris.mpv2"):
    sys.modules[player] = NoPlayer(player)

from boris import config, db_functions, project_functions, time_budget_functions  # noqa: E402

_name, changed, project, message = project_functions.open_project_json(project_file)
ethogram = project[config.ETHOGRAM]
people = [config.NO_FOCAL_SUBJECT, *(one["name"] for one in project[config.SUBJECTS].values())]
behaviours = [one["code"] for one in ethogram.values()]
budgets = {}
for name in project[config.OBSERVATIONS]:
    asked = {
        config.SELECTED_SUBJECTS: people,
        config.SELECTED_BEHAVIORS: behaviours,
        config.INCLUDE_MODIFIERS: False,
        config.EXCLUDE_BEHAVIORS: True,
        "start time": Decimal(0),
        "end time": Decimal(100_000),
    }
    cursor = db_functions.load_events_in_db(project, people, [name], behaviours)
    rows, _categories = time_budget_functions.time_budget_analysis(ethogram, cursor, [name], asked)
    budgets[name] = [[row["subject"], row["behavior"], row["duration"]] for row in rows]
told = {
    "complaints": [message, project_functions.check_project_integrity(project, "hh:mm:ss", project_file)],
    "changed": changed,
    "budgets": budgets,
}
print(json.dumps(told))
