"""Taguette's own server, on this computer only: what it makes of a codebook and of texts that are sent in."""

import asyncio
import csv
import json
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

from taguette.database import User
from taguette.main import DEFAULT_CONFIG
from taguette.web import make_app
from taguette.web.base import Application
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

BOUNDARY = "part-of-a-form"
Application.check_messages = lambda _self: None  # it would ask its makers for news


class Fields(HTMLParser):
    """The fields of a form, as a browser sends them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("name") and (told.get("type") != "checkbox" or "checked" in told):
            self.found[told["name"] or ""] = told.get("value") or "on"


def form(file: Path, **fields: str) -> bytes:
    """Return a form with a file in it."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n'
    sent = "".join([*parts, head, "Content-Type: text/plain\r\n\r\n"]).encode()
    return sent + file.read_bytes() + f"\r\n--{BOUNDARY}--\r\n".encode()


async def asked(folder: str, codebook: Path, texts: list[Path]) -> dict[str, list[str]]:
    """Bring in the codebook and the texts as one does with a browser, and return what is there then."""
    (listening, port), address = bind_unused_port(), "127.0.0.1"
    own = {"MULTIUSER": False, "DOMAIN": f"{address}:{port}", "BIND_ADDRESS": address, "PORT": port, "X_HEADERS": False}
    own |= {"DATABASE": f"sqlite:///{folder}/taguette.sqlite3", "TOS_FILE": None, "SECRET_KEY": "a", "NAME": "a"}
    app = make_app({**DEFAULT_CONFIG, **own, "COOKIES_PROMPT": False}, xsrf_cookies=False)
    users = app.DBSession()
    users.add(User(login="admin"))
    users.commit()
    users.close()
    server, client = HTTPServer(app), AsyncHTTPClient()
    server.add_socket(listening)

    async def page(path: str, **how: object) -> tuple[str, str, str]:
        answer = await client.fetch(f"http://{address}:{port}{path}", follow_redirects=False, raise_error=False, **how)
        moved, cookie = answer.headers.get("Location", ""), answer.headers.get("Set-Cookie", "")
        assert answer.code < 400, (path, answer.code, answer.body)
        return answer.body.decode(), moved, cookie.partition(";")[0]

    login = {"Cookie": (await page(f"/?token={app.single_user_token}"))[2]}
    files = login | {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    _, project, _ = await page("/project/new", method="POST", headers=login, body=urlencode({"name": "kring"}))
    importing = f"{project}/import_codebook"
    seen, _, _ = await page(importing, method="POST", headers=files, body=form(codebook))
    await page(importing, method="POST", headers=login, body=urlencode(Fields(seen).found))
    for text in texts:
        sent = form(text, name=text.name, description="")
        await page(f"/api{project}/document/new", method="POST", headers=files, body=sent)
    documents = range(1, len(texts) + 1)
    read = [await page(f"/api{project}/document/{number}/contents", headers=login) for number in documents]
    exported, _, _ = await page(f"{project}/export/codebook.csv", headers=login)
    server.stop()
    chunks = [json.loads(told)["contents"] for told, _, _ in read]
    return {
        "tags": [row[0] for row in csv.reader(exported.splitlines())][1:],
        "pages": ["".join(chunk["contents"] for chunk in each) for each in chunks],
    }


book, *others = map(Path, sys.argv[1:])
with tempfile.TemporaryDirectory() as place:
    print(json.dumps(asyncio.run(asked(place, book, others))))
