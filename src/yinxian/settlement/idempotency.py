"""The header ``Idempotency-Key`` of the API: a write that comes again under its key is answered as the first time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Invalid
from yinxian.kernel.http import refusal_response
from yinxian.network.models import User

from .models import Request

View = Callable[..., HttpResponse]
HEADER = "Idempotency-Key"


def once(view: View) -> View:
    """For an endpoint that writes; use with ninja's ``decorate_view``.

    The same key and request of the same person gives the answer it got; another request under the key is 409. A
    request that was refused leaves the key free. Of two at once the second waits for the first.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        if not key:
            return view(request, *args, **kwargs)
        if len(key) > 120 or not key.isprintable():
            return refusal_response(request, Invalid("settlement.request_key"))
        whole = f"{request.method} {request.get_full_path()}\n".encode() + request.body
        return _answer(request, key, hashlib.sha256(whole).hexdigest(), lambda: view(request, *args, **kwargs))

    return asked


@transaction.atomic
def _answer(request: HttpRequest, key: str, digest: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    kept, new = Request.objects.get_or_create(
        actor=cast("User", request.user), key=key, defaults={"request_hash": digest, "at": clock.now()}
    )
    if not new:
        if kept.request_hash != digest:
            return refusal_response(request, Conflict("settlement.key_used"))
        return JsonResponse(kept.answer, safe=False)
    response = act()
    if response.status_code >= 400:
        transaction.set_rollback(True)
    else:
        Request.objects.filter(pk=kept.pk).update(answer=json.loads(response.content))
    return response
