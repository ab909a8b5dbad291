"""Sign the receipt, in the transaction in which the introduction comes to stand."""

from __future__ import annotations

import secrets

from yinxian import journal
from yinxian.journal.digests import digests_of
from yinxian.journal.operations.receipts import signed_receipt
from yinxian.journal.verification import TYPE
from yinxian.kernel import clock
from yinxian.network.models import User

from ..models import Introduction, Receipt
from ..receipts import statement_of
from .introductions import everyone


def issue_receipt(introduction: Introduction, actor: User | None) -> Receipt:
    """Record the acknowledgement with a digest of every value of the statement; sign statement, entry and hash."""
    now = clock.now()
    statement, salt = statement_of(introduction, now.isoformat()), secrets.token_hex(16)
    entry = journal.record(
        "deals.introduction.acknowledged",
        actor=actor,
        subject=introduction,
        data={
            "need": introduction.need.slug,
            "result": introduction.result.slug,
            "buyer": introduction.buyer.slug,
            "supplier": introduction.supplier.slug,
            "digests": digests_of(statement, salt),
        },
        organisations=everyone(introduction),
    )
    document = signed_receipt(TYPE, statement=statement, salt=salt, entry=entry)
    return Receipt.objects.create(introduction=introduction, entry=entry, document=document, at=now)
