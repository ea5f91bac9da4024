"""The recruitment of a study among its rows: how many people got how far, and who was lost, drawn from zero."""

from __future__ import annotations

from kring.study.recruiting.recruitment import Recruitment, recruitment
from kring.study.standing import Standing
from kring.system.i18n import _
from kring.ui.study.recruiting_words import counted, lost_told, to_do
from kring.ui.study.words import STEP_WORDS
from kring.ui.widgets.line import Line, cut, line, pad, wrap

LONGEST_BAR, NAME = 32, 14


def recruiting(found: Standing, room: int) -> list[Line]:
    """Return the rows, of which the cursor stands on the first; none where nobody is wanted and nobody is listed."""
    if found.people is None:
        is_wanted = any(one.wanted for group in found.groups if group.state == "planned" for one in group.places)
        told = _("There is no list of people yet; Enter goes to where one is begun.")
        return [cut(line((f"  {told}", "muted")), room)] if is_wanted else []
    people = recruitment(found)
    todo = "".join(f" · {one}" for one in to_do(people))
    return [cut(line((f"  {counted(people)}", "bold"), todo), room), *_funnel(people, room)]


def _funnel(people: Recruitment, room: int) -> list[Line]:
    most = max((step.reached for step in people.steps), default=0)
    if not most:
        return []
    scale = max(4, min(LONGEST_BAR, room - NAME - 12))
    rows: list[Line] = []
    for step in people.steps:
        bar = "█" * max(round(scale * step.reached / most), 1 if step.reached else 0)
        look = "ok" if step.step in ("fits", "confirmed", "came") else "bar"
        name = pad(line((f"    {_(STEP_WORDS[step.step])}", "muted")), NAME + 4)
        rows.append(cut((*name, *pad(line((bar, look)), scale + 1), *line((str(step.reached), "bold"))), room))
    lost = ", ".join(told for step in people.steps if (told := lost_told(step)))
    return rows + (wrap(line((f"    {_('lost')}: ", "muted"), (lost, "muted")), room, hang=6) if lost else [])
