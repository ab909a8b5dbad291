"""Reads of notices: only ever one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ..models import Notice
from ..rules import find, sentence_of
from ..table import TABLE


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


def counting_unread(reader: int) -> tuple[str, tuple[Any, ...]]:
    """The statement that counts a person's unread notices, to stand in another; ``unread_count`` says the same."""
    table = Notice._meta.db_table
    return f'SELECT COUNT(*) FROM "{table}" WHERE user_id = %s AND in_product AND read_at IS NULL', (reader,)


@dataclass(frozen=True)
class Told:
    """A notice as its reader sees it."""

    notice: Notice
    sentence: str


def told(notices: Iterable[Notice]) -> list[Told]:
    """Sentences in the language that is active now; a notice whose rule is gone keeps its title."""
    rows = []
    for notice in notices:
        rule = find(TABLE, notice.kind)
        rows.append(Told(notice, sentence_of(rule, notice.params) if rule else str(notice.params.get("title", ""))))
    return rows
