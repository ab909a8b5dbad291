"""REST endpoints of market."""

from ninja import Router

router = Router()
