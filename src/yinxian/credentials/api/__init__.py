"""REST endpoints of credentials: the same queries and operations as the pages."""

from ninja import Router

from .certificates import router as certificates
from .levels import router as levels
from .presentations import router as presentations
from .recognitions import router as recognitions
from .verifying import router as verifying

router = Router()
router.add_router("", presentations)
router.add_router("", levels)
router.add_router("", certificates)
router.add_router("", recognitions)
router.add_router("", verifying)

__all__ = ["router"]
