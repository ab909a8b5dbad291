"""REST endpoints of deals: one router a matter."""

from ninja import Router

from .introductions import router as introductions

router = Router()
router.add_router("/introductions", introductions)
