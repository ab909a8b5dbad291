"""REST endpoints of landing: the same queries and operations as the pages."""

from __future__ import annotations

from ninja import Router

from .arrivals import router as arrivals
from .confirmations import router as confirmations
from .landings import router as landings
from .offers import router as offers
from .teams import router as teams

router = Router()
router.add_router("", landings)
router.add_router("", offers)
router.add_router("", confirmations)
router.add_router("", arrivals)
router.add_router("", teams)
