"""What somebody hands in to be verified: a file, a picture of a code, an address. Bounded, and never believed."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader

from . import bake, jwt
from .strict import LARGEST, Malformed, read_object

BIGGEST = 10 * 1024 * 1024  # a file
PIXELS = 40_000_000
SIDE = 3_000  # what is larger is made smaller before a code is looked for
PAGES, PICTURES, ATTACHED = 5, 10, 5
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
ADDRESS = re.compile(r"https?://[^\s<>\"]{3,1000}")


@dataclass(frozen=True)
class Given:
    """One of: a document, a token, an address; ``through`` says how it came (json, jwt, png, svg, pdf, qr, url)."""

    through: str
    document: dict[str, Any] | None = None
    token: str = ""
    address: str = ""


def read(data: bytes) -> Given:
    """Malformed, with what it is not, when nothing that can be verified is in it."""
    if len(data) > BIGGEST:
        raise Malformed("too large")
    if data.startswith(bake.PNG):
        baked = bake.from_png(data)
        return text(baked, "png") if baked else _picture(data)
    if data.startswith(b"%PDF"):
        return _pdf(data)
    if data.startswith((b"\xff\xd8", b"GIF8", b"BM")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return _picture(data)
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        baked = bake.from_svg(data)
        if not baked:
            raise Malformed("svg without a credential")
        return text(baked, "svg")
    if len(data) > LARGEST:
        raise Malformed("too large")
    try:
        return text(data.decode("utf-8-sig"), "")
    except UnicodeDecodeError as error:
        raise Malformed("not a text, a picture or a PDF") from error


def text(given: str, through: str) -> Given:
    """A JSON document, a token or an address, as text."""
    plain = given.strip()
    if plain.startswith("{"):
        return Given(through or "json", document=read_object(plain))
    if len(plain) <= LARGEST and jwt.looks_like(plain):
        return Given(through or "jwt", token=plain)
    if ADDRESS.fullmatch(plain):
        return Given(through or "url", address=plain)
    raise Malformed("neither JSON, token nor address")


def _picture(data: bytes) -> Given:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > PIXELS:
                raise Malformed("too many pixels")
            picture.draft("L", (SIDE, SIDE))
            grey = picture.convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Malformed("picture") from error
    grey.thumbnail((SIDE, SIDE))
    for code in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        return text(code.text, "qr")
    raise Malformed("no code in the picture")


def _pdf(data: bytes) -> Given:
    """A credential attached to a PDF, else a code on one of its pages."""
    try:
        reader = PdfReader(io.BytesIO(data))
        attached = [content for contents in list(reader.attachments.values())[:ATTACHED] for content in contents]
        pages = [] if attached else reader.pages[:PAGES]
        pictures = [image.data for page in pages for image in page.images[:PICTURES]]
    except Exception as error:  # a hostile PDF fails in more ways than its reader names
        raise Malformed("pdf") from error
    for content in attached:
        if content[:200].lstrip().startswith((b"{", b"ey")) and len(content) <= LARGEST:
            return text(content.decode("utf-8", "replace"), "pdf")
    for picture in pictures:
        try:
            return _picture(picture)
        except Malformed:
            continue
    raise Malformed("no credential and no code in the PDF")
