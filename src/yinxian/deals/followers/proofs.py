"""A registered technology contract counts towards the levels of everyone who has a part in it."""

from __future__ import annotations

from django.urls import reverse

from yinxian import journal
from yinxian.credentials.models import ProofKind
from yinxian.credentials.operations.proofs import record_proof
from yinxian.journal.models import Entry
from yinxian.kernel.money import allocate

from ..models import Deal


@journal.follower("deals.proofs", ("deals.deal.registered",))
def count_contract(entry: Entry) -> None:
    """Each person's part of the amount is their share of the fee of it; the parts add up to the contract."""
    deal = Deal.objects.select_related("introduction", "result").get(pk=entry.subject_id)
    if deal.introduction is None or not deal.amount_fen:
        return
    shares = list(deal.introduction.shares.order_by("pk"))
    parts = allocate(deal.amount_fen, [share.bp for share in shares])
    for share, part in zip(shares, parts, strict=True):
        if share.user_id:
            record_proof(
                user_id=share.user_id,
                kind=ProofKind.CONTRACT,
                name=deal.result.field,
                amount=part,
                entry=entry,
                title=deal.title,
                path=reverse("deals:deal", args=[deal.slug]),
            )
