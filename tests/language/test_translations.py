"""The check of the translations finds what it is there for."""

import importlib.util
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).parents[2]


@pytest.fixture
def translations(tmp_path, monkeypatch):
    place = importlib.util.spec_from_file_location("translations", ROOT / "tools" / "translations.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "SOURCE", tmp_path)
    monkeypatch.setattr(module, "DUTCH", tmp_path / "kring.po")
    return module


def problems(translations, code, **dutch):
    (translations.SOURCE / "code.py").write_text(code, "utf-8")
    lines = [f'msgid "{one}"\nmsgstr "{other}"\n' for one, other in dutch.items()]
    translations.DUTCH.write_text("\n".join(lines), "utf-8")
    return [problem.split(": ")[1] for problem in translations.problems()]


def test_a_complete_catalogue_has_no_problem(translations):
    assert problems(translations, '_("Note")', Note="Notitie") == []


@pytest.mark.parametrize(
    "code",
    [
        '_("Note")',
        'N_("Note")',
        'Sentence("Note")',
        'Refused("Note", n=1)',
        'text.Refused("Note")',
        '_("No" "te")',
        '_(text if known else "Note")',
        """f'{_("Note")}'""",
        'class Full(Refused): ...\nclass Fuller(Full): ...\nFuller("Note")',
    ],
)
def test_every_mark_is_found(translations, code):
    assert problems(translations, code) == ["no Dutch"]


def test_an_empty_translation_is_none(translations):
    assert problems(translations, '_("Note")', Note="") == ["no Dutch"]


def test_other_placeholders_are_found(translations):
    code = '_("by {who}")'
    assert problems(translations, code, **{"by {who}": "door {wie}"}) == [
        "the Dutch has other placeholders ('door {wie}')"
    ]
    assert problems(translations, code, **{"by {who}": "door {who"}) != []
    assert problems(translations, code, **{"by {who}": "door {who}"}) == []


def test_percent_placeholders_are_compared(translations):
    assert problems(translations, 'N_("is %(a)s")', **{"is %(a)s": "is %(b)s"}) != []


@pytest.mark.parametrize("dutch", ["door {who}.door {who}.", "door {who}. door {who}."])
def test_a_translation_that_says_it_twice_is_found(translations, dutch):
    assert problems(translations, '_("by {who}.")', **{"by {who}.": dutch}) == [f"the Dutch says it twice ({dutch!r})"]


def test_a_fuzzy_translation_is_found(translations):
    (translations.SOURCE / "code.py").write_text('_("Note")', "utf-8")
    translations.DUTCH.write_text('#, fuzzy\nmsgid "Note"\nmsgstr "Nota"\n', "utf-8")
    assert [line for line in translations.problems() if "fuzzy" in line]


def test_an_f_string_is_found(translations):
    assert problems(translations, '_(f"by {who}")') == ["an f-string cannot be translated; use {names} and .format"]


def test_both_forms_of_a_plural_are_wanted(translations):
    (translations.SOURCE / "code.py").write_text('ngettext("{n} note", "{n} notes", n)', "utf-8")
    translations.DUTCH.write_text(
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "{n} note"\nmsgid_plural "{n} notes"\nmsgstr[0] "{n} notitie"\nmsgstr[1] ""\n',
        "utf-8",
    )
    assert len(list(translations.problems())) == 1


def test_what_has_no_words_needs_no_dutch(translations):
    assert problems(translations, 'Sentence("{number}: {n}")') == []


def test_an_update_adds_and_drops_and_keeps(translations):
    problems(
        translations,
        '_("Note")\n_("Turn {n}")\nngettext("{n} cue", "{n} cues", 2)',
        Note="Notitie",
        Gone="Weg",
    )
    translations.update()
    catalogue: Catalog = translations.read_dutch()
    assert {str(m.id): m.string for m in catalogue if m.id} == {
        "Note": "Notitie",
        "Turn {n}": "",
        "('{n} cue', '{n} cues')": ("", ""),
    }
    before = translations.DUTCH.read_bytes()
    translations.update()
    assert translations.DUTCH.read_bytes() == before
