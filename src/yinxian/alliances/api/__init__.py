"""REST endpoints of alliances: the same queries and operations as the pages."""

from ninja import Router

from . import alliances, directory, members
from . import founding as founding  # its endpoints stand on the router of alliances

router = Router()
router.add_router("", members.router)
router.add_router("", directory.router)
router.add_router("", alliances.router)
