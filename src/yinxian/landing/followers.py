"""What happens by itself: wishes that nobody answered in time lapse, and offers that are no longer good."""

from __future__ import annotations

import datetime as dt

from yinxian import journal

from .operations.landings import lapse_landing
from .operations.offers import lapse_offer
from .queries.landings import lapsing


@journal.daily("landing.lapsing")
def lapse(today: dt.date) -> None:
    landings, offers = lapsing(today)
    for pk in list(landings.values_list("pk", flat=True)):
        lapse_landing(landing_id=pk, today=today)
    for pk in list(offers.values_list("pk", flat=True)):
        lapse_offer(offer_id=pk, today=today)
