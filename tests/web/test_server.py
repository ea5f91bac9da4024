"""Where the page is served: encrypted unless only this computer or a proxy asks it, and under which names."""

import socket
import ssl

import httpx
import pytest

from kring.domain.text import KringError
from kring.system.clock import SystemClock
from kring.web.invitations import Invitations
from kring.web.server import Listening, PageServer, fingerprint_of, listening_at, place_of, with_certificate
from web.staged import NOW, Staged


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("127.0.0.1", ("127.0.0.1", 8443)), ("192.168.1.5:9000", ("192.168.1.5", 9000)),
        ("localhost", ("127.0.0.1", 8443)),
        ("[::1]:9000", ("::1", 9000)), ("::1", ("::1", 8443)), ("0.0.0.0:80", ("0.0.0.0", 80)),
    ],
)  # fmt: skip
def test_an_address_is_read_with_or_without_its_port(text, found):
    assert listening_at(text) == found


@pytest.mark.parametrize("text", ["", "home", "1.2.3", "1.2.3.4:0", "1.2.3.4:99999", "1.2.3.4:x", "https://1.2.3.4"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(KringError, match="is no address to listen on"):
        listening_at(text)


@pytest.mark.parametrize(
    ("wanted", "origin"),
    [
        (Listening("127.0.0.1"), "http://127.0.0.1:8443"),
        (Listening("::1"), "http://[::1]:8443"),
        (Listening("127.0.0.1", address="http://localhost:9000"), "http://localhost:9000"),
        (Listening("192.168.1.5"), "https://192.168.1.5:8443"),
        (Listening("127.0.0.1", behind_proxy=True, address="https://watch.example.org"), "https://watch.example.org"),
        (Listening("0.0.0.0", address="https://Watch.example.org:443/"), "https://watch.example.org"),
        (Listening("10.0.0.5", behind_proxy=True, address="https://watch.example.org"), "https://watch.example.org"),
    ],
)
def test_observers_find_the_page_at(wanted, origin):
    assert place_of(wanted).origin == origin


@pytest.mark.parametrize(
    "wanted",
    [
        Listening("0.0.0.0"),
        Listening("127.0.0.1", behind_proxy=True),
        Listening("192.168.1.5", address="http://watch.example.org"),
        Listening("192.168.1.5", behind_proxy=True, address="http://watch.example.org"),
        Listening("127.0.0.1", address="https://watch.example.org"),
        Listening("127.0.0.1", address="http://watch.example.org"),
        Listening("127.0.0.1", address="http://127.0.0.1.example.org"),
        Listening("192.168.1.5", address="watch.example.org"),
        Listening("192.168.1.5", address="https://watch.example.org/page"),
        Listening("192.168.1.5", address="https://me@watch.example.org"),
        Listening("192.168.1.5", address="https://watch.example.org:x"),
    ],
)
def test_nobody_is_given_an_address_that_leads_nowhere_or_tells_others(wanted):
    with pytest.raises(KringError):
        place_of(wanted)


def test_a_certificate_is_made_once_and_stays(tmp_path):
    made, is_own = with_certificate(Listening("192.168.1.5"), tmp_path, NOW)
    assert is_own
    assert with_certificate(Listening("192.168.1.5"), tmp_path, NOW)[0] == made
    assert with_certificate(Listening("::1", behind_proxy=True), tmp_path, NOW) == (
        Listening("::1", behind_proxy=True),
        False,
    )
    assert with_certificate(Listening("fe80::1"), tmp_path, NOW)[0].certificate != made.certificate
    assert fingerprint_of(made.certificate).count(":") == 31
    given = Listening("192.168.1.5", certificate=made.certificate, key=made.key)
    assert with_certificate(given, tmp_path, NOW) == (given, False)
    (tmp_path / "other.pem").write_text("no certificate")
    with pytest.raises(KringError, match="is no certificate"):
        with_certificate(Listening("192.168.1.5", certificate=tmp_path / "other.pem", key=made.key), tmp_path, NOW)


@pytest.mark.parametrize("encrypted", [False, True])
def test_the_page_is_there_until_it_is_closed(tmp_path, encrypted):
    wanted = Listening("127.0.0.1", free_port())
    trusted = True
    if encrypted:
        made, _ = with_certificate(Listening("192.168.1.5"), tmp_path, SystemClock().wall_ms())
        wanted = Listening(
            "127.0.0.1", wanted.port, "https://localhost:" + str(wanted.port), made.certificate, made.key
        )
        trusted = ssl.create_default_context(cadata=made.certificate.read_text())
        trusted.check_hostname = False
    place = place_of(wanted)
    invitations = Invitations(tmp_path / "evening.observers")
    token = invitations.add("Petra", 2**50)
    page = PageServer(Staged(), invitations, wanted, place, SystemClock())
    page.start()
    try:
        with httpx.Client(base_url=place.origin, verify=trusted, headers={"origin": place.origin}) as browser:
            assert browser.post("/enter", json={"token": token}).status_code == 200
            with browser.stream("GET", "/events") as stream:
                lines = stream.iter_lines()
                assert next(line for line in lines if "What do you save for?" in line)
                assert [one.id for one in invitations.all] == list(page.looking())
                page.close()
                assert 'data: "stopped"' in list(lines)
            assert "server" not in stream.headers
    finally:
        page.close()
    assert not page.is_running
    assert page.problem is None


def test_a_port_that_is_taken_is_said(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        wanted = Listening("127.0.0.1", other.getsockname()[1])
        elsewhere = Listening("203.0.113.5", wanted.port)
        for one, told in ((wanted, "Another program listens at port"), (elsewhere, "no address of this computer")):
            with pytest.raises(KringError, match=told):
                PageServer(Staged(), Invitations(tmp_path / "e"), one, place_of(one), SystemClock())


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.parametrize(
    "asked", [b"", b"GET / HTTP/1.1\r\nHost: 127", b"GET /page.css HTTP/1.1\r\nHost: here\r\n\r\nGET"]
)
def test_who_asks_for_nothing_whole_holds_no_connection(tmp_path, monkeypatch, asked):
    monkeypatch.setattr("kring.web.patience.LOOK_S", 0.05)
    wanted = Listening("127.0.0.1", free_port())
    page = PageServer(Staged(), Invitations(tmp_path / "evening.observers"), wanted, place_of(wanted), SystemClock())
    page.start()
    try:
        with socket.create_connection(("127.0.0.1", wanted.port), timeout=20) as slow:
            slow.sendall(asked)
            while slow.recv(1 << 16):
                pass
    finally:
        page.close()
