"""Sentences of the code and their Dutch: `compile` the catalogue, `update` it from the code, `check` it.

Babel's own extractor does not look into f-strings before Python 3.12, and takes `_("a" if one else "b")` for one text.
"""

import ast
import re
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "kring"
DUTCH = SOURCE / "locale" / "nl" / "LC_MESSAGES" / "kring.po"

MARKS = {"_", "N_", "ngettext", "Sentence", "KringError", "Refused"}
PERCENT = re.compile(r"%(?:\(\w+\))?[sdr]")


class Marked(NamedTuple):
    """A text in the code that people get to read: one form, or a singular and a plural."""

    msgid: str | tuple[str, str]
    place: str
    line: int


class Untranslatable(NamedTuple):
    """A mark around an f-string, which no catalogue can hold."""

    place: str
    line: int


def marks_of(classes: list[ast.ClassDef]) -> set[str]:
    """Return the names that mark a text: ours, and every error class that carries one."""
    marks = set(MARKS)
    while True:
        heirs = {one.name for one in classes if any(_name(base) in marks for base in one.bases)}
        if heirs <= marks:
            return marks
        marks |= heirs


def sentences() -> Iterator[Marked | Untranslatable]:
    """Yield every marked text of the code."""
    classes: list[ast.ClassDef] = []
    calls: list[tuple[str, ast.Call]] = []
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.ClassDef():
                    classes.append(node)
                case ast.Call(args=[_, *_]):
                    calls.append((place, node))
    marks = marks_of(classes)
    for place, call in calls:
        if (name := _name(call.func)) in marks:
            yield from _marked(call, name == "ngettext", place)


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _marked(call: ast.Call, plural: bool, place: str) -> Iterator[Marked | Untranslatable]:
    match call.args:
        case [ast.Constant(value=str(one)), ast.Constant(value=str(many)), *_] if plural:
            yield Marked((one, many), place, call.lineno)
        case [text, *_]:
            yield from _one_of(text, place)


def _one_of(text: ast.expr, place: str) -> Iterator[Marked | Untranslatable]:
    match text:
        case ast.Constant(value=str(words)) if has_words(words):
            yield Marked(words, place, text.lineno)
        case ast.IfExp():
            yield from _one_of(text.body, place)
            yield from _one_of(text.orelse, place)
        case ast.JoinedStr():
            yield Untranslatable(place, text.lineno)


def read_dutch() -> Catalog:
    """Return the Dutch catalogue."""
    with DUTCH.open("rb") as lines:
        return read_po(lines, locale="nl", domain="kring")


def wanted(found: Iterable[Marked | Untranslatable]) -> Catalog:
    """Return a catalogue of the code's sentences, without translations."""
    catalogue = Catalog(domain="kring")
    for one in found:
        if isinstance(one, Marked):
            catalogue.add(one.msgid, locations=[(one.place, one.line)])
    return catalogue


def update() -> int:
    """Add new sentences to the Dutch catalogue, drop those that are gone, keep every translation."""
    dutch = read_dutch()
    dutch.update(wanted(sentences()), no_fuzzy_matching=True)
    dutch.obsolete.clear()
    with DUTCH.open("wb") as lines:
        lines.write(b"# Dutch for kring. The English text is the key; terms come from the glossary.\n")
        lines.write(b'msgid ""\nmsgstr ""\n"Language: nl\\n"\n')
        lines.write(b'"Content-Type: text/plain; charset=utf-8\\n"\n')
        lines.write(b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n')
        write_po(lines, dutch, omit_header=True, sort_output=True, width=110, include_lineno=False)
    return 0


def problems() -> Iterator[str]:
    """Yield what is wrong with the Dutch catalogue, one line each."""
    found = list(sentences())
    for one in found:
        if isinstance(one, Untranslatable):
            yield f"{one.place}:{one.line}: an f-string cannot be translated; use {{names}} and .format"
    dutch = read_dutch()
    for message in wanted(found):
        if message.id:
            place, line = message.locations[0]
            for problem in _problems_of(message, dutch.get(_first(message))):
                yield f"{place}:{line}: {problem}: {_first(message)!r}"


def _problems_of(message: Message, translated: Message | None) -> Iterator[str]:
    if translated is None:
        yield "no Dutch"
        return
    if translated.fuzzy:
        yield "the Dutch is marked fuzzy"
    texts, forms = _forms(message.id), _forms(translated.string)
    if len(texts) != len(forms) or not all(forms):
        yield "no Dutch"
        return
    for text, form in zip(texts, forms, strict=True):
        if placeholders(text) != placeholders(form):
            yield f"the Dutch has other placeholders ({form!r})"
        if _is_twice(form) and not _is_twice(text):
            yield f"the Dutch says it twice ({form!r})"


def placeholders(text: str) -> list[str]:
    """Return the placeholders of a template, sorted: `{names}` and argparse's `%(names)s`."""
    try:
        named = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError:
        named = ["unbalanced brace"]
    return sorted(set(named) | set(PERCENT.findall(text)))


def _is_twice(text: str) -> bool:
    """Whether a sentence stands there two times, as where two branches are joined wrongly."""
    half = len(text) // 2
    return " " in text[:half] and text[:half] == text[-half:] and text[half:-half] in ("", " ")


def has_words(text: str) -> bool:
    """Whether anything is left to translate when the placeholders are gone."""
    return any(mark.isalpha() for mark in re.sub(r"(?<!\{)\{[^{}]*\}(?!\})", "", PERCENT.sub("", text)))


def _first(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def check() -> int:
    """Print what is wrong with the Dutch catalogue; 1 when anything is."""
    found = list(problems())
    print("\n".join(found) or "Translations: complete.")
    return 1 if found else 0


def compile_() -> int:
    """Compile the catalogues, as the build does."""
    sys.path.insert(0, str(ROOT))
    from hatch_build import compile_catalogues

    compile_catalogues(ROOT)
    return 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["compile"]:
            sys.exit(compile_())
        case ["update"]:
            sys.exit(update())
        case ["check"]:
            sys.exit(check())
        case _:
            sys.exit("tools/translations.py compile | update | check")
