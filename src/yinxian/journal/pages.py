"""Pages kept until something happens.

Every write is recorded in the journal, so a page that one reader has seen stays right until there is a new entry, or a
follower has read on. ``remembered`` keeps the page of one session for that long, at most a minute, in the process's own
memory. What a page shows beyond the journal is named with ``depends_on`` (notices that were read, for one).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from yinxian.kernel import clock

from .models import Cursor, Entry

View = Callable[..., HttpResponse]
LARGEST = 500_000
_also: list[Callable[[HttpRequest], object]] = []


def depends_on(say: Callable[[HttpRequest], object]) -> Callable[[HttpRequest], object]:
    """A page is made anew when this says something else for the request."""
    _also.append(say)
    return say


def remembered(view: View) -> View:
    """Answer a GET with the page that this session got before, if nothing has happened since."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or _has_messages(request):
            return view(request, *args, **kwargs)
        pages, key = caches["pages"], _key(request)
        kept = pages.get(key)
        if kept is not None:
            body, content_type = kept
            return HttpResponse(body, content_type=content_type)
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.streaming and len(response.content) < LARGEST:
            pages.set(key, (response.content, response.headers["Content-Type"]))
        return response

    return answer


def _key(request: HttpRequest) -> str:
    """Who asks for what, in which language and hour, and how far things are."""
    reader = (request.session.session_key, request.session.get("acting_for"), request.user.pk)
    asked = (request.get_full_path(), request.headers.get("HX-Request"), request.get_host(), get_language())
    now = clock.now()
    also = [say(request) for say in _also]
    parts = (reader, asked, request.COOKIES.get(settings.CSRF_COOKIE_NAME), now.date(), now.hour, _standing(), also)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _standing() -> tuple[Any, ...]:
    """The last entry, and how far the followers have read, in one query."""
    head, read = Entry._meta.db_table, Cursor._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT (SELECT MAX(id) FROM "{head}"), (SELECT SUM(position) FROM "{read}")')
        return tuple(cursor.fetchone())


def _has_messages(request: HttpRequest) -> bool:
    return len(get_messages(request)) > 0
