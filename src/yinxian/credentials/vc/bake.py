"""A credential inside a picture: PNG (iTXt) and SVG (an element of its own), put in and taken out."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from .strict import LARGEST, Malformed

PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
CHUNKS = 10_000


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG)
    for _number in range(CHUNKS):
        if place + 12 > len(data):
            return
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        if place + 12 + length > len(data):
            raise Malformed("png")
        yield kind, data[place + 8 : place + 8 + length]
        place += 12 + length
        if kind == b"IEND":
            return


def into_png(picture: bytes, text: str) -> bytes:
    """The picture with the credential as its text; one that it had is replaced."""
    body = KEYWORD + b"\0\0\0\0\0" + text.encode()
    made = [PNG]
    for kind, content in _chunks(picture):
        if kind == b"iTXt" and content.startswith(KEYWORD + b"\0"):
            continue
        if kind == b"IEND":
            made.append(_chunk(b"iTXt", body))
        made.append(_chunk(kind, content))
    return b"".join(made)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def from_png(picture: bytes) -> str | None:
    """The credential in a PNG, or None. A compressed one is unpacked to LARGEST and no further: Malformed beyond."""
    for kind, content in _chunks(picture):
        if kind == b"iTXt" and content.startswith(KEYWORD + b"\0"):
            packed, rest = content[len(KEYWORD) + 1 : len(KEYWORD) + 2], content[len(KEYWORD) + 3 :]
            _language, _null, rest = rest.partition(b"\0")
            _translated, _null, text = rest.partition(b"\0")
            if packed == b"\1":
                text = _unpack(text)
            if len(text) > LARGEST:
                raise Malformed("too large")
            try:
                return text.decode("utf-8")
            except UnicodeDecodeError as error:
                raise Malformed("png") from error
    return None


def _unpack(data: bytes) -> bytes:
    unpack = zlib.decompressobj()
    try:
        made = unpack.decompress(data, LARGEST + 1)
    except zlib.error as error:
        raise Malformed("png") from error
    if len(made) > LARGEST or not unpack.eof:
        raise Malformed("too large")
    return made


def into_svg(picture: str, text: str) -> str:
    """The picture with the credential as its first element."""
    element = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}">{escape(text)}</openbadges:credential>'
    found = re.search(r"<svg\b[^>]*>", picture)
    if found is None:
        raise ValueError("not an SVG")
    return picture[: found.end()] + element + picture[found.end() :]


def from_svg(picture: bytes) -> str | None:
    """The credential in an SVG, or None. A document with its own entities is not read."""
    try:
        text = picture.decode("utf-8-sig")
        if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
            raise Malformed("svg")
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
        raise Malformed("svg") from error
    for element in root.iter(f"{{{NAMESPACE}}}credential"):
        found = (element.text or "").strip() or element.get("verify", "").strip()
        return found or None
    return None
