"""However the head of a direct message is damaged, and whatever quotes it, its words are in no message to all."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from kring.domain.text import KringError
from kring.imports import recognise
from kring.imports.formats.chat.addressing import is_everybody
from kring.imports.source import Evening, Source
from kring.privacy.known.file_labels import words_of

HOUR = 3_600_000
EVENING = Evening(
    {tuple(words_of(name)) for name in ("Anna Bakker", "Piet", "Els")}, (), (19 * HOUR + HOUR // 2, 21 * HOUR)
)
SECRET = "zevenblad kwam hier nooit"
FORMS = [
    ("19:35:{n:02} From {who} to {whom}:", "\t{text}\n\ten {text}", "Everyone"),
    ("2026-12-03 19:35:{n:02} Van {who} aan {whom}:", "\t{text}", "Iedereen"),
    ("19:35:{n:02}\t From  {who}  to  {whom} : {text}", "en {text}", "Everyone"),
    ("19:35:{n:02} Von  {who}  an  {whom}:", "  {text}", "Alle"),
    ("from {who} to {whom}:    7:{n:02} PM", "{text}", "everyone"),
]
people = st.sampled_from(["Anna", "Piet", "Els", "Gerrit Jan", "Zus de Wit", "P3: Kees"])
recipients = st.sampled_from(
    [
        "Els",
        "Piet",
        "Bob",
        "Bob, Carla",
        "Hosts",
        "Anna (Privately)",
        "Els(direct bericht)",
        "Bo B. [NL]",
        "Ons Groepje",
    ]
)
signs = st.sampled_from([*"abX :.0(\t)", "", "  ", "to", "From"])


def block(form: tuple[str, str, str], n: int, who: str, whom: str, text: str) -> list[str]:
    head, below, _all = form
    return [one.format(n=n, who=who, whom=whom, text=text) for one in (head, *below.split("\n"))]


@given(st.sampled_from(FORMS), people, recipients, people, st.integers(0, 60), st.integers(0, 2), signs)
@example(FORMS[0], "Anna", "Els", "Piet", 0, 2, "  ")
def test_a_damaged_head_makes_nothing_public(form, who, whom, other, place, cut, sign) -> None:
    assert not is_everybody(whom)
    private = block(form, 20, who, whom, SECRET)
    head = private[0].removesuffix(SECRET)
    place = min(place, len(head))
    private[0] = head[:place] + sign + head[place + cut :] + private[0][len(head) :]
    around = (block(form, n, other, form[2], "hallo allemaal") for n in (10, 15, 30, 35))
    first, second, third, fourth = around
    for lines in (
        [*first, *second, *private, *third, *fourth],
        [*first, *private, *private, *second, *third, *fourth],
    ):
        try:
            parsed = recognise.read(Source("chat.txt", "\n".join(lines).encode(), evening=EVENING))
        except KringError:
            continue
        public = [one.text for one in parsed.messages if not one.is_private] + [one.text for one in parsed.utterances]
        assert not [text for text in public if "zevenblad" in text]


@given(
    st.sampled_from(FORMS[1:2]),
    st.integers(6, len(SECRET)),
    st.sampled_from(['Replying to "{}…":\n\t{}', "> {}\n\t{}", '"{}" {}', "«{}...» {}", "„{}“: {}", 'zij: "{}", {}']),
)
def test_a_quote_makes_nothing_public(form, length, quote) -> None:
    lines = block(form, 10, "Anna", "Els", SECRET)
    lines += block(form, 20, "Piet", form[2], quote.format(SECRET[:length], "dat klopt"))
    parsed = recognise.read(Source("chat.txt", "\n".join(lines).encode(), evening=EVENING))
    assert any("dat klopt" in one.text for one in parsed.messages if not one.is_private)
    assert not any("zeven" in one.text for one in parsed.messages if not one.is_private)
