"""A poll as it's shown: how often each option was chosen and by whom, and beside it who answers next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kring.domain.measures.polls import Result
from kring.domain.rows import ParticipantRow
from kring.domain.state import State
from kring.domain.words import called
from kring.session.answer_summary import told
from kring.system.i18n import _, ngettext
from kring.ui.widgets.line import Line, cells, cut, line, pad

BAR_ROOM = 24
LABEL_ROOM = 18
NAME_ROOM = 12


def head(title: str, number: int, found: Result, people: int) -> Line:
    """Return what is asked, in which round, how many answered, and the figures."""
    spans: list[tuple[str, str]] = [(title, "bold")]
    if number > 1:
        spans.append(("  " + _("asked again, round {n}").format(n=number), "need"))
    if found.total is not None:
        text = ngettext("{n} of {all} answered", "{n} of {all} answered", people).format(n=found.total, all=people)
        spans.append((f"  {text}", ""))
    spans += [(f"  {text}", "") for text in told(found)]
    return line(*spans)


def options_shown(found: Result, height: int) -> list[str]:
    """Return the options that have a row: all, else from the first that anybody chose to the last, or only those."""
    options = list(found.counts)
    chosen = [place for place, n in enumerate(found.counts.values()) if n]
    if len(options) > height and chosen:
        options = options[chosen[0] : chosen[-1] + 1]
    if len(options) > height:
        options = [option for option in options if found.counts[option]]
    return options


def bar(state: State, found: Result, option: str, place: int, room: int) -> Line:
    """Return an option with its bar, who chose it, and at the ends of a scale the word to ask them why."""
    most = max(found.counts.values(), default=0) or 1
    names = [called(state, code) for code, value in found.answers.items() if option in found.options_of(value)]
    n = found.counts[option]
    is_long = any(cells(one) > 3 for one in found.counts)
    label = f"{place:>2} {option}" if is_long else f"{option:>4}"
    label_room = min(LABEL_ROOM, room // 3) if is_long else 4
    full = max(min(BAR_ROOM, room - label_room - 24), 4)
    length = round(n * full / most) if n else 0
    who = ", ".join(names) or (str(n) if n else "")
    ends = {
        code: word for codes, word in ((found.lowest, _("lowest")), (found.highest, _("highest"))) for code in codes
    }
    end = next((ends[code] for code, value in found.answers.items() if value == option and code in ends), "")
    return cut(
        line(
            *pad(line((label, "bold" if end else "")), label_room),
            "  ",
            ("█" * length, "bar"),
            " " if length else "",
            (who, "current" if end else ""),
            (f"   {end}, {_('ask why')}" if end else "", "need"),
        ),
        room,
    )


def person(
    state: State, one: ParticipantRow, given: Sequence[Mapping[str, str]], pending: str, absent: str, room: int
) -> Line:
    """Return a participant with their answer of each round; `pending` is what is being typed, `absent` why not here."""
    rounds = [answers.get(one.id) for answers in given]
    before = " → ".join(answer or "–" for answer in rounds[:-1])
    now = rounds[-1] if rounds else None
    answer = pending or now or ""
    shown = [(f"{before} → " if before else "", "muted"), (answer, "current" if pending else "bold")]
    if not answer:
        shown.append((absent or _("not yet"), "muted" if absent else "need"))
    name = pad(line(f"{one.seat:>2} {called(state, one.id)}"), NAME_ROOM + 3)
    return cut(line(*name, "  ", *shown, ("  ✓" if now and not pending else "", "ok")), room)


def counted(option: str, place: int, typed: str, room: int) -> Line:
    """Return an option with how many chose it, as that is being typed."""
    return cut(line(*pad(line(f"{place:>2} {option}"), min(room // 2, 30)), "  ", (typed or "·", "current")), room)


__all__ = ["bar", "counted", "head", "options_shown", "person"]
