"""REST endpoints of journal."""

from ninja import Router

router = Router()
