"""Between HTTP and operations: signed-in views, refusals as pages or JSON, forms that keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from .errors import Refusal

P = ParamSpec("P")
T = TypeVar("T")

signed_in = login_required


def attempt(form: BaseForm, operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Call the operation; a refusal goes onto the form (on its field where it names one) and gives None."""
    try:
        return operation(*args, **kwargs)
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.sentence)
        return None


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"code": refusal.code, "message": refusal.sentence}, status=refusal.status)
    context = {"sentence": refusal.sentence, "code": refusal.code, "status": refusal.status}
    return render(request, "refusal.html", context, status=refusal.status)


class RefusalMiddleware:
    """A refusal that no view caught becomes a page (or JSON under /api/) with its own status, never a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return refusal_response(request, error)
        if isinstance(error, ObjectDoesNotExist):
            raise Http404 from error
        return None


def or_404(found: T | None) -> T:
    """What a query found, or a 404 that does not tell whether the thing exists."""
    if found is None:
        raise Http404
    return found


def json_safe(value: Any) -> Any:
    """Strip what a JSON or text column cannot hold: NUL characters and lone surrogates."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return value
