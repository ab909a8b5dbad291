"""REST endpoints of deals: one router a matter."""

from ninja import Router

from .banking import router as banking
from .claims import router as claims
from .deals import router as deals
from .introductions import router as introductions
from .milestones import router as milestones
from .rewards import router as rewards
from .royalties import router as royalties
from .trials import router as trials

router = Router()
router.add_router("/bypass", claims)
router.add_router("/introductions", introductions)
router.add_router("/milestones", milestones)
router.add_router("/banks", banking)
router.add_router("/royalties", royalties)
router.add_router("", trials)
router.add_router("", rewards)
router.add_router("", deals)
