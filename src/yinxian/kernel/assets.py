"""Where the built front end lies, the addresses of its files, and the stamp of their build."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.templatetags.static import static

ASSETS = Path(__file__).resolve().parent.parent / "assets"
FONTS = ASSETS / "fonts"


@cache
def stamp() -> str:
    """The SHA-256 of the sources the assets were built from; empty before the first build."""
    path = ASSETS / "stamp"
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


@cache
def url(name: str) -> str:
    """The address of a built file with part of the stamp: another build, another address."""
    return f"{static(name)}?v={stamp()[:8]}"
