"""The page as another program asks for it: who is let in, what is refused, and what no answer may lack."""

import asyncio
import json

import pytest

from kring.domain.text import KringError
from web.staged import HOUR, NOW, ORIGIN, Stage

ASKED = (
    "/",
    "/room",
    "/page.js",
    "/page.css",
    "/icon.svg",
    "/events",
    "/room/events",
    "/ask",
    "/nothing",
    "/links.json",
)


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path)


@pytest.mark.parametrize("host", ["watch.example.org", "evil.example"])
async def test_no_answer_is_kept_framed_or_sniffed_or_says_where_it_is_from(stage, host):
    async with stage.browser(host=host) as browser:
        for path in ASKED:
            is_closed(await browser.get(path))


def is_closed(answer):
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"
    assert {policy[f"{kind}-src"] for kind in ("script", "style", "connect", "img")} == {"'self'"}
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "watch.example.org:8443"},
        {"host": ""},
        {"origin": "https://evil.example"},
        {"origin": "http://watch.example.org"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"x-forwarded-host": "watch.example.org", "host": "evil.example"},
    ],
)
async def test_who_is_not_the_page_itself_is_refused(stage, headers):
    token = stage.add("Petra")
    async with stage.browser(token) as browser:
        browser.headers.update(headers)
        answers = [await browser.get(path) for path in ("/events", "/page.js")]
        answers += [await browser.post(path, json={"text": "x", "token": token}) for path in ("/talk", "/enter")]
    assert {answer.status_code for answer in answers} <= {403, 421}
    assert stage.source.said == []
    assert not [answer for answer in answers if "set-cookie" in answer.headers]


async def test_a_link_in_a_message_leads_to_the_empty_page(stage):
    async with stage.browser() as browser:
        del browser.headers["origin"]
        answer = await browser.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
    assert answer.status_code == 200
    assert "Loyalty" not in answer.text
    assert "style=" not in answer.text
    assert "<script src=" in answer.text
    assert "https://" not in answer.text
    assert "http://" not in answer.text


async def test_nothing_is_written_without_an_origin(stage):
    async with stage.browser(stage.add("Petra")) as browser:
        del browser.headers["origin"]
        answer = await browser.post("/talk", json={"text": "x"})
    assert answer.status_code == 403


async def test_a_link_is_exchanged_for_a_cookie_that_only_this_page_sends(stage):
    token = stage.add("Petra")
    async with stage.browser() as browser:
        answer = await browser.post("/enter", json={"token": token})
    name, _, rest = answer.headers["set-cookie"].partition("=")
    assert name.startswith("__Host-kring-observers-")
    assert {each.strip() for each in rest.split(";")[1:]} == {
        "HttpOnly", "Secure", "Path=/", "SameSite=strict", f"Max-Age={HOUR // 1000}",
    }  # fmt: skip
    assert answer.json() == {"page": "/"}
    assert "Petra" not in str(answer.headers) + answer.text


@pytest.mark.parametrize("token", ["", "x", "x" * 5_000, "../links.json"])
async def test_a_wrong_link_opens_nothing(stage, token):
    async with stage.browser() as browser:
        answer = await browser.post("/enter", json={"token": token})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
        assert (await browser.get("/events")).status_code == 403
        assert (await browser.post("/ask", json={"text": "x"})).status_code == 403


async def test_links_cannot_be_tried_at_will(stage):
    async with stage.browser() as browser:
        answers = [await browser.post("/enter", json={"token": "x"}) for _ in range(31)]
        assert [each.status_code for each in answers[-2:]] == [403, 429]
        stage.clock.advance(60_000)
        assert (await browser.post("/enter", json={"token": "x"})).status_code == 403


async def test_many_observers_at_one_address_all_come_in(stage):
    tokens = [stage.add(f"Observer {n}") for n in range(48)]
    for token in tokens:
        async with stage.browser(token):
            pass


async def test_the_link_of_the_room_reaches_nothing_but_its_clock(stage):
    async with stage.browser(stage.add("")) as browser:
        assert (await browser.get("/events")).status_code == 403
        for path in ("/ask", "/talk"):
            assert (await browser.post(path, json={"text": "x"})).status_code == 403
        await close(stage, browser, "/room/events")
    assert stage.source.asked == stage.source.said == []


async def test_a_link_of_an_observer_is_none_of_the_room(stage):
    async with stage.browser(stage.add("Petra")) as browser:
        assert (await browser.get("/room/events")).status_code == 403


async def close(stage, browser, path):
    """Return what a stream says until the page ends."""
    stage.hub.close()
    answer = await browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    return answer.text


async def test_a_question_reaches_the_team_as_it_was_typed_and_comes_back_with_what_became_of_it(stage):
    told = "Why <b>towels</b>?\n\x1b[31mReally"
    following = asyncio.create_task(stage.keeping.follow())
    async with stage.browser(stage.add("Petra")) as browser:
        assert (await browser.post("/ask", json={"text": told})).status_code == 204
        ((who, one),) = stage.source.asked
        assert (who, one.text) == ("Petra", "Why <b>towels</b>?\n[31mReally")
        stage.source.decide(0, "declined", "was asked before")
        await asyncio.sleep(0)
        stream = stage.hub.stream(stage.invitations.all[0])
        await anext(stream)
        mine = (await anext(stream)).decode().partition("event: mine\ndata: ")[2].splitlines()[0]
    following.cancel()
    assert json.loads(mine) == [
        {"text": one.text, "status": "declined", "told": "not asked", "reason": "was asked before"}
    ]


async def test_a_session_that_is_over_takes_no_question_and_says_so(stage):
    stage.source.show(standing="ended")
    async with stage.browser(stage.add("Petra")) as browser:
        answer = await browser.post("/ask", json={"text": "x"})
    assert (answer.status_code, answer.json()["why"]) == (422, "The session has ended.")


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b'{"text": "x"}', "text/plain", 415),
        (b'{"text": "x"}', "application/x-www-form-urlencoded", 415),
        (b"text=x", "application/json", 400),
        (b'{"text": 3}', "application/json", 400),
        (b"[]", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b'{"text": " \\n"}', "application/json", 422),
        (b'{"text": "' + b"x" * 9_000 + b'"}', "application/json", 413),
    ],
)
async def test_what_the_page_would_not_send_is_refused(stage, content, kind, status):
    async with stage.browser(stage.add("Petra")) as browser:
        answer = await browser.post("/ask", content=content, headers={"content-type": kind})
    assert answer.status_code == status
    assert answer.json()["why"]
    assert stage.source.asked == []


async def test_nobody_floods_the_team(stage):
    petra, jan = stage.add("Petra"), stage.add("Jan")
    async with stage.browser(petra) as browser:
        answers = [await browser.post("/ask", json={"text": str(n)}) for n in range(7)]
    assert [each.status_code for each in answers] == [204] * 6 + [429]
    assert "wait 60 seconds" in answers[-1].json()["why"]
    async with stage.browser(jan) as browser:
        assert (await browser.post("/ask", json={"text": "x"})).status_code == 204


async def test_nothing_else_can_be_done(stage):
    async with stage.browser(stage.add("Petra")) as browser:
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            assert (await browser.request(method, "/ask")).status_code == 405


async def test_a_link_that_is_over_lets_nobody_in(stage):
    token = stage.add("Petra")
    async with stage.browser(token) as browser:
        stage.clock.advance(HOUR)
        assert (await browser.get("/events")).status_code == 403
        assert (await browser.post("/talk", json={"text": "x"})).status_code == 403


async def test_behind_a_proxy_it_says_who_asks_and_by_which_name(tmp_path):
    stage = Stage(tmp_path, behind_proxy=True)
    async with stage.browser(host="127.0.0.1:8443") as browser:
        assert (await browser.get("/")).status_code == 421
        browser.headers["x-forwarded-host"] = "watch.example.org"
        for n in range(31):
            browser.headers["x-forwarded-for"] = f"10.0.0.{n}"
            assert (await browser.post("/enter", json={"token": "x"})).status_code == 403


async def test_without_tls_the_cookie_is_for_this_computer(tmp_path):
    stage = Stage(tmp_path, origin="http://127.0.0.1:8443")
    token = stage.add("Petra")
    async with stage.browser() as browser:
        answer = await browser.post("/enter", json={"token": token})
    assert "Secure" not in answer.headers["set-cookie"]
    assert not answer.headers["set-cookie"].startswith("__Host-")
    assert stage.invitations.of_token(token, NOW).name == "Petra"
    assert stage.place.origin != ORIGIN


@pytest.mark.parametrize("path", ["/events/", "/room/", "/page.js/"])
async def test_nobody_is_sent_on_to_an_address_that_is_not_encrypted(stage, path):
    async with stage.browser(stage.add("Petra")) as browser:
        assert (await browser.get(path)).status_code == 404


async def test_who_asks_for_the_head_of_a_stream_takes_no_window(stage):
    async with stage.browser(stage.add("Petra")) as browser:
        answer = await browser.head("/events")
    assert (answer.status_code, answer.text) == (200, "")
    assert list(stage.hub.looking(stage.invitations.all)) == []


async def test_what_goes_wrong_on_this_computer_names_no_file_to_others(stage, tmp_path, monkeypatch):
    def lost(*_):
        raise KringError("{file} cannot be read.", file=str(tmp_path))

    async with stage.browser(stage.add("Petra")) as browser:
        monkeypatch.setattr(stage.source, "ask", lost)
        answers = [await browser.post("/ask", json={"text": "x"})]
        (tmp_path / "evening.observers" / "links.json").write_bytes(b"{")
        answers.append(await browser.post("/enter", json={"token": "x"}))
    for answer in answers:
        assert (answer.status_code, answer.json()) == (503, {"why": "That can't be done now. Try again in a moment."})


async def test_a_body_that_never_comes_is_not_waited_for(stage, monkeypatch):
    async def never():
        yield b'{"text": "'
        await asyncio.Event().wait()

    monkeypatch.setattr("kring.web.app.BODY_S", 0)
    async with stage.browser(stage.add("Petra")) as browser:
        answer = await browser.post("/ask", content=never(), headers={"content-type": "application/json"})
    assert answer.status_code == 408
