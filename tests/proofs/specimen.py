"""A small program that keeps notes as kring promises to, or breaks one promise: it proves the proofs.

Usage: specimen.py FILE.db [early | normal | off | background].
Each line `note "text"` is answered by `noted "text"`.
"""

import sys
import threading
import time

from pysqlite3 import dbapi2 as sqlite3


def main(path: str, flaw: str = "") -> None:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
    connection.execute("pragma journal_mode = wal")
    connection.execute(f"pragma synchronous = {flaw if flaw in ('normal', 'off') else 'full'}")
    connection.execute("pragma wal_autocheckpoint = 25")
    connection.execute("create table if not exists notes (id integer primary key, text text not null)")
    print(path, flush=True)
    for line in sys.stdin:
        text = line.strip().removeprefix("note ").strip('"')
        answer = f'noted "{text}"\n'

        def commit(text: str = text) -> None:
            connection.execute("insert into notes (text) values (?)", (text,))

        match flaw:
            case "early":
                say(answer)
                commit()
            case "background":
                worker = threading.Thread(target=lambda keep=commit: (time.sleep(0.001), keep()))
                worker.start()
                say(answer)
                worker.join()
            case _:
                commit()
                say(answer)
    connection.close()


def say(answer: str) -> None:
    sys.stdout.write(answer)
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
