"""Reading briefs: versions, comments."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ..models import Brief, BriefComment, Need
from .levels import NAMED, visible_needs


def named_need(user: Any, slug: str) -> Need | None:
    """A need whose brief, comments and evidence the reader may see: they are for the named only."""
    need = visible_needs(user).filter(slug=slug).first()
    return need if need is not None and getattr(need, "level", "") == NAMED else None


def versions_of(need: Need) -> QuerySet[Brief]:
    """Latest first, with who wrote them."""
    return need.briefs.select_related("created_by").order_by("-number")


def comments_on(need: Need) -> QuerySet[BriefComment]:
    return BriefComment.objects.filter(brief__need=need).select_related("brief").order_by("-said_at", "-pk")
