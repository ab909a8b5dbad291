"""The bitstring of a status list: gzip and base64url, with the room bounded when it is read."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable

from yinxian.kernel.crypto import b64, unb64

LEAST, MOST = 131_072, 8 * 4 * 1024 * 1024  # bits


class BadList(ValueError):
    """Not a status list that can be read."""


def encode(size: int, ones: Iterable[int]) -> str:
    """Bit 0 is the leftmost of the first byte (Bitstring Status List 3.3)."""
    raw = bytearray(size // 8)
    for index in ones:
        raw[index // 8] |= 0x80 >> (index % 8)
    return "u" + b64(gzip.compress(bytes(raw), mtime=0))


def decode(text: str) -> bytes:
    """The bytes; BadList for what is no list, is shorter than the recommendation allows, or is a bomb."""
    if not isinstance(text, str) or not text.startswith("u"):
        raise BadList("encoding")
    try:
        unpack = zlib.decompressobj(wbits=31)
        raw = unpack.decompress(unb64(text[1:]), MOST // 8 + 1)
    except (ValueError, zlib.error) as error:
        raise BadList("encoding") from error
    if not LEAST <= len(raw) * 8 <= MOST or not unpack.eof:
        raise BadList("size")
    return raw


def is_set(raw: bytes, index: int) -> bool:
    """Whether the bit stands; BadList outside the list."""
    if not 0 <= index < len(raw) * 8:
        raise BadList("index")
    return bool(raw[index // 8] & (0x80 >> (index % 8)))
