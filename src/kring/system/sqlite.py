"""The one SQLite of this process; every module that touches a session file takes `sqlite3` from here."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3  # noqa: TID251 - sqlcipher3 brings no types, and has the same interface
else:
    import sqlcipher3  # noqa: TID251
    from sqlcipher3 import dbapi2 as sqlite3  # noqa: TID251

    # sqlite-utils and Datasette look for a newer SQLite than Python's under this name; two libraries on one file
    # within one process would drop each other's locks.
    sys.modules["pysqlite3"] = sqlcipher3
    sys.modules["pysqlite3.dbapi2"] = sqlite3

__all__ = ["sqlite3"]
