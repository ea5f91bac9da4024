"""The laws of the house that no linter knows."""

import ast
import sqlite3 as of_python
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from babel.messages.pofile import read_po

from kring.system.sqlite import sqlite3

SOURCE = Path(__file__).parent.parent / "src" / "kring"
PLACES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
IMPURE = [
    "textual",
    "rich",
    "sqlite3",
    "sqlcipher3",
    "sqlite_utils",
    "sounddevice",
    "pydantic",
    "platformdirs",
]
# Their first argument is read as markup when it is text.
READ_MARKUP = {"Static", "Label", "Button", "Option", "Checkbox", "RadioButton"}
CHROME = ("cli/", "line_mode/", "ui/")
# They know such marks in order to take them out of what people type.
CLEANERS = {"ui/widgets/line.py", "ui/widgets/line_input.py"}
# Flat catalogues: one struct after another, nothing to follow.
CATALOGUES = {"domain/facts.py", "domain/rows.py"}
LINES_OF_A_FILE = 420
FILES_OF_A_FOLDER = 20


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Yield each module as it is parsed: none is kept, for that would slow down every other test of this process."""
    for place in PLACES:
        yield place, ast.parse((SOURCE / place).read_text("utf-8"))


def test_the_domain_loads_no_screen_no_database_and_no_sound():
    code = f"""
import importlib, pkgutil, sys
import kring.domain
for module in pkgutil.walk_packages(kring.domain.__path__, "kring.domain."):
    importlib.import_module(module.name)
loaded = set(sys.modules)
print([name for name in {IMPURE} if name in loaded], sum(name.startswith("kring.domain.") for name in loaded))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    impure, _, count = run.stdout.strip().rpartition(" ")
    assert impure == "[]"
    assert int(count) > 5


def test_a_file_is_read_in_one_sitting():
    lines = {place: len((SOURCE / place).read_text("utf-8").splitlines()) for place in PLACES}
    assert {place for place, count in lines.items() if count > LINES_OF_A_FILE} == CATALOGUES


def test_a_folder_is_seen_at_a_glance():
    folders = Counter(PurePosixPath(place).parent for place in PLACES if not place.endswith("__init__.py"))
    assert {folder: count for folder, count in folders.items() if count > FILES_OF_A_FOLDER} == {}


def test_every_module_lives_in_a_package():
    assert {place for place in PLACES if "/" not in place} == {"__init__.py", "__main__.py"}


def test_no_module_does_what_is_against_the_law():
    """No text of people is markup, no transaction is deferred, and nothing is asked that only Python's SQLite can;

    what we draw ourselves is equally wide everywhere.
    """
    missing = set(dir(of_python.Connection)) - set(dir(sqlite3.Connection)) - {"__module__"}
    assert missing > {"serialize", "blobopen"}
    found: dict[str, list[object]] = {}
    for place, tree in trees():
        asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        wide = unshowable_in(tree) if place.startswith(CHROME) and place not in CLEANERS else []
        found[place] = [*unlawful(tree), *asked & missing, *wide]
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
    assert len(found) > 500


def unlawful(tree: ast.AST) -> Iterator[str]:
    """Yield the calls that could show a person's text as markup, or write without a lock."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        markup = named.get("markup")
        plain = isinstance(markup, ast.Constant) and markup.value is False
        if name in READ_MARKUP and call.args and not plain and is_made_text(call.args[0]):
            yield f"{call.lineno}: {name} reads its text as markup: give it Content"
        if name == "notify" and isinstance(call.func, ast.Attribute) and not plain:
            yield f"{call.lineno}: notify reads its text as markup: say markup=False"
        if name == "atomic":
            yield f"{call.lineno}: atomic() begins deferred: begin immediately"


def is_made_text(value: ast.expr) -> bool:
    """Whether a text is put together from others: an f-string, `.format`, `%` or `+`."""
    match value:
        case ast.JoinedStr() | ast.BinOp():
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join")):
            return True
    return False


@pytest.mark.parametrize(
    "code",
    [
        'Static(f"{note}")',
        'Label("note " + text)',
        'Button("{n}".format(n=name))',
        "self.notify(text)",
        "self.app.notify(text, markup=True)",
        "with store.atomic(): pass",
    ],
)
def test_the_gate_sees_what_it_is_there_for(code):
    assert len(list(unlawful(ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        'Static(f"{note}", markup=False)',
        "Static(Content(text))",
        "self.notify(text, markup=False)",
        "condition.notify_all()",
    ],
)
def test_the_gate_lets_the_rest_pass(code):
    assert list(unlawful(ast.parse(code))) == []


def unshowable(text: str) -> list[str]:
    """Return the characters whose width or place differs per terminal: wide ones, emoji, joiners, bidi."""
    return [
        f"U+{ord(mark):04X}"
        for mark in text
        if unicodedata.east_asian_width(mark) in "WF"
        or unicodedata.category(mark) in {"Cf", "Cs", "Co", "Mn"}
        or ord(mark) >= 0x1F000
    ]


def unshowable_in(tree: ast.AST) -> list[tuple[str, list[str]]]:
    """Return the texts of a module that hold such characters."""
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [(text, found) for text in texts if (found := unshowable(text))]


def test_a_text_of_a_module_is_looked_through():
    assert unshowable_in(ast.parse('say(f"{name} \U0001f600", "plain")')) == [(" \U0001f600", ["U+1F600"])]


def test_the_translations_are_equally_wide_everywhere():
    with (SOURCE / "locale" / "nl" / "LC_MESSAGES" / "kring.po").open("rb") as lines:
        texts = [str(text) for message in read_po(lines) for text in (message.id, message.string)]
    assert len(texts) > 100
    assert [(text, found) for text in texts if (found := unshowable(text))] == []


@pytest.mark.parametrize("text", ["\u270b", "\u23f1\ufe0f", "\U0001f600", "a\u200db", "\u202e", "e\u0301"])
def test_a_character_of_uncertain_width_is_seen(text):
    assert unshowable(text) != []


def test_lines_bars_and_braille_may_be_drawn():
    assert unshowable("│─█▌●○▶■▲⠿✓★é’…×") == []
