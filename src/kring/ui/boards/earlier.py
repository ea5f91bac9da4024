"""What earlier groups of the study said on a question: the one that is open, or one that was named."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain import lookup
from kring.domain.rows import GuideRow
from kring.domain.text import one_line
from kring.study.earlier import Earlier, Said, question_meant, require
from kring.study.wording import group_told, poll_told, went
from kring.system.i18n import _
from kring.ui.boards.board import TextBoard
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import Line, cut, line, wrap


class EarlierBoard(TextBoard):
    """Group after group; it goes along with the talk, unless a question was named."""

    _named = ""
    _of: tuple[object, ...] = ()
    _rows: Sequence[Line] = ()

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        named = lookup.item(moment.state, text, ("question",)).id if text else ""
        require(moment.earlier)
        self._named = named
        self._top = 0
        return None

    def text(self, moment: LiveMoment, room: int, height: int) -> Sequence[Line]:
        question = self._question(moment)
        shown = (moment.earlier, question, room)
        if self._of != shown:
            self._of, self._top = shown, 0
            self._rows = _rows(moment.earlier, question, room) if moment.earlier else []
        return self._rows

    def mode(self, moment: LiveMoment) -> Line:
        question = self._question(moment)
        told = f"{question.number} {one_line(question.title)}" if question is not None else "–"
        return line((_("earlier groups") + " › ", "muted"), (told, "bold"))

    def _question(self, moment: LiveMoment) -> GuideRow | None:
        item = moment.state.current_item
        return question_meant(moment.state, self._named or (item.id if item is not None else None))


def _rows(earlier: Earlier, question: GuideRow | None, room: int) -> list[Line]:
    if question is None:
        return [cut(line("  ", (_("No question is open."), "muted")), room)]
    found = earlier.on(question)
    if not found:
        return [cut(line("  ", (_("No earlier group had this question in its guide."), "muted")), room)]
    return [row for said in found for row in _of_group(earlier, said, question, room)]


def _of_group(earlier: Earlier, said: Said, question: GuideRow, room: int) -> list[Line]:
    how = went(is_in_guide=True, was_asked=said.was_asked, spent_s=said.spent_s)
    rows = [cut(line("  ", (group_told(earlier.groups[said.session]), "title"), (f"  {how}", "muted")), room)]
    if one_line(said.text) != one_line(question.title):
        rows += wrap(line("    ", (_("asked as: "), "muted"), one_line(said.text)), room, hang=6)
    rows += [row for poll in said.polls for row in wrap(line("    ", one_line(poll_told(poll))), room, hang=6)]
    for words in said.words:
        who = f"{words.who} " if words.who else ""
        text = f"“{words.text}”" if words.is_quote else words.text
        label = (f"{_('Summary')}: ", "muted") if words.is_summary else (who, "bold")
        rows += wrap(line("    ", ("★ ", "soon") if words.starred else "", label, text), room, hang=6)
    return rows
