"""The receipt of an introduction: what it states, and how the proof is added when it is read."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from yinxian.journal.queries.entries import inclusion
from yinxian.network.models import Organisation, User

from .models import Acknowledgement, Introduction, Receipt, Share
from .terms import terms_of


def statement_of(introduction: Introduction, issued_at: str) -> dict[str, Any]:
    """Everything that the receipt says, in plain JSON; no contacts."""
    acknowledged = introduction.acknowledged_at
    until = introduction.protected_until
    return {
        "node": settings.YINXIAN_URL,
        "issued_at": issued_at,
        "introduction": introduction.slug,
        "subject": introduction.subject,
        "parties": {
            "buyer": _organisation(introduction.buyer),
            "supplier": _organisation(introduction.supplier),
        },
        "manager": _person(introduction.manager),
        "agency": _organisation(introduction.agency) if introduction.agency else None,
        "listings": {
            "need": {"id": introduction.need.slug, "title": introduction.need.title},
            "result": {"id": introduction.result.slug, "title": introduction.result.title},
        },
        "terms": {"version": introduction.terms_version, **terms_of(introduction).as_json()},
        "shares": [_share(share) for share in introduction.shares.select_related("user", "organisation")],
        "acknowledgements": [_answer(answer) for answer in introduction.acknowledgements.all()],
        "protection": {
            "from": acknowledged.isoformat() if acknowledged else None,
            "months": introduction.protection_months,
            "until": until.isoformat() if until else None,
        },
        "earlier_on": introduction.earlier_on.isoformat() if introduction.earlier_on else None,
    }


def _person(user: User) -> dict[str, str]:
    return {"id": user.slug, "name": user.get_full_name()}


def _organisation(organisation: Organisation) -> dict[str, str]:
    return {"id": organisation.slug, "name": organisation.name}


def _share(share: Share) -> dict[str, Any]:
    holder = share.organisation or share.user
    accepted = share.accepted_at
    return {
        "id": holder.slug if holder else "",
        "name": share.organisation.name if share.organisation else str(share.user),
        "bp": share.bp,
        "work": share.work,
        "accepted_at": accepted.isoformat() if accepted else None,
    }


def _answer(answer: Acknowledgement) -> dict[str, str]:
    return {
        "side": answer.side,
        "name": answer.name,
        "post": answer.post,
        "how": answer.how,
        "at": answer.at.isoformat(),
    }


def document_of(receipt: Receipt) -> dict[str, Any]:
    """The signed document, with the proof that its entry stands in the sealed journal once it does."""
    proof = inclusion(receipt.entry)
    return {**receipt.document, "inclusion": proof} if proof else dict(receipt.document)
