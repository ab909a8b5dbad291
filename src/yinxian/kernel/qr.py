"""QR codes, for paper and for phones."""

from __future__ import annotations

import segno


def qr_image(text: str) -> str:
    """A data URI of an SVG image (the pages' security policy allows images from data)."""
    return str(segno.make(text, error="m").svg_data_uri(border=2, dark="#22262b", light="#fffefb"))
