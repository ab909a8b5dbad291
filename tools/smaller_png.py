"""Make a screenshot smaller: a palette of its 256 most frequent colours. Reads what Chromium writes: 8-bit RGB."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DEPTH = 3  # bytes a pixel
Colour = tuple[int, int, int]


def paletted(png: bytes) -> bytes:
    """The same picture with at most 256 colours; a rarer colour becomes the nearest frequent one."""
    chunks = list(_chunks(png))
    width, height, bits, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    if (bits, kind) != (8, 2):
        raise ValueError("not an 8-bit RGB picture")
    packed = b"".join(body for name, body in chunks if name == b"IDAT")
    rows = list(_rows(zlib.decompress(packed), width * DEPTH))
    colours = Counter(pixel for row in rows for pixel in zip(row[0::3], row[1::3], row[2::3], strict=True))
    palette = [colour for colour, _count in colours.most_common(256)]
    place = {colour: number for number, colour in enumerate(palette)}
    for colour in colours.keys() - place.keys():
        place[colour] = _nearest(palette, colour)
    raw = b"".join(
        b"\0" + bytes(place[pixel] for pixel in zip(row[0::3], row[1::3], row[2::3], strict=True)) for row in rows
    )
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(bytes(colour) for colour in palette)),
            _chunk(b"IDAT", zlib.compress(raw, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _nearest(palette: list[Colour], colour: Colour) -> int:
    distances = [sum((one - other) ** 2 for one, other in zip(known, colour, strict=True)) for known in palette]
    return distances.index(min(distances))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _rows(raw: bytes, length: int) -> Iterator[bytes]:
    """The rows of pixels, each row's filter undone (PNG specification, clause 9)."""
    above = bytes(length)
    for start in range(0, len(raw), length + 1):
        row = bytearray(raw[start + 1 : start + 1 + length])
        _unfilter(raw[start], row, above)
        above = bytes(row)
        yield above


def _unfilter(kind: int, row: bytearray, above: bytes) -> None:
    if kind == 0:
        return
    for at, value in enumerate(row):
        left = row[at - DEPTH] if at >= DEPTH else 0
        corner = above[at - DEPTH] if at >= DEPTH else 0
        guess = (left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[kind - 1]
        row[at] = (value + guess) & 255


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
