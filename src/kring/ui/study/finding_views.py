"""How the screen on which a study is searched is drawn: hits on the left, themes by segment on the right."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain.study.themes import Count
from kring.domain.text import one_line
from kring.domain.time_text import as_clock
from kring.domain.words import SPEAKER_WORDS
from kring.study.finding.asking import Hit
from kring.study.finding.notices import left_out
from kring.system.i18n import _, ngettext, say
from kring.ui.study import finding_filters as filters
from kring.ui.study.finding_model import COUNTED, FindingModel
from kring.ui.widgets.line import EMPTY, Line, Span, cut, line, pad, spread, width, wrap

LIT = "asks underline"
MARKS = {"quote": "“", "chat": "“", "paraphrase": "≈ ", "summary": "= ", "remark": "( ", "nonverbal": "* "}
MOST_BOXES = 6
THEME_ROOM, CELL_ROOM = 16, 13
LONGEST_BAR = 24
LONGEST_FILTER = 24


def top(model: FindingModel, room: int) -> Line:
    """Return the first line: which study this is, and how much of it was held."""
    held = sum(1 for one in model.groups.values() if one.group.started_at is not None)
    groups = ngettext("{n} group held", "{n} groups held", held).format(n=held)
    people = sum(model.people.values())
    told = ngettext("{n} person", "{n} people", people).format(n=people)
    name = (f" {one_line(model.title)}", "title")
    left = line((" kring ", "key"), name, (f"   {groups}, {told}", "muted"))
    return spread(left, line(f"{_('search and themes')} "), room)


def asked(model: FindingModel, room: int) -> Line:
    """Return the line that is typed in, with the filters and how much was found."""
    every = _("all")
    chosen = [(name, value or every) for name, value in filters.told(model.chosen)]
    told = line((f"{counted(model)} ", "bold"))
    typed = line((" / ", "key"), (model.typed, "bold"), ("▏", "key"))
    every_one = [span for name, value in chosen for span in _filter(name, value, every)]
    in_force = [span for name, value in chosen if value != every for span in _filter(name, value, every)]
    all_fit = width((*typed, *every_one, *told)) < room
    return spread((*typed, *(every_one if all_fit else in_force)), told, room)


def _filter(name: str, value: str, every: str) -> tuple[Span, Span]:
    shown = cut(line(one_line(value)), LONGEST_FILTER)[0][0]
    return (f"   {name} ", "muted"), (shown, "" if value == every else "asks")


def counted(model: FindingModel) -> str:
    """Return how many hits there are, of how many people and groups."""
    found = model.found
    if found.total is None:
        return _("more than {n} hits").format(n=COUNTED)
    told = [ngettext("{n} hit", "{n} hits", found.total).format(n=found.total)]
    if found.total:
        people, groups = found.people or 0, found.groups or 0
        told.append(ngettext("{n} person", "{n} people", people).format(n=people))
        told.append(ngettext("{n} group", "{n} groups", groups).format(n=groups))
    return ", ".join(told)


def hits(model: FindingModel, room: int, height: int) -> list[Line]:
    """Return the hits around the cursor, the newest first, below the group that each is of."""
    if not model.hits:
        told = _("Nothing was found.") if model.groups else _("No session of this study is here yet.")
        return [EMPTY, line((f"  {told}", "muted"))]
    blocks = [_hit(model, place, room) for place in range(max(0, model.at - height), model.at + 1)]
    shown = sum(map(len, blocks))
    first = len(blocks)
    while first > 1 and shown > height:
        first -= 1
        shown -= len(blocks.pop(0))
    rows = [row for block in blocks for row in block]
    for place in range(model.at + 1, len(model.hits)):
        if len(rows) >= height:
            break
        rows += _hit(model, place, room)
    return rows[:height]


def _hit(model: FindingModel, place: int, room: int) -> list[Line]:
    hit, is_at = model.hits[place], place == model.at and not model.is_in_matrix
    is_first = place == 0 or model.hits[place - 1].session != hit.session
    rows = [line((_heading(model, hit.session), "muted"))] if is_first else []
    number = _number(model, hit)
    head = [(f"{'▸' if is_at else ' '}{_moment(hit):>8} ", "key" if is_at else "muted")]
    head += [(f"{_who(hit):<4}", "bold"), (f"{number:<5}", "muted")]
    body = [*head, *_words(model, hit), *((f" #{tag}", "key") for tag in hit.passage.tags)]
    folded = wrap(tuple(body), room, 19)[:3]
    return [*rows, *([pad(row, room, "selected") for row in map(_selected, folded)] if is_at else folded)]


def _selected(content: Line) -> Line:
    return tuple([(text, f"{look} selected".strip()) for text, look in content])


def _heading(model: FindingModel, session: int) -> str:
    name, day = model.called[session], model.groups[session].group.started[:10]
    return f" {one_line(name if day in name else f'{name}, {day}')}"


def _number(model: FindingModel, hit: Hit) -> str:
    questions = model.groups[hit.session].questions
    return next((one.number for one in questions if one.item == hit.passage.item), "")[:4]


def _who(hit: Hit) -> str:
    passage = hit.passage
    if passage.person or not passage.speaker:
        return passage.person[:4]
    return _(SPEAKER_WORDS[passage.speaker])[:3]


def _moment(hit: Hit) -> str:
    return as_clock(hit.passage.t * 1000) if hit.passage.t is not None else "–"


def _words(model: FindingModel, hit: Hit) -> list[Span]:
    """Return what was said, with the words lit that were looked for."""
    text, mark = one_line(hit.passage.text), MARKS.get(hit.passage.kind, "")
    spans: list[Span] = [(mark, "")] if mark else []
    done = 0
    for begin, end in model.search.places(text) if model.typed.strip() else ():
        spans += [(text[done:begin], ""), (text[begin:end], LIT)]
        done = end
    spans.append((text[done:], ""))
    return [*spans, ("”", "")] if mark == "“" else spans


def targets(model: FindingModel, room: int, height: int) -> list[Line]:
    """Return the findings and hypotheses of which one is chosen, with the notes that they point to already."""
    asks = _("What does this speak for?") if model.side == "quotes" else _("What does this speak against?")
    said = wrap(line("  ", *_words(model, model.hit)), room, 4)[:2] if model.hit else []
    rows = [line((f" {asks}", "bold")), *said, EMPTY]
    first = max(0, model.target_at - max(1, (height - len(rows)) // 3) + 1)
    for place, one in enumerate(model.targets[first:], first):
        is_at = place == model.target_at
        name = line((f"{'▸' if is_at else ' '}{one.code:<4} ", "key"), (one_line(one.text), ""))
        folded = wrap(name, room, 6)[:2]
        rows += [pad(row, room, "selected") for row in map(_selected, folded)] if is_at else folded
        there = one.quotes if model.side == "quotes" else one.against
        rows += [cut(line((f"      {one_line(there)}", "muted")), room)] if there else []
    return rows[:height]


def themes(model: FindingModel, room: int, height: int) -> list[Line]:
    """Return the matrix, the words behind its chosen cell, and how many themes were new in each group."""
    if not model.rows:
        told = _("No group has a tag or a code on what was said.")
        return [EMPTY, line((f" {told if model.groups else _('No session of this study is here yet.')}", "muted"))]
    is_unsure = any(count.unsure for row in model.rows for count in row.by_segment.values())
    sign = [line((f" {_('? = by the log only')}", "need"))] if is_unsure else []
    below = [*sign, *_behind(model, room), EMPTY, *_new_themes(model, room)]
    rows_room = max(4, height - 4 - min(len(below), height // 2))
    return [*_matrix(model, room, rows_room), EMPTY, *below][:height]


def _matrix(model: FindingModel, room: int, height: int) -> Iterator[Line]:
    first_segment, shown = _in_sight(model, room)
    cell_room = max(CELL_ROOM, (room - THEME_ROOM) // max(1, len(shown)))
    yield line((f" {_('Theme × segment')}", "bold"), (f"   {_('groups, people, times')}", "muted"))
    heads = [(_name(model, one), f" {model.people[one]}") for one in shown]
    spans: list[Span] = [(" " * THEME_ROOM, "")]
    for name, n in heads:
        spans += pad(cut(((one_line(name), "bold"), (n, "muted")), cell_room - 1), cell_room)
    yield tuple(spans)
    first = max(0, min(model.cell[0] - height // 2, len(model.rows) - height))
    for place, row in enumerate(model.rows[first : first + height], first):
        is_row = place == model.cell[0]
        label = cut(
            line((f"{'▸' if is_row else ' '}{one_line(model.names[row.theme])}", "current" if is_row else "")),
            THEME_ROOM - 1,
        )
        cells = list(pad(label, THEME_ROOM))
        for nth, segment in enumerate(shown, first_segment):
            drawn = pad(_cell(row.by_segment.get(segment, Count()), cell_room), cell_room)
            is_chosen = is_row and nth == model.cell[1] and model.is_in_matrix
            cells += _selected(drawn) if is_chosen else drawn
        yield tuple(cells)
    rest = len(model.rows) - height
    if rest > 0:
        yield line((" " + ngettext("… {n} more", "… {n} more", rest).format(n=rest), "muted"))


def _in_sight(model: FindingModel, room: int) -> tuple[int, list[str]]:
    """Return which segments fit beside each other, with the chosen one among them, and the place of the first."""
    n = max(1, (room - THEME_ROOM) // CELL_ROOM)
    first = max(0, min(model.cell[1] - n + 1, len(model.segments) - n))
    return first, model.segments[first : first + n]


def _cell(count: Count, room: int) -> Line:
    if not count.mentions:
        return line(("   –", "muted"))
    people = f"{count.people:>3}"
    spans: list[Span] = [(f"{count.groups:>2}", "muted"), (people, "bold"), ("?" if count.unsure else " ", "need")]
    spans.append((f"{count.mentions:>3} ", "muted"))
    boxes = min(count.people, room - 11)
    return (*spans, ("▮" * boxes, "bar")) if count.people <= MOST_BOXES < room - 10 else tuple(spans)


def _name(model: FindingModel, segment: str) -> str:
    return model.segment_names.get(segment) or _("unknown")


def _behind(model: FindingModel, room: int) -> Iterator[Line]:
    """Yield the chosen cell in words, and the newest words behind it."""
    theme = model.theme
    if theme is None:
        return
    count, segment = model.count, model.segments[model.cell[1]]
    people = ngettext("{n} person", "{n} people", count.people).format(n=count.people)
    groups = ngettext("{n} group", "{n} groups", count.groups).format(n=count.groups)
    name = f" {one_line(model.names[theme.theme])}"
    yield line((name, "bold"), (f" × {_name(model, segment)}: {people}, {groups}", ""))
    if count.unsure:
        told = _("of whom by the log only, which nobody confirmed: {n}").format(n=count.unsure)
        yield line((f" {told}", "need"))
    for hit in model.behind[:3]:
        yield from wrap(line("  ", *_words(model, hit)), room, 4)[:2]
        yield line((f"    {one_line(model.called[hit.session])}  {_who(hit)}  {_moment(hit)}", "muted"))


def _new_themes(model: FindingModel, room: int) -> Iterator[Line]:
    """Yield a bar for each group of the themes that were new in it, with the lowest and highest in other orders."""
    found = model.new_themes
    if found is None:
        return
    yield line((f" {_('New themes in each group')}", "bold"), (f" ({_('in other orders')})", "muted"))
    most, names = max(1, *found.new), [one_line(model.called[one]) for one in found.sessions]
    longest = min(14, max(map(len, names)))
    scale = max(4, min(LONGEST_BAR, room - longest - 16))
    for name, new, other in zip(names, found.new, found.spread, strict=True):
        bar = f"{'█' * round(scale * new / most):<{scale}}"
        order = (f" ({other.low}–{other.high})", "muted")
        yield cut(line(f"  {name[:longest]:<{longest}} ", (bar, "bar"), f" {new:>3}", order), room)


def foot(model: FindingModel, room: int) -> Line:
    """Return what must be said of files and of what was left out, the first of it; and how the hit is called."""
    if model.told:
        return line((f" {model.told}", "need"))
    said = [*map(say, model.finding.said), *left_out(model.groups.values())]
    more = f"  … {len(said) - 1}" if len(said) > 1 else ""
    hit = model.hit
    note = f"  {one_line(model.called[hit.session])} #{hit.passage.number} " if hit and hit.passage.number else ""
    return spread(line((f" {said[0]}" if said else "", "need")), line((more, "muted"), (note, "muted")), room)
