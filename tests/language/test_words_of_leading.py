"""The words that a refusal names can be typed, in both languages."""

from __future__ import annotations

import pytest

from kring.domain import leading
from kring.system.i18n import translated

NAMED = [
    (leading.PROBE_KINDS_NAMED, leading.probe_kind, leading.PROBE_KINDS),
    (leading.SITUATIONS_NAMED, leading.situation, leading.SITUATIONS),
    (leading.NONVERBAL_NAMED, leading.nonverbal_code, leading.NONVERBAL),
]


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize(("named", "read", "known"), NAMED)
def test_each_word_that_is_named_means_one_thing_in_its_place(named, read, known, lang):
    words = translated(named, lang).split(", ")
    assert [read(word) for word in words] == list(known)


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("situation", leading.SENTENCES)
def test_a_sentence_for_a_moment_is_short_enough_to_say(situation, lang):
    said = translated(leading.SENTENCES[situation], lang)
    assert 20 < len(said) <= 100
    assert lang == "en" or said != leading.SENTENCES[situation]
