"""What the pages of matching share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from yinxian.kernel.http import or_404
from yinxian.market.models import Need, Result
from yinxian.market.queries.shown import shown

from .. import queries
from ..permissions import can_decide, can_match_need


def need_or_404(request: HttpRequest, slug: str) -> Need:
    """A need that the reader may match; 404 does not tell whether it exists."""
    need = or_404(queries.need_for(slug, request.user))
    if not can_match_need(request.user, need):
        raise Http404
    return need


def need_to_decide(request: HttpRequest, slug: str) -> Need:
    """A need that the reader may at least match; the operation says no to those who may not decide."""
    return need_or_404(request, slug)


def result_or_404(request: HttpRequest, slug: str) -> Result:
    return or_404(queries.seen_result(slug, request.user))


def need_context(request: HttpRequest, need: Need) -> dict[str, Any]:
    """The head of every page about one need."""
    deciding = can_decide(request.user, need)
    brief = queries.brief_of(need, signed_only=not deciding)
    return {
        "need": need,
        "shown_need": shown(need, brief=brief),
        "terms": queries.terms_of(queries.wanted_of(need, brief)),
        "brief": brief,
        "deciding": deciding,
    }
