"""What is asked of others: guarded, bounded, and whatever comes back believed only as far as it holds."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.credentials.certified import certified, codes, judged
from tests.world import People
from yinxian.credentials import fetching
from yinxian.credentials.fetching import LARGEST, fetch
from yinxian.credentials.vc import did
from yinxian.credentials.vc.judge import Unreachable


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/loop"):
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
            return
        if self.path.startswith("/inside"):
            self.send_response(302)
            self.send_header("Location", "ftp://127.0.0.1/")
            self.end_headers()
            return
        self.send_response(404 if self.path.startswith("/none") else 200)
        self.end_headers()
        self.wfile.write(b"x" * (LARGEST + 1 if self.path.startswith("/large") else 3))

    def log_message(self, *_words: Any) -> None:
        """Quiet."""


@pytest.fixture
def server(settings: Any) -> Iterator[str]:
    settings.YINXIAN_PRIVATE_ISSUERS = True
    made = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()
    thread.join()


def test_an_answer_is_read_within_bounds(server: str) -> None:
    assert fetch(f"{server}/good") == b"xxx"
    for path in ("/large", "/loop", "/inside", "/none"):
        with pytest.raises(Unreachable) as refused:
            fetch(server + path)
        assert str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/did.json",
        "https://127.0.0.1/did.json",
        "https://localhost/did.json",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://0/",
        "https://user:password@example.org/",
        "https://example.org:99999/",
        "ftp://example.org/",
        "https://",
        "file:///etc/passwd",
    ],
)
def test_nothing_inside_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_words: Any, **_more: Any) -> Any:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unreachable):
        fetch(address)


def test_a_name_that_leads_inside_is_not_asked_even_when_it_also_leads_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("192.168.1.1", 443))]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_words, **_more: found)
    with pytest.raises(Unreachable):
        fetch("https://rebinding.example/")


def test_a_context_is_never_fetched(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    document = certified(people).document
    monkeypatch.setattr(socket, "create_connection", lambda *_words, **_more: pytest.fail("a connection was opened"))
    context = ["https://www.w3.org/ns/credentials/v2", "https://127.0.0.1:1/context.json"]
    assert codes(judged(document | {"@context": context}))["signature"] == "context"


class Foreign:
    """An issuer far away that answers whatever it likes."""

    def __init__(self, document: Any, listed: Any) -> None:
        self.document, self.listed = document, listed

    def did_document(self, name: str) -> Any:
        if isinstance(self.document, Exception):
            raise self.document
        return self.document

    def status_list(self, address: str) -> Any:
        if isinstance(self.listed, Exception):
            raise self.listed
        return self.listed


def test_whatever_an_issuer_answers_is_an_answer_here(people: People) -> None:
    made = certified(people)
    issuer, method = made.issuer.did, made.key.address
    good = did.document(issuer, [{"id": method, "public": made.key.public}])
    listed = made.status_list.revocation
    odd: list[Any] = [
        {},
        {"id": issuer},
        {"id": "did:web:other.example", **{name: value for name, value in good.items() if name != "id"}},
        good | {"verificationMethod": 5},
        good | {"verificationMethod": [5, None, {"id": method, "type": "Multikey", "publicKeyMultibase": 7}]},
        good | {"verificationMethod": [{"id": method, "type": "Multikey", "publicKeyMultibase": "z" + "é" * 40}]},
        good | {"verificationMethod": [good["verificationMethod"][0] | {"controller": "did:web:other.example"}]},
    ]
    for document in odd:
        assert codes(judged(made.document, resolver=Foreign(document, listed)))["signature"] == "key_unknown", document
    revoked = good | {"assertionMethod": [[], {"id": []}]}
    assert codes(judged(made.document, resolver=Foreign(revoked, listed)))["signature"] == "key_revoked"
    told = judged(made.document, resolver=Foreign(Unreachable("timeout"), Unreachable("timeout")))
    assert (codes(told)["signature"], codes(told)["status"]) == ("unreachable", "unreachable")
    assert told.of("signature").holds is None and "timeout" in told.of("status").sentence
    for wrong in (
        {},
        {"type": 5},
        listed | {"issuer": "did:web:other.example"},
        listed | {"type": ["VerifiableCredential"]},
        listed | {"credentialSubject": listed["credentialSubject"] | {"statusPurpose": "message"}},
        listed | {"credentialSubject": listed["credentialSubject"] | {"encodedList": "uH4sI"}},
        listed | {"validUntil": "2020-01-01T00:00:00Z"},
        made.status_list.suspension,
    ):
        told = judged(made.document, resolver=Foreign(good, wrong))
        assert codes(told)["status"] == "wrong" and told.of("status").holds is None, wrong
