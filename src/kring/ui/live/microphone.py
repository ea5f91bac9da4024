"""Choosing the microphone, and five seconds to hear whether it is the right one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from math import ceil

from textual import events

from kring.audio.devices import Choice, Device, microphones
from kring.domain.text import KringError, Refused
from kring.record.sound_check import SECONDS, Step
from kring.session.recording import Recordist
from kring.system.i18n import _, say
from kring.ui.base import KringScreen
from kring.ui.dialogs import Dialog, Option, PickDialog
from kring.ui.views.sound import advice, meter
from kring.ui.widgets.line import EMPTY, Line, line, wrap

MOST_CHANNELS = 8
METER_CELLS = 30


def choose(screen: KringScreen, recordist: Recordist | None) -> Line:
    """Ask which microphone is to be used on this computer, and check its sound; looking for them takes a moment."""
    if recordist is None:
        raise Refused("Nothing is recorded in a rehearsal.")
    screen.run_worker(_choose(screen, recordist), group="microphone", exclusive=True)
    return line((_("Looking for microphones …"), "soon"))


async def _choose(screen: KringScreen, recordist: Recordist) -> None:
    import asyncio

    from kring.audio import devices

    try:
        found = await asyncio.to_thread(devices.inputs)
    except KringError as problem:
        screen.refuse(problem)
        return
    if not found:
        from kring.audio.advice import Failure, explained

        screen.refuse(explained(Failure.NO_DEVICE))
        return
    choices = choices_of(found)
    kept = devices.choice()
    options = [Option(str(place), label) for place, (label, _choice) in enumerate(choices)]
    current = next((str(place) for place, (_label, choice) in enumerate(choices) if choice == kept), "0")

    screen.say(EMPTY)

    def answered(place: str | None) -> None:
        if place is None:
            return
        label, choice = choices[int(place)]
        if devices.keep(choice):
            screen.say(line(("✓ ", "ok"), _("Microphone: {name}").format(name=label)))
        if not recordist.is_on:
            screen.dialog(SoundCheckDialog(choice, label))
            return
        try:
            recordist.change_microphone()
        except KringError as problem:
            screen.refuse(problem)

    screen.dialog(PickDialog(_("Microphone"), options, typing=True, current=current), answered)


def choices_of(found: Sequence[Device]) -> list[tuple[str, Choice]]:
    """Return what can be chosen, and in which words: each microphone once, and its channels apart if it has several."""
    choices = [(_("what the computer uses"), Choice())]
    for device in microphones(found):
        choices.append((f"{device.name} ({device.system})", Choice(device.id, 1)))
        several = min(device.channels, MOST_CHANNELS)
        if several > 1:
            apart = _("{n} channels apart, if each has a microphone of its own").format(n=several)
            choices.append((f"{device.name}: {apart}", Choice(device.id, several)))
    return choices


class SoundCheckDialog(Dialog[None]):
    """Five seconds of speaking, heard back at once; Escape leaves it."""

    def __init__(self, choice: Choice, label: str) -> None:
        super().__init__(_("Sound check"))
        self._choice, self._label = choice, label
        self._step: Step | None = None
        self._problem: KringError | None = None
        self._left = threading.Event()

    def on_mount(self) -> None:
        super().on_mount()
        self.run_worker(self._check, thread=True, group="sound check", exclusive=True)

    def on_unmount(self) -> None:
        self._left.set()

    def draw(self, room: int, height: int) -> list[Line]:
        step = self._step
        lines = [line((self._label, "bold")), EMPTY]
        if self._problem is not None:
            lines += wrap(line(("! ", "late"), say(self._problem.sentence)), room, hang=2)
        elif step is None:
            lines.append(line((_("The microphone is opened …"), "soon")))
        else:
            lines += self._heard(step, room)
        lines += [EMPTY] * (6 - len(lines))
        return [*lines[: max(height - 2, 1)], EMPTY, line((_("Escape leaves"), "muted"))]

    def _heard(self, step: Step, room: int) -> list[Line]:
        words = {
            "recording": _("Speak now: say who you are, and count to five."),
            "playing": _("This was heard. Is it clear?"),
            "done": _("Done. Enter checks again."),
        }
        level, peak = max(step.level_db, default=-120.0), max(step.peak_db, default=-120.0)
        left = f"  {ceil((1 - step.done) * SECONDS)} s" if step.doing != "done" else ""
        lines = [
            line((words.get(step.doing, ""), "current"), (left, "muted")),
            tuple(meter(level, peak, min(METER_CELLS, room - 2))),
        ]
        for text in advice(step.warnings, level_db=step.level_db):
            lines += wrap(line(("! ", "late"), text), room, hang=2)
        if step.doing == "done" and not step.warnings:
            lines.append(line(("✓ ", "ok"), _("The sound is good.")))
        return lines

    def pressed(self, event: events.Key) -> None:
        done = self._problem is not None or (self._step is not None and self._step.doing == "done")
        match event.key:
            case "escape" | "q":
                self.answer(None)
            case "enter" if done:
                self._step = self._problem = None
                self.show()
                self.run_worker(self._check, thread=True, group="sound check", exclusive=True)

    def _check(self) -> None:
        from kring.record import sound_check

        steps = sound_check.check(self._choice.device, self._choice.channels)
        try:
            for step in steps:
                if self._left.is_set():
                    return
                self.app.call_from_thread(self._take, step)
        except KringError as problem:
            if not self._left.is_set():
                self.app.call_from_thread(self._fail, problem)
        finally:
            steps.close()  # type: ignore[attr-defined]  # it ends the process that listens

    def _take(self, step: Step) -> None:
        self._step = step
        self.show()

    def _fail(self, problem: KringError) -> None:
        self._problem = problem
        self.show()
