"""A write that comes with a key happens once."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Invalid
from yinxian.network.models import User

from ..models import Request


def digest_of(*asked: Any) -> str:
    """SHA-256 over what was asked, as JSON with sorted keys."""
    text = json.dumps(asked, sort_keys=True, cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def seen(*, actor: User, key: str, asked: Any) -> bool:
    """Whether this very request came before under its key; else the key is taken for it. Without a key: no.

    Conflict (409) when the key came with another request. For verbs whose answer is read anew each time.
    """
    if not key:
        return False
    if len(key) > 120 or "\x00" in key:
        raise Invalid("settlement.request_key")
    digest = digest_of(asked)
    kept, new = Request.objects.get_or_create(
        actor=actor, key=key, defaults={"request_hash": digest, "at": clock.now()}
    )
    if not new and kept.request_hash != digest:
        raise Conflict("settlement.key_used")
    return not new
