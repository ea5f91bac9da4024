"""The foot of the screen: what Enter does, what must be chosen before, and which keys work."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain.text import one_line
from kring.domain.time_text import as_length
from kring.imports.parsed import Clock
from kring.system.i18n import _, ngettext
from kring.ui.intake.model import IntakeModel
from kring.ui.intake.views import by_keys, is_open
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, line


def foot(model: IntakeModel) -> Sequence[Line]:
    """Return what Enter does, and what must be chosen before."""
    preview = model.preview
    if preview is None or model.read is None:
        return (EMPTY, EMPTY)
    if (share := model.sound.share) is not None:
        told = _("is laid beside the session file, {percent} %").format(percent=round(100 * share))
        return (line((one_line(model.path.name), "bold"), " " + told), EMPTY)
    keeps_file = model.read.prepared.keeps_file
    kept = _("The file itself is kept too.") if keeps_file else _("The file itself is not kept.")
    one_act = line((_("Comes in as one act, which can be undone or taken out as a whole, later too."), "muted"))
    asked = preview.twice or preview.asks
    if asked is not None and (asked is preview.twice or model.is_fresh):
        return (line((by_keys(asked), "soon")), one_act)
    if preview.parsed.sound is not None:
        told = _("{length} of sound comes in.").format(length=as_length(preview.parsed.sound.lasts_ms))
        return (line((told, "bold"), ("  " + _("It is laid beside the session file."), "muted")), one_act)
    told_rows = ngettext("{n} line comes in.", "{n} lines come in.", preview.counts.rows)
    return (line((told_rows.format(n=preview.counts.rows), "bold"), ("  " + kept, "muted")), one_act)


def keys(model: IntakeModel, *, is_typing: bool) -> Sequence[KeyHint]:
    """Return the keys that work now."""
    if is_typing:
        return [KeyHint("Enter", _("move it there"), 9), KeyHint("Esc", _("leave it"), 8)]
    take_out = [KeyHint("z", _("take it out again"), 7)] if model.done else []
    if model.is_over:
        return [KeyHint("Enter", _("ready"), 9), *take_out]
    if model.preview is not None and model.sound.share is not None:
        return [KeyHint("Esc", _("stop it"), 9)]
    leave = KeyHint("Esc", _("leave it"), 8)
    if model.problem is not None:
        return [KeyHint("Enter", _("go on"), 9), leave, *take_out]
    if model.preview is None:
        return [leave]
    return [*_keys(model), leave, *take_out]


def _keys(model: IntakeModel) -> list[KeyHint]:
    preview = model.preview
    assert preview is not None
    has_open = any(is_open(one, model.wishes) for one in model.people)
    is_asked = preview.twice is not None or (preview.asks is not None and not has_open)
    keys = [] if is_asked else [KeyHint("Enter", _("next name") if has_open else _("bring in"), 9)]
    if preview.twice is not None or len(model.paths) > 1:
        keys.append(KeyHint("s", _("skip this file"), 4))
    if model.people:
        keys += [KeyHint("↑↓", _("name"), 6), KeyHint("y", _("yes, that one"), 7), KeyHint("n", _("all people"), 3)]
    if preview.parsed.attached:
        keys.append(KeyHint("k", _("moment"), 5))
    elif preview.clock is not Clock.NONE:
        keys += [
            KeyHint("← →", _("1 s"), 4),
            KeyHint("< >", _("10 s"), 3),
            KeyHint("k", _("clock"), 8 if is_asked else 5),
        ]
    if preview.counts.private:
        keys.append(KeyHint("p", _("private messages"), 4))
    if not (preview.parsed.attached or preview.parsed.sound or model.session.state.withdrawn):  # then it is settled
        keys.append(KeyHint("b", _("don't keep the file") if model.wishes.keep_file else _("keep the file"), 2))
    if preview.parsed.responses:
        keys.append(KeyHint("c", _("join by"), 7))
    return [*keys, KeyHint("PgDn", _("scroll"), 2)]
