"""Files that pages give away."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def as_file(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    safe = "".join(letter for letter in name if letter.isprintable() and letter not in '/\\:*?"<>|')
    header = content_disposition_header(not inline, safe) or "attachment"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": header})
