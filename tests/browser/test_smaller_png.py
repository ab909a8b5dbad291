"""The README's pictures lose colours, never shape: what was drawn is read back, whichever filter wrote it."""

from __future__ import annotations

import struct
import zlib

import pytest

from tools.smaller_png import SIGNATURE, paletted

Pixel = tuple[int, int, int]


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def picture(width: int, rows: list[bytes], kind: int = 2) -> bytes:
    """A PNG of rows that carry their filter's number and its bytes."""
    head = struct.pack(">IIBBBBB", width, len(rows), 8, kind, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"".join(rows))) + chunk(b"IEND", b"")


def pixels(png: bytes) -> list[list[Pixel]]:
    """Read a picture with a palette and no filters, as ``paletted`` writes it."""
    found: dict[bytes, bytes] = {}
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        found[png[at + 4 : at + 8]] = png[at + 8 : at + 8 + length]
        at += length + 12
    width, height = struct.unpack(">II", found[b"IHDR"][:8])
    table, raw = found[b"PLTE"], zlib.decompress(found[b"IDAT"])
    rows = [raw[row * (width + 1) + 1 : (row + 1) * (width + 1)] for row in range(height)]
    return [[(table[3 * spot], table[3 * spot + 1], table[3 * spot + 2]) for spot in row] for row in rows]


@pytest.mark.parametrize(
    ("filtered", "second"),
    [
        (b"\0" + bytes([1, 2, 3, 4, 5, 6]), [(1, 2, 3), (4, 5, 6)]),
        (b"\1" + bytes([1, 2, 3, 4, 5, 6]), [(1, 2, 3), (5, 7, 9)]),
        (b"\2" + bytes([1, 2, 3, 4, 5, 6]), [(11, 22, 33), (44, 55, 66)]),
        (b"\3" + bytes([1, 2, 3, 4, 5, 6]), [(6, 12, 18), (27, 36, 45)]),
        (b"\4" + bytes([1, 2, 3, 4, 5, 250]), [(11, 22, 33), (44, 55, 54)]),
    ],
)
def test_every_filter_is_undone(filtered: bytes, second: list[Pixel]) -> None:
    first = b"\0" + bytes([10, 20, 30, 40, 50, 60])
    assert pixels(paletted(picture(2, [first, filtered]))) == [[(10, 20, 30), (40, 50, 60)], second]


def test_a_rare_colour_becomes_the_nearest_frequent_one() -> None:
    frequent = [bytes((shade, shade, shade)) for shade in range(256)]
    row = b"\0" + b"".join(frequent) * 2 + bytes((200, 200, 201))
    assert pixels(paletted(picture(513, [row])))[0][-1] == (200, 200, 200)


def test_what_is_not_of_8_bit_colours_is_refused() -> None:
    with pytest.raises(ValueError, match="8-bit RGB"):
        paletted(picture(1, [b"\0\1"], kind=0))
