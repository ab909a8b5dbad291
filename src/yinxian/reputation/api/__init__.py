"""REST endpoints of reputation."""

from ninja import Router

from .credit import router as credit
from .points import router as points
from .schemes import router as schemes
from .staff import router as staff

router = Router()
router.add_router("", points)
router.add_router("", schemes)
router.add_router("", credit)
router.add_router("", staff)

__all__ = ["router"]
