"""REST endpoints of training: the same queries and operations as the pages."""

from ninja import Router

from .courses import router as courses
from .learning import router as learning
from .terms import router as terms

router = Router()
router.add_router("", courses)
router.add_router("", terms)
router.add_router("", learning)

__all__ = ["router"]
