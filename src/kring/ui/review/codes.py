"""The codebook and the agreement of coders as they're shown; a code's colour stands beside its name, never alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kring.commands.decisions import COLOURS
from kring.domain.measures import agreement
from kring.domain.measures.agreement import LOG, Agreement
from kring.domain.rows import CodeRow, MemoRow
from kring.domain.state import State
from kring.domain.text import one_line, whole
from kring.review.model import ReviewModel
from kring.study.codes.history import Change
from kring.system.i18n import _, decimal, ngettext
from kring.ui.widgets.line import EMPTY, Line, Span, line, pad, spread, wrap

SIGNS = "●■▲◆▼○□△"
"""The sign of a colour, so that two codes differ in grey, too; in the order of the palette."""
DEEPEST = 4


def swatch(code: CodeRow) -> Line:
    """Return the sign of a code in its colour, and a blank."""
    return line(*(sign(code) or (("·", "muted"),)), " ")


def sign(code: CodeRow) -> Line:
    """Return the sign of a code in its colour; one without a colour has none."""
    return line((SIGNS[_place(code.colour)], code.colour)) if code.colour else EMPTY


def _place(colour: str) -> int:
    known = list(COLOURS.values())
    return known.index(colour) if colour in known else sum(map(ord, colour)) % len(SIGNS)


def alive(state: State) -> list[tuple[CodeRow, int]]:
    """Return the codes of the codebook, a theme before the codes below it, each with its depth."""
    codes = sorted((code for code in state.codes.values() if code.removed_at is None), key=lambda code: code.name)
    ids = {code.id for code in codes}

    def below(parent: str | None, depth: int) -> list[tuple[CodeRow, int]]:
        found: list[tuple[CodeRow, int]] = []
        for code in codes:
            if (code.parent if code.parent in ids else None) == parent:
                found.append((code, depth))
                found += below(code.id, depth + 1) if depth < DEEPEST else []
        return found

    return below(None, 0)


def codebook(model: ReviewModel, room: int, changes: Iterable[Change] = ()) -> list[Line]:
    """Return the codebook: each code with how often it was used, by whom it was added, and what it means.

    Below it stands what became of the codes, the newest first; of somebody who codes blind only what they did.
    """
    state = model.state
    used = Counter(code for entry in model.entries for code in set(model.codes_on(entry)))
    lines: list[Line] = []
    for code, depth in alive(state):
        indent = "  " * depth
        name = line(indent, *swatch(code), (code.name, "bold"))
        lines.append(spread(name, line((f"{used[code.id]}× ", ""), (code.added_by, "muted")), room))
        if code.description:
            hang = len(indent) + 2
            lines += wrap(line(" " * hang, (code.description, "muted")), room, hang=hang)
        lines += memos(model.memos_about(code=code.id), room, len(indent) + 2)
    if whole := model.memos_about():
        lines += [EMPTY, line((_("On the session as a whole"), "title")), *memos(whole, room)]
    if seen := [one for one in changes if not model.others_hidden or one.actor == model.me]:
        lines += [EMPTY, line((_("What became of the codes"), "title"))]
        lines += [part for one in reversed(seen) for part in changed(one, room)]
    return lines or wrap(line((_("The codebook is empty: c on a note or a turn makes the first code."), "muted")), room)


def changed(one: Change, room: int, groups: str = "") -> list[Line]:
    """Return what was done to a code: when, by whom, from what to what, in which groups, and why."""
    spans: list[Span] = [(f"{one.when:%Y-%m-%d %H:%M} ", "muted"), (f"{one_line(one.who)} ", "bold"), (one.told, "")]
    spans += [(f"  {groups}", "muted")] if groups else []
    spans += [(f"  {_('why: {why}').format(why=one.why)}", "italic")] if one.why else []
    return wrap(line(*spans), room, hang=2)


def memos(written: list[MemoRow], room: int, indent: int = 0) -> list[Line]:
    """Return memos, each with its author."""
    lines: list[Line] = []
    for memo in written:
        told = line(" " * indent, ("✎ ", "soon"), (f"{memo.author}: ", "muted"), (memo.text, "italic"))
        lines += wrap(told, room, hang=indent + 2)
    return lines


def agreements(model: ReviewModel, room: int) -> list[Line]:
    """Return how far the reader agrees with the log and with each other coder."""
    others = model.other_coders()
    if model.others_hidden and others:
        told = _("Other coders' work is hidden, so that you code blind; h shows it and the agreement.")
        return wrap(line((told, "muted")), room)
    lines = [line((_("Who speaks"), "title"))]
    if model.speakers_hidden:
        lines += wrap(line((_("Hidden while you judge the turns; H shows who speaks."), "muted")), room)
    for other in () if model.speakers_hidden else (LOG, *others):
        found = agreement.on_turns(model.state, model.me, other)
        turns = ngettext("{n} turn", "{n} turns", found.units).format(n=found.units)
        lines.append(_compared(_("the log") if other == LOG else other, found, turns, room))
    for other in others:
        lines += [EMPTY, line((_("Codes, you and {who}").format(who=other), "title"))]
        table = agreement.on_codes(model.state, model.me, other)
        for row in table:
            name = model.state.codes[row.code].name if row.code else _("all codes")
            judged = ngettext("{n} judged", "{n} judged", row.found.units).format(n=row.found.units)
            lines.append(_compared(name, row.found, judged, room))
        if not table:
            lines.append(line((_("No code yet by one of the two."), "muted")))
    told = _("κ is Cohen's kappa, alpha Krippendorff's: agreement beyond chance, 1 at most.")
    lines += [EMPTY, *wrap(line((told, "muted")), room)]
    return lines


def _compared(name: str, found: Agreement, over: str, room: int) -> Line:
    if not found.units or found.share is None:
        return spread(line((f"  {name}", "")), line((_("nothing judged by both"), "muted")), room)
    kappa, alpha = (f"{decimal(n, 2):>5}" if n is not None else "    –" for n in (found.kappa, found.alpha))
    right = line(
        (f"{whole(100 * found.share):3}%  ", "bold"), (f"κ {kappa}  alpha {alpha}", "bold"), (f"  {over:>9}", "muted")
    )
    return spread(pad(line(f"  {name}"), max(room // 3, 8)), right, room)
