"""REST endpoints of matching."""

from ninja import Router

router = Router()
