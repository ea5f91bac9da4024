"""`kring browse`: a session file in Datasette, on this computer only, read-only and explained in plain words."""

from __future__ import annotations

import secrets
import socket
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from kring.domain.text import KringError, clean
from kring.exports.questions import QUESTIONS
from kring.session.open import look_into
from kring.store import full_text
from kring.store.attached import kept_files
from kring.store.described import described
from kring.system.i18n import _
from kring.system.sqlite import sqlite3

if TYPE_CHECKING:
    from datasette.app import Datasette

HOST = "127.0.0.1"
NAME = "session"
HIDDEN = ("anchors", "devices")
SORTED = {
    "attendance": "started_at",
    "checks": "position",
    "guide": "position",
    "notes": "at",
    "participants": "seat",
    "turns": "started_at",
    "visits": "started_at",
}
LABELS = {
    "checks": "title",
    "codes": "name",
    "notes": "text",
    "polls": "title",
    "rooms": "number",
    "statements": "text",
    "stimuli": "title",
    "summary_lines": "text",
    "survey_questions": "title",
}
"""What is shown of a row where another table refers to it; without it, some would be shown as a mere id."""
LONGEST_QUERY_MS = 5_000
ROWS_A_PAGE = 100

Asgi = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def browse_command(asked: Namespace, open_link: Callable[[str], None] | None) -> int:
    """Show a session file until Ctrl+C; `open_link` opens the browser where there is one."""
    if look_into(asked.file) is None:
        raise KringError("{file} holds no session yet.", file=asked.file.name)
    secret, once = secrets.token_hex(8), secrets.token_hex(8)
    datasette = datasette_of(asked.file, f"/{secret}/")
    listening = _listening(asked.port)
    place = f"http://{HOST}:{listening.getsockname()[1]}"
    address = f"{place}/{secret}/{NAME}"
    sys.stdout.write(clean(_("{file} is open at {address}").format(file=asked.file.name, address=address)) + "\n")
    sys.stdout.write(_("Only this computer can reach it, and nothing can be changed. Stop with Ctrl+C.") + "\n")
    sys.stdout.flush()
    if open_link is not None:
        open_link(f"{place}/{once}")
    _serve(guarded(datasette.app(), f"/{secret}/", f"/{once}"), listening)
    return 0


class Stopped(Exception):
    """A query was stopped because its time was over."""


class Reading(sqlite3.Connection):
    """A connection that knows which state of the file it can search in, and whether a query was stopped."""

    _searched = 0
    _is_stopped = False

    def set_progress_handler(self, handler: Callable[[], Any] | None, /, n: int) -> None:
        """Let `handler` stop a query, and remember whether it did."""

        def noted() -> bool:
            self._is_stopped = handler is not None and bool(handler())
            return self._is_stopped

        super().set_progress_handler(handler and noted, n)

    def ask(self, question: Callable[[Reading], Any]) -> Any:
        """Return what `question` finds; raises Stopped also where SQLite was still planning it.

        SQLite itself then complains of the number of columns of a view.
        """
        now = self.execute("pragma data_version").fetchone()[0]
        if now != self._searched:
            full_text.lend(self)
            self._searched = now
        self._is_stopped = False
        try:
            return question(self)
        except sqlite3.OperationalError as error:
            if self._is_stopped:
                raise Stopped from error
            raise


def datasette_of(path: Path, base_url: str) -> Datasette:
    """Return Datasette on one session file; raises KringError where it is not installed."""
    try:
        from datasette.app import Datasette
        from datasette.database import Database, QueryInterrupted
    except ImportError:
        raise KringError(
            "For kring browse, install kring with its extra browse: pipx install --force '.[browse]', "
            "or uv tool install --force '.[browse]'."
        ) from None

    _print_no_values()

    class SessionFile(Database):  # type: ignore[misc]
        """A session file, opened by an address that every name of a file can stand in, with full-text search."""

        def connect(self, write: bool = False) -> sqlite3.Connection:
            if write:
                raise PermissionError(path.name)
            kept = "" if self.is_mutable else "&immutable=1"
            address = f"{path.resolve().as_uri()}?mode=ro{kept}"
            return sqlite3.connect(address, uri=True, check_same_thread=False, factory=Reading)

        async def execute_fn(self, fn: Callable[[Reading], Any]) -> Any:
            return await super().execute_fn(lambda connection: connection.ask(fn))

        async def execute(self, sql: str, params: Any = None, *arguments: Any, **options: Any) -> Any:
            try:
                return await super().execute(sql, params, *arguments, **options | {"log_sql_errors": False})
            except Stopped as stopped:
                raise QueryInterrupted(stopped, sql, params) from None

    datasette = Datasette(
        metadata=metadata(),
        settings={
            "base_url": base_url,
            "sql_time_limit_ms": LONGEST_QUERY_MS,
            "default_page_size": ROWS_A_PAGE,
            "allow_download": False,
            "num_sql_threads": 2,
        },
    )
    datasette.add_database(SessionFile(datasette, path=str(path), is_mutable=is_in_use(path)), name=NAME)
    return datasette


def _print_no_values() -> None:
    """Keep Datasette from printing an error with every value at hand, names and notes among them."""
    from datasette import handle_exception  # only now: before datasette.app it would not be registered

    handle_exception.rich = None
    handle_exception.traceback = SimpleNamespace(print_exc=lambda: None)


def is_in_use(path: Path) -> bool:
    """Whether a session file may still change: it was not sealed, so its log lies beside it."""
    return path.with_name(f"{path.name}-wal").exists()


def metadata() -> dict[str, Any]:
    """Return what Datasette tells of the tables and columns, and the questions to ask, in the language in use."""
    tables = {
        name: {
            "description": plain(_(told.what)),
            "columns": {column: plain(_(meaning)) for column, meaning in told.columns.items()},
            **({"sort": SORTED[name]} if name in SORTED else {}),
            **({"label_column": LABELS[name]} if name in LABELS else {}),
            **({"hidden": True} if name in HIDDEN else {}),
            **({"fts_table": f"{name}_fts", "fts_pk": full_text.ARRIVAL} if name in full_text.SEARCHED else {}),
        }
        for name, told in described().items()
    }
    tables |= {name: {"hidden": True} for name in ("_sqlite_migrations", "milestone", kept_files.TABLE)}
    queries = {
        name: {
            "title": _(question.title),
            "description": _(question.description),
            "sql": question.sql,
            "params": list(question.asks_for),
        }
        for name, question in QUESTIONS.items()
    }
    told = _("One session, read-only. Begin with the questions below, or with timeline, talk_time and quotes.")
    return {"title": "kring", "databases": {NAME: {"description": told, "tables": tables, "queries": queries}}}


def plain(text: str) -> str:
    """Return a description without the signs of Markdown, which Datasette would show."""
    return text.replace("`", "")


def guarded(app: Asgi, base_url: str, once: str = "") -> Asgi:
    """Answer only who was given the address: another program, or a page in the browser, cannot guess it.

    The browser is given the address `once`, which leads there a single time: everybody on this computer can read with
    which words a program was started.
    """
    unused = {once} - {""}

    async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] in unused and _is_for_us(scope):
            unused.clear()
            headers = [(b"location", f"{base_url}{NAME}".encode()), (b"referrer-policy", b"no-referrer")]
            await send({"type": "http.response.start", "status": 303, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        if scope["type"] != "http" or _is_ours(scope, base_url):
            await app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return answer


def _is_ours(scope: dict[str, Any], base_url: str) -> bool:
    path: str = scope["path"]
    return _is_for_us(scope) and (path.startswith(base_url) or path == "/favicon.ico")


def _is_for_us(scope: dict[str, Any]) -> bool:
    host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    return host.rpartition(":")[0] in (HOST, "localhost")


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((HOST, port))
        listening.listen()  # so that the browser may come before the server is ready
    except (OSError, OverflowError):
        listening.close()
        raise KringError("Port {port} is taken or not allowed; leave it out for a free one.", port=port) from None
    return listening


def _serve(app: Asgi, listening: socket.socket) -> None:
    import uvicorn

    # what is asked for may hold names, so no line of it is logged
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off"))
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return
    finally:
        listening.close()
