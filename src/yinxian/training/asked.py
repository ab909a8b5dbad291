"""What a request asks for: find, or answer as if there were none."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest

from yinxian.kernel.http import or_404
from yinxian.network.models import User

from . import permissions
from .models import Session, Term
from .queries.courses import session_for, term_for


def actor(request: HttpRequest) -> User:
    """The person signed in; only behind ``signed_in``."""
    return cast(User, request.user)


def term_at(request: HttpRequest, slug: str) -> Term:
    """A term that the reader may see: in preparation only by the association and its teachers."""
    found = or_404(term_for(slug))
    if found.state == Term.State.DRAFT and not permissions.can_call_the_roll(request.user, found):
        raise Http404
    return found


def own_term_at(request: HttpRequest, slug: str) -> Term:
    """A term of an association that the reader acts for; for others there is none."""
    found = or_404(term_for(slug))
    if not permissions.can_edit(request.user, found.course):
        raise Http404
    return found


def rolled_term_at(request: HttpRequest, slug: str) -> Term:
    """A term whose list the reader may see."""
    found = or_404(term_for(slug))
    if not permissions.can_call_the_roll(request.user, found):
        raise Http404
    return found


def session_at(slug: str) -> Session:
    return or_404(session_for(slug))


def rolled_session_at(request: HttpRequest, slug: str) -> Session:
    """A meeting whose list the reader may see."""
    found = session_at(slug)
    if not permissions.can_call_the_roll(request.user, found.term):
        raise Http404
    return found
