"""A stage on which the widgets stand without a session."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal

from kring.ui import theme
from kring.ui.widgets.key_bar import KeyBar, KeyHint
from kring.ui.widgets.line import Line, cells, line, spread, wrap
from kring.ui.widgets.line_input import LineInput
from kring.ui.widgets.line_list import LineList
from kring.ui.widgets.panel import Panel

HINTS = (
    KeyHint("F2", "volgende", 9),
    KeyHint("F3", "markeer", 5),
    KeyHint("F4", "pauze", 5),
    KeyHint("1-8", "spreekt", 8),
    KeyHint("spatie", "niemand", 4),
    KeyHint("n", "notitie", 7),
    KeyHint("g", "ga naar", 2),
    KeyHint("?", "vragen", 1),
    KeyHint("ctrl+p", "alles", 1),
    KeyHint("F1", "hulp", 9),
)


def note(number: int, text: str = "ik spaar nooit, het is me te veel gedoe") -> tuple[int, str]:
    return number, text


def draw(entry: tuple[int, str], room: int) -> list[Line]:
    return wrap(line((f"20:{entry[0]:05} ", "muted"), ("P3 ", "key"), entry[1]), room, hang=9)


class Stage(App[None]):
    """Top line, two panels, a list, an input and a key bar: the shape of the live screen."""

    CSS_PATH = theme.STYLESHEET
    CSS = """
    #top, #said { height: 1; }
    #middle { height: 2fr; }
    """

    def __init__(self, skin: str = "kring-dark") -> None:
        super().__init__()
        self.skin = skin
        self.seen: list[object] = []
        self.top = Panel(id="top")
        self.guide = Panel(title="Gespreksleidraad", framed=True, id="guide")
        self.floor = Panel(title="Wie spreekt", framed=True, id="floor")
        self.notes = LineList(draw, lambda entry: entry[0], newer="… {} nieuwer".format, id="notes")
        self.typed = LineInput(placeholder="Notitie", id="typed")
        self.keys = KeyBar(HINTS, id="keys")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.SURFACES

    def compose(self) -> ComposeResult:
        yield self.top
        with Horizontal(id="middle"):
            yield self.guide
            yield self.floor
        yield self.notes
        yield self.typed
        yield self.keys

    def on_mount(self) -> None:
        self.animation_level = "none"
        theme.install(self, self.skin)
        self.screen.AUTO_FOCUS = ""
        self.screen.set_focus(None)

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        self.seen.append(event)

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        self.seen.append(event.value)

    def on_line_input_left(self, event: LineInput.Left) -> None:
        self.seen.append(event)

    def fill(self) -> None:
        room = self.top.size.width
        self.top.show(
            [
                spread(
                    line(
                        (" kring ", "title"),
                        " Loyaliteit 1   20:04:13   ",
                        ("uitloop +2:40", "over"),
                        "   einde 21:03",
                    ),
                    line("7/8 aanwezig "),
                    room,
                )
            ]
        )
        self.guide.show(
            [
                line(("  ✓ 1 Welkom            8:00   9:12", "muted")),
                line(("▸ ", "key"), ("2 Ervaringen met sparen  25:00 18:31 ", "current"), ("nog 6:29", "soon")),
                line(),
                *wrap(
                    line(
                        "   ",
                        ("2.2  ", "key"),
                        ("Vertel eens over de laatste keer dat u punten inwisselde.", "bold"),
                    ),
                    self.guide.size.width,
                    8,
                ),
                line("        ▫ wat ging goed  ", ("▪ wat gebeurde er", "muted")),
                line(("   straks 2.3 Welk cijfer?  5 min", "calm")),
            ]
        )
        self.floor.show(
            [
                line(("▶ 3 Fatima  0:41 ", "speaking"), ("████████", "bar"), ("░░░", "rest"), " 24 %"),
                line("  4 Piet 日本   ", ("██████████", "bar"), " 34 % ", ("veel", "late")),
                line("  6 Kees              ", ("nog niet", "muted")),
                line(("  \x1b[2J[b]Els\u202e[/]  ", ""), ("weg 2:10", "soon")),
            ]
        )
        self.notes.set_all([note(number) for number in range(40)])
        self.keys.show_saved(line(("bewaard 20:04:12", "muted")))


def text(app: App[None]) -> list[str]:
    """Return the rows of the screen as text."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def widest(app: App[None]) -> int:
    return max(cells(row) for row in text(app))
