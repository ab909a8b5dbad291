"""Reads of notices: only ever one's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ..models import Notice


def notices_of(user: Any, *, unread: bool = False, group: str = "") -> QuerySet[Notice]:
    """The person's notices in the product, newest first."""
    if not getattr(user, "is_authenticated", False):
        return Notice.objects.none()
    found = Notice.objects.filter(user_id=user.pk, in_product=True)
    if unread:
        found = found.filter(read_at=None)
    if group:
        found = found.filter(group=group)
    return found


def notice_for(user: Any, slug: str) -> Notice | None:
    """One's own notice; None for anybody else's."""
    return notices_of(user).filter(slug=slug).first()


def unread_count(user: Any) -> int:
    return notices_of(user, unread=True).count()
