"""REST endpoints of portal."""

from ninja import Router

router = Router()
