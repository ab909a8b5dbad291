"""For whom a person acts in this session: ``request.acting`` is one of their organisations, or None."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .members import organisations_of
from .models import Organisation

SESSION_KEY = "acting_for"


def acting_organisation(request: HttpRequest) -> Organisation | None:
    """The organisation chosen in this session if the person still belongs to it, else their first, else None."""
    mine = organisations_of(request.user)
    chosen = request.session.get(SESSION_KEY)
    if chosen == "self":
        return None
    return next((organisation for organisation in mine if organisation.pk == chosen), mine[0] if mine else None)


class ActingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = SimpleLazyObject(lambda: acting_organisation(request))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)
