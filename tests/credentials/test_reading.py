"""What people hand in: every form of a certificate, photographs, and everything that is made to hurt."""

from __future__ import annotations

import io
import json
import struct
import zlib
from typing import Any

import pytest
import segno
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.credentials.certified import certified
from tests.world import People
from yinxian.credentials.carriers import CARRIERS, carried
from yinxian.credentials.models import Credential
from yinxian.credentials.vc import bits
from yinxian.credentials.vc.bake import KEYWORD, PNG
from yinxian.credentials.vc.canon import TooInvolved, UnknownTerm, canonical
from yinxian.credentials.vc.reading import BIGGEST, read
from yinxian.credentials.vc.strict import LARGEST, Malformed, read_object
from yinxian.credentials.verifying import verify
from yinxian.kernel.errors import Invalid


@pytest.fixture
def made(people: People) -> Credential:
    return certified(people)


def photograph(text: str, *, turned: float = 7.0, kind: str = "JPEG") -> bytes:
    """A code on paper, photographed askew."""
    code, out = io.BytesIO(), io.BytesIO()
    segno.make(text, error="m").save(code, kind="png", scale=8, border=4)
    paper = Image.new("RGB", (900, 1200), (236, 232, 220))
    paper.paste(Image.open(code).convert("RGB"), (240, 400))
    paper.rotate(turned, fillcolor=(80, 70, 60)).save(out, kind, quality=60)
    return out.getvalue()


def test_every_form_that_we_give_is_read_back_and_holds(made: Credential) -> None:
    for carrier in CARRIERS:
        seen = verify(carried(made, carrier))
        assert seen.holds and seen.judgement is not None, carrier
        assert seen.through == carrier and seen.judgement.holder == "沈若溪"


def test_a_photograph_a_scan_and_an_address_lead_to_the_certificate(made: Credential) -> None:
    url = str(made.document["id"])
    assert verify(url).holds
    assert verify(photograph(url)).through == "qr"
    assert verify(photograph(url, turned=183, kind="PNG")).holds
    scan = io.BytesIO()
    Image.open(io.BytesIO(photograph(url))).save(scan, "PDF")
    assert verify(scan.getvalue()).holds
    printed = PdfReader(io.BytesIO(carried(made, "pdf")))
    bare, out = PdfWriter(), io.BytesIO()
    bare.append(printed, import_outline=False)
    bare.write(out)
    seen = verify(out.getvalue())
    assert (seen.through, seen.holds) == ("qr", True)


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"{",
        b"[]",
        b"\x00\xff\xfe",
        b"{" * 100_000,
        b"[" * 50 + b"]" * 50,
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        "就是一句话".encode(),
        b"https://",
        b"eyJ.eyJ.x y",
        b"%PDF-1.7 not really",
        b"<svg/>",
        b"<svg><g>",
        PNG + b"\x00",
        PNG + struct.pack(">I4s", 2**31, b"iTXt") + b"x",
        b"\xff\xd8\xff\xe0 not a picture",
    ],
)
def test_what_is_no_certificate_is_said_to_be_none(db: None, given: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        verify(given)
    assert refused.value.code == "credentials.nothing_to_read" and refused.value.sentence


def test_twenty_megabytes_are_not_read(db: None) -> None:
    for given in (b"{" + b" " * 20 * 1024 * 1024, "x" * (20 * 1024 * 1024)):
        with pytest.raises(Invalid) as refused:
            verify(given)
        assert refused.value.code == "credentials.too_large"
    with pytest.raises(Malformed):
        read_object(b'{"a": "' + b"x" * LARGEST + b'"}')
    assert LARGEST < BIGGEST < 20 * 1024 * 1024


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def test_a_bomb_in_a_picture_is_not_unpacked() -> None:
    bomb = zlib.compress(b"{" + b" " * 500 * 1024 * 1024, 9)
    assert len(bomb) < 600_000
    picture = PNG + chunk(b"iTXt", KEYWORD + b"\0\1\0\0\0" + bomb) + chunk(b"IEND", b"")
    with pytest.raises(Malformed):
        read(picture)


def test_a_picture_of_a_billion_pixels_is_not_decoded() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    lines = zlib.compress(b"\0" * 1_000_000, 9)
    with pytest.raises(Malformed):
        read(PNG + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b""))


def test_an_svg_with_entities_is_not_read() -> None:
    laughs = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
    with pytest.raises(Malformed):
        read(laughs.encode())


def test_a_status_list_that_explodes_or_is_short_is_no_list() -> None:
    import gzip

    from yinxian.kernel.crypto import b64

    for raw in (b"\0" * 64 * 1024 * 1024, b"\0" * 100):
        with pytest.raises(bits.BadList):
            bits.decode("u" + b64(gzip.compress(raw)))
    with pytest.raises(bits.BadList):
        bits.is_set(b"\0" * 16_384, 131_072)


def test_a_graph_made_to_be_expensive_is_refused_soon(made: Credential) -> None:
    """Two branches alike, each with ten leaves alike: 10! orders to try. Blank nodes cannot be named, so no knots."""
    leaf = {"type": ["Alignment"], "targetName": "a", "targetUrl": "https://a.example"}
    branch = {"type": ["Result"], "value": "1", "alignment": [leaf] * 10}
    subject = made.document["credentialSubject"] | {"result": [branch, branch]}
    poisoned = made.document | {"credentialSubject": subject}
    poisoned.pop("proof")
    with pytest.raises(TooInvolved):
        canonical(poisoned)
    with pytest.raises(UnknownTerm):
        canonical(poisoned | {"credentialSubject": subject | {"id": "_:a", "result": []}})


@pytest.mark.parametrize("name", ["url", "text", "file"])
def test_nothing_handed_in_breaks_the_page(db: None, client: Any, name: str) -> None:
    for given in ("<script>alert(1)</script>", "' OR 1=1 --", "\x00", "\ud800", "x" * 10_000, "-1", "爱" * 5000):
        data: Any = {"text": given.encode("utf-8", "replace").decode()}
        if name == "file":
            data = {"file": io.BytesIO(given.encode("utf-8", "replace"))}
        answer = client.get("/verify/", {"url": data["text"]}) if name == "url" else client.post("/verify/", data)
        assert answer.status_code in (200, 400) and b"<script>alert" not in answer.content


def test_the_api_answers_a_file_a_text_and_nonsense(made: Credential, client: Any) -> None:
    text = json.dumps(made.document)
    told = client.post("/api/v1/credentials/verify", {"text": text}).json()
    assert told["holds"] and told["recognition"]["code"] == "own" and told["kind"] == "certificate"
    file = io.BytesIO(carried(made, "png"))
    file.name = "b.png"
    assert client.post("/api/v1/credentials/verify", {"file": file}).json()["through"] == "png"
    wrong = client.post("/api/v1/credentials/verify", {"text": "?"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "credentials.nothing_to_read")


@pytest.mark.parametrize("text", ['{"a": "x\\u0000"}', '{"a\\u0000": 1}', '{"a": [{"b": "\\u0000"}]}'])
def test_nul_in_a_document_is_refused_before_anything_keeps_it(text: str) -> None:
    with pytest.raises(Malformed, match="NUL"):
        read_object(text)


def test_a_backslash_before_a_u_is_only_words() -> None:
    assert read_object('{"a": "\\\\u0000"}') == {"a": "\\u0000"}
