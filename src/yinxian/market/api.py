"""REST endpoints of market."""

from ninja import Router

from .api_briefs import router as briefs
from .api_files import router as files
from .api_index import router as index
from .api_listings import router as listings

router = Router()
router.add_router("", briefs)
router.add_router("", files)
router.add_router("", listings)
router.add_router("", index)
