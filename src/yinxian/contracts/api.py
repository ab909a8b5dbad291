"""REST endpoints of contracts."""

from ninja import Router

router = Router()
