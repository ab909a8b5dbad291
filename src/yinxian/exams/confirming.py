"""Who is in front of the device: asked before it takes over a sitting."""

from __future__ import annotations

from typing import cast

from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from django.http import HttpRequest

from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.network.models import User

FRESH_SECONDS = 300  # how long a sign-in counts as one of just now


def confirm(request: HttpRequest, password: str) -> None:
    """Forbidden unless the person has just shown who they are. Tries are limited as at sign-in.

    By password; who has none, by having signed in (with a code) in this very session within FRESH_SECONDS.
    """
    user = cast(User, request.user)
    if not ratelimit.consume(request, action="reauthenticate", user=user):
        raise Forbidden("exams.confirm_later")
    if user.has_usable_password():
        if not user.check_password(password):
            raise Forbidden("exams.confirm_password", field="password")
        return
    records = get_authentication_records(request, user)
    latest = max((record.get("at", 0) for record in records), default=0)
    if clock.now().timestamp() - latest >= FRESH_SECONDS:
        raise Forbidden("exams.confirm_sign_in")
