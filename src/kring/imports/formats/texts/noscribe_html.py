"""The page that noScribe writes: each stretch of speech is an anchor that says from when, until when and by whom."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from kring.domain.text import N_, Sentence, one_line
from kring.imports.formats.cues.overlaps import is_pause, told_apart, without_mark
from kring.imports.parsed import Clock, Parsed, Skipped, Utterance
from kring.imports.source import Format, Source
from kring.imports.stamps import moment_in_name
from kring.system.text_files import Unreadable

_ANCHOR = re.compile(r"ts_(\d{1,10})_(\d{1,10})_(.{0,60})")
_STAMP = re.compile(r"\[\d\d:\d\d:\d\d\]\s*")
_SIGN = re.compile(r"""<a\s[^<>]*name=["']ts_\d""")


class _Anchors(HTMLParser):
    """Gathers the anchors with the words in them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, re.Match[str], list[str]]] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            anchor = next((_ANCHOR.fullmatch(value or "") for name, value in attrs if name == "name"), None)
            self._is_open = anchor is not None
            if anchor is not None:
                self.found.append((self.getpos()[0], anchor, []))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._is_open = False

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.found[-1][2].append(data)


def _recognises(source: Source) -> bool:
    return "<" in source.text[:200] and _SIGN.search(source.text) is not None


def _read(source: Source) -> Parsed:
    page = _Anchors()
    page.feed(source.text)
    page.close()
    if not page.found:
        raise Unreadable(N_("{file} holds no words with a time."), file=source.name)
    voices = {without_mark(anchor[3]) for _, anchor, _ in page.found}
    utterances: list[Utterance] = []
    skipped: list[Skipped] = []
    for line, anchor, words in page.found:
        start_ms, end_ms, voice = int(anchor[1]), int(anchor[2]), anchor[3].strip()
        text = _STAMP.sub("", one_line("".join(words)).removeprefix(f"{voice}:")).strip()
        if is_pause(text) or not text:
            why = N_("This is a pause.") if text else N_("Nothing stands here.")
            skipped.append(Skipped(line=line, why=Sentence(why)))
            continue
        utterances += [
            Utterance(
                line=line,
                start_ms=start_ms,
                end_ms=end_ms if end_ms >= start_ms else None,
                speaker=speaker,
                text=said,
            )
            for speaker, said in told_apart(voice, text, voices)
        ]
    begins = moment_in_name(source.name)
    return Parsed(
        format="noscribe-html",
        clock=Clock.RECORDING,
        begins_utc_ms=begins.utc_ms,
        begins_wall_ms=begins.wall_ms,
        utterances=tuple(utterances),
        skipped=tuple(skipped),
        warnings=source.warnings,
    )


FORMATS = (Format("noscribe-html", _recognises, _read),)
