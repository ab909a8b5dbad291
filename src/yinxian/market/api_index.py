"""How the index stands, for programs that watch an installation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from yinxian.kernel.errors import Forbidden

from . import indexing
from .queries.imports import reviewed_associations

router = Router()


class Standing(Schema):
    """``texts`` are found now, ``in_database`` should be; ``done`` of ``total`` of a build that goes on or that, being
    ``stopped``, nobody is at; moments as seconds since 1970."""

    texts: int
    in_database: int
    sound: bool
    building: bool
    stopped: bool
    done: int
    total: int
    percent: int
    begun: float | None = None
    moved: float | None = None


@router.get("/index", response=Standing)
def index(request: HttpRequest) -> Any:
    """The state of the search index; for those who review an association's listings."""
    if not reviewed_associations(request.user):  # type: ignore[arg-type]  # signed in
        raise Forbidden("market.not_a_reviewer")
    return indexing.standing()
