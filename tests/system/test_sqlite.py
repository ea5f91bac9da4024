"""One SQLite per process."""

import ast
import sqlite3 as of_python
from pathlib import Path

import kring
from kring.system.sqlite import sqlite3

SOURCE = Path(kring.__file__).parent


def test_sqlite_utils_takes_ours():
    from sqlite_utils.utils import OperationalError
    from sqlite_utils.utils import sqlite3 as theirs

    assert theirs.Connection is sqlite3.Connection
    assert OperationalError is sqlite3.OperationalError


def test_it_searches_text_and_copies_a_file_that_is_in_use():
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table words using fts5 (text, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("insert into words values ('één kaart')")
    copy = sqlite3.connect(":memory:")
    connection.commit()
    connection.backup(copy)
    assert copy.execute("select text from words where words match 'een'").fetchone() == ("één kaart",)


def test_nothing_is_used_that_only_python_s_sqlite_has():
    missing = set(dir(of_python.Connection)) - set(dir(sqlite3.Connection)) - {"__module__"}
    used = {
        name.attr
        for path in SOURCE.rglob("*.py")
        for name in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(name, ast.Attribute)
    }
    assert missing > {"serialize", "blobopen"}
    assert used & missing == set()
