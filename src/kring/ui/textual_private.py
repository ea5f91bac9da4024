"""The compositor of the live screen: a change at the top and one at the bottom cost two rows, not all between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

Span = tuple[int, int, int]
"""A row, its first column and the column after its last."""
Chops = list[dict[int, Strip | None]]
"""For each row what stands from which column on; None where nothing was drawn."""


class RowCompositor(Compositor):
    """Asks the widgets only for the rows that changed, and no widget that stands behind another one.

    Textual's own asks every widget for all of its rows, wherever the change is, and throws most of it away: that is
    the whole screen in every second in which a clock moves.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what changed since the last look, or None when nothing did."""
        spans = list(self._regions_to_spans(self._dirty_regions))
        self._dirty_regions.clear()
        if not spans:
            return None
        chops: Chops = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
        for block in blocks(spans):
            self._fill(block, chops)
        return ChopsUpdate(chops, spans, [cuts[1:] for cuts in self.cuts])

    def _fill(self, block: Region, chops: Chops) -> None:
        """Draw a part of the screen, from front to back until nothing can be behind."""
        for widget, (region, clip) in self.visible_widgets.items():
            inside = region.intersection(clip)
            seen = inside.intersection(block)
            if not seen:
                continue
            rows = Region(inside.x - region.x, seen.y - region.y, inside.width, seen.height)
            for y, strip in zip(seen.line_range, widget.render_lines(rows), strict=False):
                cuts = [cut for cut in self.cuts[y] if inside.x <= cut <= inside.right]
                for cut, part in zip(cuts, strip.divide([cut - inside.x for cut in cuts[1:]]), strict=False):
                    if chops[y][cut] is None:
                        chops[y][cut] = part
            if seen == block:
                return


def blocks(spans: Iterable[Span]) -> Iterator[Region]:
    """Yield the rectangles that spans make up: rows that follow on each other, from the same column to the same."""
    block: Region | None = None
    for y, left, right in spans:
        if block is not None and (block.bottom, block.x, block.right) == (y, left, right):
            block = Region(block.x, block.y, block.width, block.height + 1)
            continue
        if block is not None:
            yield block
        block = Region(left, y, right - left, 1)
    if block is not None:
        yield block
