"""Once a day: what is past its date leaves the lists, and owners hear of it a month ahead."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q

from yinxian import journal

from ..freshness import REMIND_DAYS
from ..models import Need, Result
from ..queries.levels import LISTED
from . import listings

MODELS: tuple[type[Result] | type[Need], ...] = (Result, Need)


@transaction.atomic
def expire_listings(today: dt.date) -> int:
    """Every listed one whose last day has passed becomes expired; returns how many."""
    count = 0
    for model in MODELS:
        late = model._default_manager.filter(state__in=LISTED[model], fresh_until__lt=today)
        for listing in late.select_for_update(of=("self",)).select_related("owner").order_by("pk"):
            listing.move_to("expired")
            listing.save(update_fields=["state"])
            listings.record("expired", listing, None)
            count += 1
    return count


@transaction.atomic
def remind_owners(today: dt.date) -> int:
    """One entry ``market.listing.expiring`` for each that ends within 30 days, once for each end."""
    count = 0
    soon = Q(fresh_until__gte=today, fresh_until__lte=today + dt.timedelta(days=REMIND_DAYS))
    untold = Q(reminded_for=None) | ~Q(reminded_for=F("fresh_until"))
    for model in MODELS:
        due = model._default_manager.filter(soon & untold, state__in=LISTED[model])
        for listing in due.select_for_update(of=("self",)).select_related("owner").order_by("pk"):
            listing.reminded_for = listing.fresh_until
            listing.save(update_fields=["reminded_for"])
            until = listing.fresh_until.isoformat() if listing.fresh_until else ""
            journal.record(
                "market.listing.expiring",
                actor=None,
                subject=listing,
                data={"kind": listings.kind_of(listing), "until": until},
                organisations=[listing.owner_id],
            )
            count += 1
    return count
