"""One SQLite per process."""

from kring.system.sqlite import sqlite3


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
