"""Contrast and colour blindness, computed (WCAG 2.2; Machado, Oliveira and Fernandes 2009, severity 1)."""

from itertools import combinations

import pytest
from textual.color import Color

from kring.system.settings import Settings
from kring.ui.app import KringApp
from kring.ui.theme import DARK, LOOKS, THEMES, Palette, names

MEANINGS = ["strong", "text", "key", "need", "run", "lost"]
GROUNDS = {"need": "need-ground", "run": "run-ground", "strong": "lost-ground", "text": "run-ground"}
BLINDNESS = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour):
    parts = [part / 255 for part in Color.parse(colour).rgb]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour):
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    red, green, blue = (min(max(part, 0), 1) for part in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour, matrix):
    rgb = linear(colour)
    return lab([sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in matrix])


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", MEANINGS)
def test_every_colour_reads_on_every_ground(theme, name):
    grounds = ["ground", "band", "card", "input", *([GROUNDS[name]] if name in GROUNDS else [])]
    for ground in grounds:
        assert contrast(theme.variables[f"kring-{name}"], theme.variables[f"kring-{ground}"]) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("grey", "grounds"), [("done", ("ground", "band")), ("quiet", ("card", "input", "run-ground"))]
)
def test_what_is_done_reads_on_its_ground(theme, grey, grounds):
    for ground in grounds:
        assert contrast(theme.variables[f"kring-{grey}"], theme.variables[f"kring-{ground}"]) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_phases_differ_for_colour_blind_eyes(theme, blindness):
    for one, other in combinations(["text", "need", "lost", "run"], 2):
        pair = [seen(theme.variables[f"kring-{name}"], BLINDNESS[blindness]) for name in (one, other)]
        distance = sum((left - right) ** 2 for left, right in zip(*pair, strict=True)) ** 0.5
        assert distance >= 12, (one, other, round(distance, 1))


def test_phases_differ_without_any_colour():
    attributes = [LOOKS[name][1] for name in ("calm", "soon", "over")]
    assert len(set(attributes)) == 3


def test_looks_combine_and_an_unknown_look_is_plain():
    palette = Palette(THEMES[0])
    style = palette.style("key reverse")
    assert style.bold
    assert style.reverse
    assert style.color is not None
    assert not palette.style("nonsense")


@pytest.mark.parametrize("name", ["", "kring-light", "textual-dark", "nord", "of-nobody"])
def test_a_screen_begins_in_the_colours_of_its_theme_whatever_it_is_called(session, name):
    app = KringApp(session, Settings(theme=name))
    assert app.theme == (name if name in names() else DARK.name)
    assert app.stylesheet._variables == app.get_css_variables()
    assert app.get_css_variables()["background"]
