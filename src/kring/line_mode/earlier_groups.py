"""What earlier groups of the study said on a question, on one line."""

from __future__ import annotations

from kring.domain import lookup
from kring.domain.state import State
from kring.domain.text import Refused, one_line
from kring.study.earlier import Earlier, Said, question_meant, require
from kring.study.wording import group_told, poll_told, went
from kring.system.i18n import _


def told(state: State, earlier: Earlier | None, text: str) -> str:
    """Say what earlier groups said on the question that is named, else on the one that is open."""
    named = lookup.item(state, text, ("question",)).id if text.strip() else None
    earlier = require(earlier)
    item = state.current_item
    question = question_meant(state, named or (item.id if item is not None else None))
    if question is None:
        raise Refused("No question is open.")
    found = earlier.on(question)
    if not found:
        return _("No earlier group had this question in its guide.")
    return " / ".join(_of_group(earlier, said) for said in found)


def _of_group(earlier: Earlier, said: Said) -> str:
    how = went(is_in_guide=True, was_asked=said.was_asked, spent_s=said.spent_s)
    parts = [f"{group_told(earlier.groups[said.session])}: {how}", *map(poll_told, said.polls)]
    for words in said.words:
        text = f"“{words.text}”" if words.is_quote else words.text
        who = _("Summary") if words.is_summary else words.who
        parts.append(f"{who}: {text}" if who else text)
    return one_line("; ".join(parts))
