"""REST endpoints of network, and how programs show who they are."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.security import HttpBearer, SessionAuth

from yinxian.kernel import clock

from .models import ApiToken, User
from .operations.links import digest_of
from .operations.personal import export_person

router = Router()


class TokenAuth(HttpBearer):
    """``Authorization: Bearer`` with a token that the person made on their profile page."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = ApiToken.objects.select_related("user").filter(digest=digest_of(token), user__is_active=True).first()
        if found is None:
            return None
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=clock.now())
        request.user = found.user
        return found.user


class Session(SessionAuth):
    """The browser's session, with its CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated else None


signed_in = [TokenAuth(), Session()]


@router.get("/me/export", auth=signed_in, response=bytes)
def export_me(request: HttpRequest) -> HttpResponse:
    """Everything that this installation holds of you: a ZIP with a JSON file for each kind of thing."""
    user = cast(User, request.user)
    answer = HttpResponse(export_person(user), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{user.slug}-{clock.today():%Y%m%d}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
