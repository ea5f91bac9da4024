"""The colours of a report on paper, as hexadecimal digits; each is read at 4.5 to 1 or better on what it stands on."""

from __future__ import annotations

INK, SOFT, LINE, EMPTY, NOTE, INSIDE = "1B2430", "56616D", "C5CBD3", "C5CBD3", "6B5800", "FFFFFF"
KEY, BAND = "8A3B12", "F3F5F7"
"""Of what may not be skipped, and what lies under it."""
GROUPS = {"g0": "5C6570", "g1": "0067A5", "g2": "A84F00", "g3": "006B56", "g4": "7A3F8F", "g5": "3D4650"}
"""By the look of a person."""
DRAWING = f"""
text {{ font: 12px "Liberation Sans"; fill: #{INK}; }} .faint text {{ fill: #{SOFT}; }} .on-dark text {{ fill: #fff; }}
.bold text {{ font-weight: 700; }} .inside text {{ fill: #{INSIDE}; font-weight: 700; font-size: 11.5px; }}
.middle {{ text-anchor: middle; }} .end {{ text-anchor: end; }}
.band {{ fill: #f3f5f7; }} .odd {{ fill: #e4e8ed; }}
.bar {{ fill: #1d5c87; }} .planned {{ fill: #d5e5ec; }} .over {{ fill: #a84f00; }} .quiet {{ fill: #8a94a1; }}
.stroke {{ fill: none; stroke: #1d5c87; }} .stroke.lead {{ stroke: #1b4767; }} .stroke.quiet {{ stroke: #8a94a1; }}
.stroke.mixed {{ stroke: #7a3f8f; }} .stroke.tone0 {{ stroke: #f3f5f7; }} .stroke.tone1 {{ stroke: #d5e5ec; }}
.stroke.tone2 {{ stroke: #9dc3d3; }} .stroke.tone3 {{ stroke: #3a7a99; }} .stroke.tone4 {{ stroke: #1f4e66; }}
.tick {{ stroke: #d5dbe1; }} .mark {{ stroke: #{INK}; stroke-width: 1.5; }} .axis {{ stroke: #{SOFT}; }}
.limit {{ stroke: #{SOFT}; stroke-dasharray: 3 3; }} path.held {{ fill: none; stroke: #{NOTE}; stroke-width: 1.5; }}
path.empty {{ fill: none; stroke: #{EMPTY}; }}
path.trouble {{ fill: none; stroke: #{SOFT}; stroke-dasharray: 3 2; }}
""" + "".join(
    f"path.{look} {{ fill: #{colour}; }} g.{look} text {{ fill: #{colour}; }} "
    f"path.stroke.{look} {{ fill: none; stroke: #{colour}; }}\n"
    for look, colour in GROUPS.items()
)
