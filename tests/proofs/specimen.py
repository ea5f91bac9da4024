"""A small program that keeps notes as kring promises to, or breaks one promise: it proves the proofs.

Usage: specimen.py FILE.db [early | normal | off | background].
Each line `note "text"` is answered by `noted "text"`, or by `NOT SAVED` and the reason.
"""

import sys
import threading
import time
from collections.abc import Callable

from kring.system.sqlite import sqlite3


def main(path: str, flaw: str = "") -> None:
    synchronous = flaw if flaw in ("normal", "off") else "full"
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=2)
    connection.execute("pragma journal_mode = wal")
    connection.execute(f"pragma synchronous = {synchronous}")
    connection.execute("pragma wal_autocheckpoint = 25")
    connection.execute("create table if not exists notes (id integer primary key, text text not null)")
    say(path)

    def commit(text: str) -> None:
        connection.execute("insert into notes (text) values (?)", (text,))

    def commit_late(text: str) -> None:
        time.sleep(0.001)
        commit(text)

    for line in sys.stdin:
        text = line.strip().removeprefix("note ").strip('"')
        match flaw:
            case "early":
                say(f'noted "{text}"')
                commit(text)
            case "background":
                worker = threading.Thread(target=commit_late, args=(text,))
                worker.start()
                say(f'noted "{text}"')
                worker.join()
            case _:
                say(saved(commit, text))
    connection.close()


def saved(commit: Callable[[str], None], text: str) -> str:
    try:
        commit(text)
    except sqlite3.OperationalError as error:
        return f'NOT SAVED "{text}": {error}'
    return f'noted "{text}"'


def say(answer: str) -> None:
    sys.stdout.write(answer + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
