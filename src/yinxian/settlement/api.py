"""REST endpoints of settlement."""

from ninja import Router

router = Router()
