"""The receipt of a choice: which region, which managers, which shares; and the proof when it is read."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from yinxian.journal.queries.entries import inclusion
from yinxian.network.models import Organisation, User

from .models import Agreement, Landing, LandingShare, Offer, Receipt


def statement_of(landing: Landing, offer: Offer, agreement: Agreement, issued_at: str) -> dict[str, Any]:
    """Everything that the receipt says, in plain JSON; no contacts."""
    return {
        "node": settings.YINXIAN_URL,
        "issued_at": issued_at,
        "landing": landing.slug,
        "title": landing.title,
        "parties": {
            "team": _organisation(landing.team),
            "home": _organisation(landing.home),
            "receiving": _organisation(offer.organisation),
        },
        "managers": {"home": _person(landing.manager), "receiving": _person(offer.manager)},
        "offer": _offer(offer),
        "fee_fen": agreement.fee_fen,
        "shares": [_share(share) for share in agreement.shares.select_related("user", "organisation")],
    }


def _organisation(organisation: Organisation) -> dict[str, str]:
    return {"id": organisation.slug, "name": organisation.name}


def _person(user: User) -> dict[str, str]:
    return {"id": user.slug, "name": user.get_full_name()}


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "id": offer.slug,
        "version": offer.version,
        "place": offer.place,
        "region": offer.region,
        "figures": offer.figures,
        "permits": offer.permits,
        "rent_fen": offer.rent_fen,
        "support_fen": offer.support_fen,
        "policies": offer.policies,
    }


def _share(share: LandingShare) -> dict[str, Any]:
    accepted = share.accepted_at
    return {
        "id": share.holder_slug,
        "name": share.organisation.name if share.organisation else str(share.user),
        "side": share.side,
        "bp": share.bp,
        "work": share.work,
        "accepted_at": accepted.isoformat() if accepted else None,
    }


def document_of(receipt: Receipt) -> dict[str, Any]:
    """The signed document, with the proof that its entry stands in the sealed journal once it does."""
    proof = inclusion(receipt.entry)
    return {**receipt.document, "inclusion": proof} if proof else dict(receipt.document)
