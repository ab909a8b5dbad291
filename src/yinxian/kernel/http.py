"""Between HTTP and operations: signed-in views, refusals as pages or JSON, forms that keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    ObjectDoesNotExist,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from .errors import Invalid, Refusal

P = ParamSpec("P")
T = TypeVar("T")

signed_in = login_required
LONGEST_PATH = 2000


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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: what cannot be read, and what is more than a form may hold (413, with what the limit is)."""
    too_much = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    status = 413 if too_much else 400
    if request.path.startswith("/api/"):
        refusal = Invalid("kernel.request_too_large" if too_much else "kernel.request_unreadable")
        return JsonResponse({"code": refusal.code, "message": refusal.sentence}, status=status)
    whole = not isinstance(exception, DisallowedHost)  # a page of its own names no host that is not ours
    return HttpResponse(render_to_string(f"{status}.html", {}, request if whole else None), status=status)


class RefusalMiddleware:
    """A refusal that no view caught becomes a page (or JSON under /api/) with its own status, never a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")  # no database column can hold what it asks for
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


def path_asked(request: HttpRequest) -> str:
    """Where the form's ``next`` asks to go when done: an address of this site, or nothing."""
    asked = str(request.POST.get("next", ""))
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours and asked.startswith("/") and len(asked) < LONGEST_PATH and asked.isprintable() else ""


def json_safe(value: Any) -> Any:
    """Strip what a JSON or text column cannot hold, wherever it stands: NUL characters and lone surrogates."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    if isinstance(value, list):
        return [json_safe(one) for one in value]
    if isinstance(value, dict):
        return {json_safe(key): json_safe(one) for key, one in value.items()}
    return value
