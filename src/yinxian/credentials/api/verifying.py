"""Verify what anybody hands in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, UploadedFile

from yinxian.kernel.errors import Invalid

from ..vc.reading import BIGGEST
from ..verifying import verify

router = Router()


@router.post("/verify", response=dict[str, Any], auth=None)
def verify_given(request: HttpRequest, file: File[UploadedFile | None] = None, text: Form[str] = "") -> dict[str, Any]:
    """Verify a file or a text (content or address): four answers for a certificate, two for a receipt. No account."""
    if file is not None and (file.size or 0) > BIGGEST:
        raise Invalid("credentials.too_large", field="file")
    seen = verify(file.read() if file is not None else text)
    found = seen.judgement or seen.verdict
    assert found is not None  # a Seen has one of them
    return {"kind": "certificate" if seen.judgement else "receipt", "through": seen.through, **found.as_json()}
