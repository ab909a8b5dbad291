"""What the pages of results and needs share."""

from __future__ import annotations

import io
import json
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString

from yinxian.kernel.errors import Refusal
from yinxian.network.models import User

from ..codes import Confidence
from ..queries.details import Detail, on_the_market
from ..queries.levels import PUBLIC
from ..queries.shown import Shown, shown

SAFE = {ord(">"): "\\u003e", ord("<"): "\\u003c", ord("&"): "\\u0026"}


def me(request: HttpRequest) -> User:
    """The signed-in person; views that call this are for signed-in people only."""
    assert isinstance(request.user, User)
    return request.user


def address(kind: str, slug: str) -> str:
    """The absolute address of a listing, for links that leave the site."""
    return f"{settings.YINXIAN_URL}{reverse(f'market:{kind}', args=[slug])}"


def teaser_of(detail: Detail) -> Shown | None:
    """What anyone may see of it; None when that is nothing."""
    open_to_all = detail.listing.confidence == Confidence.PUBLIC and on_the_market(detail.listing)
    return shown(detail.listing, PUBLIC) if open_to_all else None


def json_ld(teaser: Shown) -> SafeString:
    """schema.org: a result is an Offer, a need a Demand, both of their teaser only."""
    item = {"@type": "Product", "name": teaser.heading, "description": teaser.summary, "category": teaser.field_name}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Offer" if teaser.kind == "result" else "Demand",
        "identifier": teaser.slug,
        "url": address(teaser.kind, teaser.slug),
        "itemOffered": {name: value for name, value in item.items() if value},
        "validFrom": teaser.published_on.isoformat() if teaser.published_on else None,
        "validThrough": teaser.fresh_until.isoformat() if teaser.fresh_until else None,
        "areaServed": teaser.region_name,
    }
    text = json.dumps({name: value for name, value in found.items() if value}, ensure_ascii=False)
    return SafeString(text.translate(SAFE))


def qr(kind: str, slug: str) -> HttpResponse:
    """The listing's address as a QR code for paper and slides."""
    code = segno.make(address(kind, slug), error="m")
    svg = io.BytesIO()
    code.save(svg, kind="svg", scale=6, border=2, dark="#22262b", light="#ffffff")
    response = HttpResponse(svg.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def done_or_told(request: HttpRequest, act: Any, told: str, back: str, *args: Any) -> HttpResponse:
    """Do it and go back, with a sentence about what happened, or about why it did not."""
    try:
        act()
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, told)
    return redirect(back, *args)
