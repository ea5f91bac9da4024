"""The language of the screen: which one, and what translating never does."""

import gettext

import pytest

from kring.domain.text import Sentence
from kring.system import i18n


@pytest.fixture(autouse=True)
def _english_again():
    yield
    i18n.use("en")


@pytest.mark.parametrize(
    ("option", "plan", "setting", "locale", "chosen"),
    [
        ("en", "nl", "nl", "nl_NL.UTF-8", "en"),
        (None, "en", "nl", "nl_NL.UTF-8", "en"),
        (None, None, "en", "nl_NL.UTF-8", "en"),
        (None, None, None, "nl_BE.UTF-8", "nl"),
        (None, None, None, "fr_FR.UTF-8", "en"),
        (None, None, None, "C.UTF-8", "nl"),
        (None, None, None, "POSIX", "nl"),
        (None, None, None, "", "nl"),
        (None, "nl-BE", None, "en_GB", "nl"),
        (None, "Klingon", None, "en_GB", "en"),
        ("", "", "", "nl", "nl"),
    ],
)
def test_the_first_wish_that_kring_speaks_is_chosen(option, plan, setting, locale, chosen):
    assert i18n.choose(option, plan, {"LANG": locale}, setting) == chosen


def test_lc_all_goes_before_lc_messages_and_lang():
    environ = {"LANG": "nl_NL", "LC_MESSAGES": "en_GB", "LC_ALL": ""}
    assert i18n.choose(None, None, environ) == "en"
    assert i18n.choose(None, None, environ | {"LC_ALL": "nl_NL"}) == "nl"


def test_a_sentence_is_said_in_the_language_in_use():
    sentence = Sentence("{who} has the floor already.", {"who": "P3"})
    assert i18n.say(sentence) == "P3 has the floor already."
    i18n.use("nl")
    assert i18n.language() == "nl"
    assert i18n.say(sentence) == "P3 heeft het woord al."


def test_a_sentence_inside_a_sentence_is_translated_too():
    i18n.use("nl")
    inner = Sentence("Nothing was changed.")
    assert i18n.say(Sentence("{who} is not here.", {"who": inner})) == "Er is niets veranderd. is er niet."


def test_a_text_that_has_a_plural_is_translated_by_itself_too(monkeypatch):
    # as in Python 3.11.2, which looks among the texts without a plural only
    monkeypatch.setattr(gettext.GNUTranslations, "gettext", lambda self, text: self._catalog.get(text, text))
    i18n.use("nl")
    assert (i18n._("quote"), i18n._("Nothing was changed.")) == ("citaat", "Er is niets veranderd.")
    assert i18n._("a text of nobody") == "a text of nobody"


@pytest.mark.parametrize("hostile", ["{0}", "{code.__class__}", "%s", "{", "}", "[/b]", "\ud800", "\x1b]0;x\x07"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_value_is_never_read_as_a_template(hostile, lang):
    i18n.use(lang)
    assert i18n.say(Sentence("{code} is not here.", {"code": hostile})).startswith(hostile)


def test_a_forgotten_value_shows_the_template_and_raises_nothing():
    assert i18n.say(Sentence("{code} is not here.")) == "{code} is not here."


def test_an_empty_text_stays_empty():
    i18n.use("nl")
    assert i18n._("") == ""


def test_counting_without_a_translation_is_english():
    i18n.use("nl")
    assert [i18n.ngettext("{n} thing nobody has", "{n} things nobody has", n) for n in (0, 1, 2)] == [
        "{n} things nobody has",
        "{n} thing nobody has",
        "{n} things nobody has",
    ]


def test_an_unknown_language_is_english():
    i18n.use("tlh")
    assert i18n.language() == "en"
    assert i18n._("yes") == "yes"


@pytest.mark.parametrize(("lang", "told"), [("en", ("2.5", "3", "0.25")), ("nl", ("2,5", "3", "0,25"))])
def test_a_number_has_the_point_of_the_language_and_the_decimals_that_it_has(lang, told):
    i18n.use(lang)
    sentences = [Sentence("{minutes} min", {"minutes": minutes}) for minutes in (2.5, 3.0, 0.25)]
    assert [i18n.say(one) for one in sentences] == [f"{number} min" for number in told]
