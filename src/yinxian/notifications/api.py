"""REST endpoints of notifications."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.http import HttpRequest
from ninja import Router, Schema

from yinxian.kernel.http import or_404
from yinxian.network.models import User

from .operations.reading import mark_all_read, mark_read
from .queries.notices import notice_for, notices_of, told, unread_count

router = Router()
FURTHEST = 10**9  # a row that no list has, and that a database can still count to


class NoticeOut(Schema):
    notice: str
    kind: str
    group: str
    sentence: str
    url: str
    at: dt.datetime
    read_at: dt.datetime | None


class NoticesOut(Schema):
    unread: int
    items: list[NoticeOut]


class ReadOut(Schema):
    read: int


def _out(row: Any) -> dict[str, Any]:
    notice = row.notice
    return {
        "notice": notice.slug,
        "kind": notice.kind.partition("#")[0],
        "group": notice.group,
        "sentence": row.sentence,
        "url": notice.url,
        "at": notice.created_at,
        "read_at": notice.read_at,
    }


@router.get("/notices", response=NoticesOut)
def notices(request: HttpRequest, unread: bool = False, limit: int = 100, offset: int = 0) -> dict[str, Any]:
    """One's own notices, newest first."""
    start = min(max(offset, 0), FURTHEST)
    found = notices_of(request.user, unread=unread)[start : start + min(max(limit, 1), 500)]
    return {"unread": unread_count(request.user), "items": [_out(row) for row in told(found)]}


@router.post("/notices/read", response=ReadOut)
def read_all(request: HttpRequest) -> dict[str, int]:
    """Mark all of one's own as read."""
    return {"read": mark_all_read(actor=cast(User, request.user))}


@router.post("/notices/{notice}/read", response=NoticeOut)
def read(request: HttpRequest, notice: str) -> dict[str, Any]:
    """Mark one as read; a second time changes nothing."""
    found = or_404(notice_for(request.user, notice))
    marked = mark_read(notice_id=found.pk, actor=cast(User, request.user))
    return _out(told([marked])[0])
