"""The page that noScribe writes: each stretch of speech is an anchor that says from when, until when and by whom."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from kring.domain.text import N_, Sentence, one_line
from kring.imports.formats.cues.overlaps import is_pause, told_apart, without_mark
from kring.imports.parsed import Clock, Parsed, Skipped, Utterance
from kring.imports.source import Format, Source
from kring.imports.stamps import moment_in_name
from kring.system.text_files import Unreadable

_ANCHOR = re.compile(r"""<a\s[^<>]*?name=["']ts_(\d{1,10})_(\d{1,10})_([^"'<>]{0,60})["'][^<>]*>""")
_TAG = re.compile(r"<[^<>]*>")
_STAMP = re.compile(r"\[\d\d:\d\d:\d\d\]\s*")


def _recognises(source: Source) -> bool:
    return "<" in source.text[:200] and _ANCHOR.search(source.text) is not None


def _anchors(text: str) -> Iterator[tuple[int, re.Match[str], str]]:
    """Yield each anchor with its line and the words in it."""
    found = list(_ANCHOR.finditer(text))
    line, place = 1, 0
    for index, anchor in enumerate(found):
        line += text.count("\n", place, anchor.start())
        place = anchor.start()
        until = found[index + 1].start() if index + 1 < len(found) else len(text)
        inside, _, _ = text[anchor.end() : until].partition("</a>")
        yield line, anchor, html.unescape(_TAG.sub("", inside))


def _read(source: Source) -> Parsed:
    anchors = list(_anchors(source.text))
    if not anchors:
        raise Unreadable(N_("{file} holds no words with a time."), file=source.name)
    voices = {without_mark(html.unescape(anchor[3])) for _, anchor, _ in anchors}
    utterances: list[Utterance] = []
    skipped: list[Skipped] = []
    for line, anchor, words in anchors:
        start_ms, end_ms, voice = int(anchor[1]), int(anchor[2]), html.unescape(anchor[3]).strip()
        text = _STAMP.sub("", one_line(words).removeprefix(f"{voice}:")).strip()
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
