"""Keys that this node signs with, or has signed with."""

from __future__ import annotations

from yinxian.kernel import crypto

from ..models import Seal


def known_keys() -> set[str]:
    """The present public key and those of all seals, so that a receipt outlives a change of key."""
    return {crypto.public_key(), *Seal.objects.order_by().values_list("key", flat=True).distinct()}
