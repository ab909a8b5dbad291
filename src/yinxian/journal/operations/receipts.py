"""Sign a receipt: a statement, the entry that holds a digest of each of its values, and the node's signature."""

from __future__ import annotations

from typing import Any

from yinxian.kernel import crypto

from ..models import Entry
from ..verification import VERSION, signed_part


def signed_receipt(kind: str, *, statement: dict[str, Any], salt: str, entry: Entry) -> dict[str, Any]:
    """The document as it is given out. ``kind`` is a key of verification.KINDS; the entry's data must hold
    ``digests_of(statement, salt)``."""
    document = {
        "type": kind,
        "version": VERSION,
        "statement": statement,
        "salt": salt,
        "entry": entry.body(),
        "leaf": entry.leaf,
        "key": crypto.public_key(),
    }
    document["signature"] = crypto.sign(signed_part(document))
    return document
