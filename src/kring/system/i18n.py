"""The language of all that is read on screen: the English text is the key, a catalogue has the Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from kring.domain.text import Sentence, fill, whole

if TYPE_CHECKING:
    from gettext import NullTranslations

Language = Literal["nl", "en"]
LANGUAGES: tuple[str, ...] = get_args(Language)
LOCALE = Path(__file__).parent.parent / "locale"

# English has no catalogue: the keys are English already, and a second copy could only drift away from them.
_catalogue: NullTranslations | None = None
_language = "en"


def choose(
    option: str | None,
    plan_lang: str | None,
    environ: Mapping[str, str],
    settings_lang: str | None = None,
) -> str:
    """Return the language to speak: as asked, else the plan's, else the user's setting, else the locale's."""
    for wish in (option, plan_lang, settings_lang):
        if wish and (known := _code(wish)) in LANGUAGES:
            return known
    names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = _code(next((name for name in names if name), ""))
    # A locale that says nothing gets Dutch, the first language of kring.
    return "nl" if locale in {"", "c", "posix", "nl"} else "en"


def _code(name: str) -> str:
    return name.replace("-", "_").partition("_")[0].partition(".")[0].strip().lower()


def use(lang: str) -> None:
    """Speak `lang` from now on; a language without a catalogue is English."""
    global _catalogue, _language  # noqa: PLW0603 - one process speaks one language
    _language = lang if lang in LANGUAGES else "en"
    _catalogue = None
    if _language != "en":
        from gettext import translation

        _catalogue = translation("kring", LOCALE, [_language], fallback=True)


def language() -> str:
    """Return the code of the language in use."""
    return _language


def _(text: str) -> str:
    """Translate a text."""
    if not _catalogue or not text:  # an empty key would return the header of the catalogue
        return text
    said = _catalogue.gettext(text)
    # Python 3.11.2 (Debian 12) passes over texts that also have a plural.
    return _catalogue.ngettext(text, text, 1) if said == text else said


def translated(text: str, lang: str) -> str:
    """Translate a text into a language, whichever one is in use: a group is spoken to in its own."""
    if lang == "en" or lang not in LANGUAGES:
        return text
    if lang == _language:
        return _(text)
    from gettext import translation

    return translation("kring", LOCALE, [lang], fallback=True).gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """Translate a text that counts `n` things."""
    if _catalogue:
        return _catalogue.ngettext(one, many, n)
    return one if n == 1 else many


def decimal(value: float, places: int = 1) -> str:
    """Return a number with so many decimals, with the comma and the minus sign that people write."""
    told = f"{whole(value * 10**places) / 10**places:.{places}f}".replace("-", "\u2212")
    return told.replace(".", ",") if language() == "nl" else told


def plain_number(value: float) -> str:
    """Return a number as people write it: whole without decimals, else with one."""
    return decimal(value, 0 if value == int(value) else 1)


def as_written(value: float) -> str:
    """Return a number with the decimals that it has, as people write it."""
    told = f"{value:g}"
    return told.replace(".", ",") if language() == "nl" else told


def percent(share: float) -> str:
    """Return a share of 0..1 in whole per cent."""
    return f"{whole(100 * share)} %"


def say(sentence: Sentence) -> str:
    """Return a sentence in the language in use, values filled in; a value that is a sentence is said too."""
    return fill(_(sentence.template), {name: _value(value) for name, value in sentence.values.items()})


def _value(value: Any) -> Any:
    match value:
        case Sentence():
            return say(value)
        case float():
            return as_written(value)
    return value
