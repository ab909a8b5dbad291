"""Pages kept until something happens.

Every write is recorded in the journal, so a page that one reader has seen stays right until there is a new entry, or a
follower has read on. ``remembered`` keeps the page of one session for that long, at most a minute, in the process's own
memory. What a page shows beyond the journal is named with ``depends_on`` (notices that were read, for one); whether the
session still holds is one of these, so that a kept page costs no reading of the person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from yinxian.kernel import clock

from .models import Cursor, Entry

View = Callable[..., HttpResponse]
LARGEST = 500_000
Also = Callable[[HttpRequest], tuple[str, tuple[Any, ...]]]
_also: list[Also] = []


def depends_on(ask: Also) -> Also:
    """A page is made anew when this statement (one value, with its parameters) answers something else."""
    _also.append(ask)
    return ask


def reader_of(request: HttpRequest) -> int:
    """The number of who signed in, as the session says; 0 for nobody."""
    return int(request.session.get(SESSION_KEY) or 0)


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
    reader = (request.session.session_key, request.session.get("acting_for"), reader_of(request))
    asked = (request.get_full_path(), request.headers.get("HX-Request"), request.get_host(), get_language())
    now = clock.now()
    standing = _standing(request)
    parts = (reader, asked, request.COOKIES.get(settings.CSRF_COOKIE_NAME), now.date(), now.hour, standing)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _standing(request: HttpRequest) -> tuple[Any, ...]:
    """The last entry, how far the followers have read, and what apps add, in one query."""
    head, read = Entry._meta.db_table, Cursor._meta.db_table
    parts: list[tuple[str, tuple[Any, ...]]] = [
        (f'SELECT MAX(id) FROM "{head}"', ()),
        (f'SELECT SUM(position) FROM "{read}"', ()),
    ]
    parts += [ask(request) for ask in _also]
    words = ", ".join(f"({statement})" for statement, _ in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {words}", [value for _, values in parts for value in values])
        return tuple(cursor.fetchone())


def _has_messages(request: HttpRequest) -> bool:
    return len(get_messages(request)) > 0
