"""REST endpoints of reputation."""

from ninja import Router

router = Router()
