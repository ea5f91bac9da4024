"""Sharing a session from the live screen: the code of each role to copy, or to be read by a telephone."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from kring.commands.sharing import JOINING, Carry, Role, joined_with, wish
from kring.domain.text import KringError, Refused
from kring.system.i18n import _, say
from kring.team.sharing import Sharing, carry
from kring.ui.base import KringScreen
from kring.ui.dialogs import Dialog
from kring.ui.widgets.line import EMPTY, Line, cells, cut, line, spread, width, wrap

CODE_CELLS = 55
GAP = 2
MOST_CELLS, MOST_CELLS_WIDE = 28, 46
"""What the cell beside the keys may take; the whole reason stands in the dialog, and once in the line of answers."""
WIDE = 120
CARRYING: dict[str, Carry] = {"s": "send", "f": "fetch", "x": "stop"}
QUIET = 2
"""How many light squares a telephone wants around the dark ones."""
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def cell(sharing: Sharing, room: int) -> Line:
    """Return in a few words who else has what was done here, without observers where there is no room for them."""
    if sharing.problem is not None:
        return line((_("not shared"), "late"), "  ")
    now = sharing.status
    if sharing.carried is not None:
        return line(*cut(line((say(sharing.carried), "muted")), MOST_CELLS), "  ")
    style = {"live": "ok", "refused": "late"}.get(now.condition, "soon") if now is not None else "muted"
    most = MOST_CELLS if room < WIDE else MOST_CELLS_WIDE
    told = say(sharing.told())
    if cells(told) > most:
        told = say(sharing.told(in_short=True))
    return line(*cut(line((told, style)), most), "  ")


def show(screen: KringScreen, sharing: Sharing | None, text: str) -> Line | None:
    """Share the session where it is not, and show the codes; make one a new one where that is asked."""
    wanted = wish(text)
    if sharing is None:
        raise Refused("Nothing is shared in a rehearsal.")
    if wanted.new is not None:
        return line(("✓ ", "ok"), say(sharing.renew(wanted.new)))
    if wanted.carry is not None:
        return line(("✓ ", "ok"), say(carry(sharing, wanted.carry)))
    if not sharing.is_on:
        sharing.share(wanted.address)
    elif wanted.address:
        raise Refused("This session is shared already: {how}.", how=sharing.told())
    screen.dialog(SharingDialog(sharing))
    return None


def show_if_begun(screen: KringScreen, sharing: Sharing) -> None:
    """Show the codes where sharing was asked for before there was a screen, and nobody has them yet."""
    if not sharing.is_again and (not sharing.codes or sharing.is_at_agency):  # those of such a server are there at once
        screen.dialog(SharingDialog(sharing))


class SharingDialog(Dialog[None]):
    """The codes; the arrows choose one, Enter copies it, q draws it, n makes it a new one; s, f and x are for sound."""

    ROWS_ABOVE = 2

    def __init__(self, sharing: Sharing) -> None:
        super().__init__(_("Join from another laptop"))
        self._sharing = sharing
        self._at = 0
        self._is_drawn = False
        self._said = EMPTY
        self._is_asked = False

    @property
    def _role(self) -> Role:
        return JOINING[self._at]

    def wanted_width(self) -> int:
        return CODE_CELLS + GAP + 12

    def follow(self) -> None:
        self._fit()

    def draw(self, room: int, height: int) -> list[Line]:
        sharing = self._sharing
        head = line((say(sharing.told()), "bold"))
        if sharing.problem is not None:
            body = wrap(line(("! ", "late"), say(sharing.problem)), room, hang=2)
        elif not sharing.codes:
            body = wrap(line((self._without_codes(), "muted")), room)
        elif self._is_drawn:
            return self._drawn(room, height)
        else:
            body = self._codes()
        carried = [] if sharing.carried is None else [*wrap(line(say(sharing.carried)), room), EMPTY]
        return [head, EMPTY, *body, EMPTY, *carried, *self._foot(room)]

    def _without_codes(self) -> str:
        if self._sharing.is_host:
            return _("The server starts …")
        return _("This file was joined with a code; who shares the session has the codes.")

    def _codes(self) -> list[Line]:
        lines: list[Line] = []
        for place, role in enumerate(JOINING):
            code = self._sharing.codes[role]
            here = place == self._at
            lines.append(line(("› " if here else "  ", "key"), (_(role), "bold" if here else "")))
            if not here and self._sharing.is_at_agency:
                continue  # such a code takes half of a small screen
            lines += [line("  ", (code[at : at + CODE_CELLS + 1], "")) for at in range(0, len(code), CODE_CELLS + 1)]
        return lines

    def _drawn(self, room: int, height: int) -> list[Line]:
        look = "reverse" if self.app.current_theme.dark else ""
        foot = line((_(self._role), "bold"), "  ", (_("Esc: back"), "muted"))
        squares = drawn(self._sharing.codes[self._role], look)
        if len(squares) < height and width(squares[0]) <= room:
            return [*squares, foot]
        told = _("This code is too large to be drawn in this window: make that larger, or copy the code.")
        return [*wrap(line(told), room), EMPTY, foot]

    def _foot(self, room: int) -> list[Line]:
        if self._said:
            return wrap(self._said, room)
        leave = line((_("Esc: leave"), "muted"))
        sound = _keys(self._keys_of_sound())
        if not self._sharing.codes:
            return [spread(sound, leave, room)]
        codes = _keys((("Enter", _("copy")), ("q", _("QR code")), ("n", _("new code"))))
        return [*([sound] if sound else []), spread(codes, leave, room)]

    def _keys_of_sound(self) -> tuple[tuple[str, str], ...]:
        """Return the keys for recordings, where there are any."""
        if self._sharing.carried is not None:
            return (("x", _("stop the recordings")),)
        if not self._sharing.session.state.segments:
            return ()
        return ("s", _("send recordings")), ("f", _("fetch recordings"))

    def pressed(self, event: events.Key) -> None:
        has_codes = bool(self._sharing.codes)
        was_asked, self._is_asked, self._said = self._is_asked, False, EMPTY
        match event.key:
            case "escape" if self._is_drawn:
                self._is_drawn = False
            case "escape":
                self.answer(None)
                return
            case "ctrl+q":
                self.answer(None)
                self.app.action_help_quit()
                return
            case "up" | "down" if has_codes:
                self._at = (self._at + (1 if event.key == "down" else -1)) % len(JOINING)
            case "enter" if has_codes:
                self.app.copy_to_clipboard(joined_with(self._role, self._sharing.codes[self._role]))
                told = _("Copied: paste it in a message to the {role}.").format(role=_(self._role))
                self._said = line(("✓ ", "ok"), told)
            case "q" if has_codes:
                self._is_drawn = not self._is_drawn
            case "n" if has_codes and was_asked:
                self._renew()
            case "n" if has_codes:
                self._is_asked = True
                told = _("Who has the code of before is thrown out and stays out. n again: do it.")
                self._said = line((told, "asks"))
            case key if key in CARRYING:
                self._carry(key)
        self._fit()

    def _carry(self, key: str) -> None:
        try:
            if CARRYING[key] != "stop" and not self._sharing.session.state.segments:
                raise Refused("No recordings lie here.")
            self._said = line(("✓ ", "ok"), say(carry(self._sharing, CARRYING[key])))
        except KringError as problem:
            self._said = line(("? ", "soon"), say(problem.sentence))

    def _renew(self) -> None:
        try:
            self._said = line(("✓ ", "ok"), say(self._sharing.renew(self._role)))
        except KringError as problem:
            self._said = line(("? ", "soon"), say(problem.sentence))


def _keys(does: Sequence[tuple[str, str]]) -> Line:
    return line(*(span for key, what in does for span in ((key, "key"), f" {what}  ")))


def drawn(code: str, look: str) -> list[Line]:
    """Return a code as squares, two rows of them in one row of the screen, in a look that is dark on light."""
    import segno

    squares = segno.make_qr(code.replace("-", ""), error="l").matrix_iter(border=QUIET)
    rows = [list(row) for row in squares]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    return [
        line(("".join(HALVES[bool(upper), bool(lower)] for upper, lower in zip(one, other, strict=True)), look))
        for one, other in zip(rows[::2], rows[1::2], strict=True)
    ]
