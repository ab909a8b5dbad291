"""What others may know of a manager."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from yinxian.kernel.errors import Forbidden
from yinxian.network.models import ManagerProfile

from ..queries.credit import Credit, credit_of, may_read
from .schemas import ManagerCreditOut

router = Router()


def _credit(one: Credit) -> dict[str, Any]:
    told: dict[str, Any] = {
        "measure": one.measure.value,
        "n": one.n,
        "contested": one.contested,
        "running": one.running,
    }
    if one.share is not None:
        share = one.share
        return told | {
            "k": share.k,
            "share_bp": share.bp,
            "low": share.low_bp,
            "high": share.high_bp,
            "small": share.small,
        }
    middle = one.median
    assert middle is not None  # a measure has the one or the other
    return told | {"middle_hours": middle.middle, "low": middle.low, "high": middle.high, "small": middle.small}


@router.get("/credit/{manager}", response=list[ManagerCreditOut])
def credit(request: HttpRequest, manager: str) -> list[dict[str, Any]]:
    """The counts, to whom the person shows them."""
    profile = get_object_or_404(ManagerProfile.objects.select_related("user", "association"), slug=manager)
    if not may_read(request.user, profile):
        raise Forbidden("reputation.credit_not_shown")
    return [_credit(one) for one in credit_of(profile.user)]
