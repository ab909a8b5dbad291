"""A timestamp service and a signing service on loopback, and one that answers whatever it is told to."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from asn1crypto import keys, tsp, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import DummyTimeStamper

from yinxian.contracts.signing import authority
from yinxian.contracts.signing.services import LocalService, Person
from yinxian.kernel import clock

Answer = Callable[[str, bytes], tuple[int, bytes]]


@contextmanager
def serve(answer: Answer, kind: str = "application/json") -> Iterator[str]:
    """A server whose every POST is answered by the function; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = answer(self.path, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def timestamp_service(trust: Path) -> Iterator[str]:
    """RFC 3161, with a certificate of its own that is put among those to trust."""
    key = generate_private_key(65537, 2048)
    name = authority._name("时间戳", "测试时间戳中心")
    now = clock.now()
    made = (
        authority._builder(name, name, key, now.replace(year=now.year - 1), now.replace(year=now.year + 1))
        .add_extension(certificates.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    trust.mkdir(exist_ok=True)
    (trust / "tsa.cer").write_bytes(made.public_bytes(Encoding.DER))
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        x509.Certificate.load(made.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(private)
    )

    def answer(path: str, body: bytes) -> tuple[int, bytes]:
        return 200, stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump()

    with serve(answer, "application/timestamp-reply") as address:
        yield address


@contextmanager
def signing_service(token: str) -> Iterator[tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """A service that holds keys of the own authority; gives its address and what it was asked."""
    asked: list[tuple[str, dict[str, Any]]] = []
    holder = LocalService()

    def answer(path: str, body: bytes) -> tuple[int, bytes]:
        given = json.loads(body)
        asked.append((path, given))
        person = Person(**given["person"])
        if path == "/certificates":
            found: Any = {"certificates": [base64.b64encode(one).decode() for one in holder.certificates(person)]}
        else:
            signature = holder.sign_digest(person, base64.b64decode(given["digest"]))
            found = {"signature": base64.b64encode(signature).decode()}
        return 200, json.dumps(found).encode()

    with serve(answer) as address:
        yield address, asked
