"""How tests of screens wait: for all that a key sets off, and no longer."""

import asyncio

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Label


class Slow(App[None]):
    """Answers a key from a thread, and shows that after the next painting."""

    def compose(self) -> ComposeResult:
        yield Label("nothing", markup=False)

    async def on_key(self, event: Key) -> None:
        for _ in range(3):
            await asyncio.to_thread(str, event.key)
        self.call_after_refresh(self.call_later, self.show, event.key)

    def show(self, key: str) -> None:
        self.query_one(Label).update(key)


async def test_a_key_is_waited_for_until_what_it_sets_off_is_on_the_screen() -> None:
    app = Slow()
    async with app.run_test() as pilot:
        await pilot.press("k")
        assert app.screen._compositor.render_strips()[0].text.startswith("k ")
