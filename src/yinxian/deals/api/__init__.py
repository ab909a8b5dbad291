"""REST endpoints of deals: one router a matter."""

from ninja import Router

from .deals import router as deals
from .introductions import router as introductions
from .milestones import router as milestones

router = Router()
router.add_router("/introductions", introductions)
router.add_router("/milestones", milestones)
router.add_router("", deals)
