"""REST endpoints of introductions."""

from ninja import Router

router = Router()
