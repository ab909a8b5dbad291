"""Which device is this: a token in the session, bound to the browser."""

from __future__ import annotations

from django.http import HttpRequest

from yinxian.kernel import crypto
from yinxian.kernel.ids import new_token

from ..models import Sitting

KEY = "exams_device"


def device_of(request: HttpRequest) -> str:
    """The token of this browser; made on the first visit. A copied session in another browser has another."""
    if KEY not in request.session:
        request.session[KEY] = new_token()
    browser = crypto.sha256_hex(request.headers.get("User-Agent", "").encode("utf-8", "replace"))
    return f"{request.session[KEY]}.{browser[:16]}"


def is_here(request: HttpRequest, sitting: Sitting) -> bool:
    """Whether the sitting is answered on this device."""
    return sitting.device == crypto.sha256_hex(device_of(request).encode("utf-8", "replace"))
