"""The regions' word for what arrived, and the receipt."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router

from yinxian.deals.http import SignedIn

from ..models import Receipt
from ..operations import arrivals
from ..permissions import sees_offer
from ..queries import landings as queries
from ..receipts import document_of
from .asked import landing_at, landing_out
from .schemas import LandingOut, VouchIn

router = Router()


@router.post("/landings/{landing}/confirmations", response=LandingOut)
def vouch(request: SignedIn, landing: str, given: VouchIn) -> dict[str, Any]:
    """One region's word for the evidence; with both the referral has landed."""
    found = landing_at(request, landing)
    done = arrivals.confirm_arrival(landing_id=found.pk, actor=request.user, side=given.side, evidence_id=given.paper)
    return landing_out(done)


@router.get("/landings/{landing}/receipt")
def receipt(request: SignedIn, landing: str) -> dict[str, Any]:
    """The signed statement of the choice and its shares, with the proof once it is sealed."""
    found = landing_at(request, landing)
    chosen = queries.chosen_offer(found)
    if chosen is None or not sees_offer(request.user, chosen):
        raise Http404
    kept = get_object_or_404(Receipt.objects.select_related("entry"), landing=found)
    return document_of(kept)
