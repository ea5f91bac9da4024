"""Lines of styled text: what a view returns and a widget draws.

A view is a pure function `(state, now, size) -> list[Line]`. A `Line` is a tuple of spans, a span is a text
and the name of a look: `(("4:12", "soon"), (" left", ""))`. The names are those of `kring.ui.theme.LOOKS`,
and several may be joined with a space (`"key reverse"`). A view never names a colour.
Tuples of strings build in a sixth of the time of `textual.Content` and compare whole (two `Content`s are equal
when their text is, whatever their styles), so a view may run at every tick and only lines that differ are drawn.

Build lines with `line()`, place them with `pad`, `spread` and `cut`, fold them with `wrap`. Every width is
in cells of the terminal. A last span without text fills the rest of the line with its look: `(" late",
"over"), ("", "over")`. Text in a line is never markup, and `safe` guards it once more when it is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, split_text

from kring.domain.text import pattern

Span = tuple[str, str]
Line = tuple[Span, ...]

ELLIPSIS = "…"
EMPTY: Line = ()

_UNSEEN = pattern(  # zero-width marks; a joiner stays where it joins (family emoji, Persian)
    "[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_OBEYED = pattern("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_WORDS = pattern(r"[^ \-/]*[\-/]*(?: +|(?<=[\-/])|$)")


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x09:
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


PLAIN_SIGNS = str.maketrans(
    {
        **dict.fromkeys("█▉▊▋▌▍▎■▇▆▅", "#"),
        **dict.fromkeys("▏│┊", "|"),
        **dict.fromkeys("─━—–", "-"),
        **dict.fromkeys("●★◆▪▣", "*"),
        **dict.fromkeys("○◇▫□◌", "o"),
        "◧": "+",
        **dict.fromkeys("▶▸→", ">"),
        **dict.fromkeys("…≈", "~"),
        **dict.fromkeys("“”", '"'),
        **dict.fromkeys("‘’′", "'"),
        **dict.fromkeys("▁▂▃▄", "_"),
        **dict.fromkeys("▀↑▲", "^"),
        "×": "x",
        "·": ".",
        "←": "<",
        "↓": "v",
    }
)
"""What stands for the signs that some terminals, most of them in East Asia, draw two cells wide."""
_signs: dict[int, str] = {}


def use_plain_signs(*, are_wanted: bool) -> None:
    """Draw signs that are one cell wide on every terminal, or the usual ones."""
    _signs.clear()
    if are_wanted:
        _signs.update(PLAIN_SIGNS)


def safe(text: str) -> str:
    """Return text that no terminal obeys: controls as pictures, overrides as �, unseen marks dropped."""
    if _signs and not text.isascii():
        text = text.translate(_signs)
    if text.isprintable():
        return text
    return _UNSEEN.sub("", _OBEYED.sub(_picture, text))


def line(*parts: str | Span) -> Line:
    """Return a line of parts; a bare string has the plain look, an empty part vanishes."""
    return tuple([(part, "") if isinstance(part, str) else part for part in parts if part])


def plain(content: Line) -> str:
    """Return the text of a line without looks."""
    return "".join([text for text, _ in content])


def cells(text: str) -> int:
    """Return how many cells a text takes in the terminal."""
    return len(text) if text.isascii() else cell_len(text)


def width(content: Sequence[Span]) -> int:
    """Return how many cells a line takes."""
    total = 0
    for text, _ in content:
        total += len(text) if text.isascii() else cell_len(text)
    return total


def head(text: str, room: int) -> str:
    """Return the first cells of a text; half a wide character becomes a blank."""
    if text.isascii():
        return text[:room]
    return split_text(text, room)[0] if cell_len(text) > room else text


def cut(content: Line, room: int) -> Line:
    """Return a line that fits, ended by an ellipsis where it was cut."""
    if width(content) <= room:
        return content
    if room <= 0:
        return EMPTY
    kept: list[Span] = []
    left = room - 1
    for text, look in content:
        length = cells(text)
        if length > left:
            kept.append((head(text, left) + ELLIPSIS, look))
            break
        kept.append((text, look))
        left -= length
    return tuple(kept)


def pad(content: Line, room: int, look: str = "") -> Line:
    """Return a line of exactly this width: cut, or followed by blanks."""
    missing = room - width(content)
    if missing == 0:
        return content
    return (*content, (" " * missing, look)) if missing > 0 else cut(content, room)


def padded(text: str, room: int) -> str:
    """Return a text of just this width that ends in a blank, cut where it is longer."""
    kept = head(text, room - 1)
    return kept + " " * (room - cells(kept))


def spread(left: Line, right: Line, room: int) -> Line:
    """Return a line with one part at each edge; the left one gives way when both do not fit."""
    right = cut(right, room)
    space = room - width(right)
    if not space:
        return right
    return (*pad(cut(left, space - 1), space), *right)


def window(rows: Sequence[Line], height: int, room: int, top: int = 0) -> list[Line]:
    """Return the rows that fit, from `top` on; the first and the last tell at their end how many are out of sight."""
    seen = list(rows[top : top + height])
    if top and len(seen) > 1:
        seen[0] = with_more(seen[0], top, room)
    if seen and (below := len(rows) - top - len(seen)) > 0:
        seen[-1] = with_more(seen[-1], below, room)
    return seen


def with_more(row: Line, n: int, room: int) -> Line:
    """Return a row that tells at its end how many are out of sight behind it."""
    tail = row[-1:] if row and not row[-1][0] else EMPTY  # what fills the rest of a row that is chosen
    fill = tail[0][1] if tail else ""
    told = (f" … {n}", f"muted {fill}".strip())
    space = max(room - width((told,)), 0)
    return (*pad(row[: len(row) - len(tail)], space, fill), told, *tail)


def wrap(content: Line, room: int, hang: int = 0) -> list[Line]:
    """Fold a line at words into lines of at most `room` cells; all but the first hang in by `hang` cells."""
    room = max(room, 1)
    hang = hang if room - hang >= 8 else 0
    folded: list[Line] = []
    for paragraph in _paragraphs(content):
        whole = plain(paragraph)
        first = 0 if not folded else hang
        if cells(whole) <= room - first:
            folded.append(_hung(paragraph, first))
            continue
        for start, end in _folds(whole, room - first, room - hang):
            folded.append(_hung(_part(paragraph, start, end), hang if folded else 0))
    return folded or [EMPTY]


def _paragraphs(content: Line) -> Iterator[Line]:
    paragraph: list[Span] = []
    for text, look in content:
        head_text, *others = text.split("\n")
        if head_text:
            paragraph.append((safe(head_text), look))
        for other in others:
            yield tuple(paragraph)
            paragraph = [(safe(other), look)] if other else []
    yield tuple(paragraph)


def _folds(whole: str, first_room: int, room: int) -> Iterator[tuple[int, int]]:
    """Yield from where to where each folded line goes."""
    start = end = used = 0
    space = first_room
    for match in _WORDS.finditer(whole):
        word = match[0]
        length = cells(word.rstrip(" "))
        if used + length > space and used:
            yield start, end
            start, used, space = end, 0, room
        while length > space:  # a word longer than a line
            end += _fitting(whole[end : match.end()], space)
            yield start, end
            start, space = end, room
            word = whole[end : match.end()]
            length = cells(word.rstrip(" "))
        end = match.end()
        used += cells(word)
    if end > start:
        yield start, end


def _fitting(text: str, room: int) -> int:
    """Return how many characters fit, at least one, and never half a wide one."""
    if text.isascii():
        return max(room, 1)
    left, right = split_text(text, room)
    return max(len(left) if left + right == text else len(left) - 1, 1)


def _part(content: Line, start: int, end: int) -> Line:
    spans: list[Span] = []
    at = 0
    for text, look in content:
        piece = text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            spans.append((piece, look))
        at += len(text)
    while spans:  # the blanks at which the line was folded
        text, look = spans.pop()
        if text := text.rstrip(" "):
            return (*spans, (text, look))
    return EMPTY


def _hung(content: Line, hang: int) -> Line:
    return ((" " * hang, ""), *content) if hang else content
