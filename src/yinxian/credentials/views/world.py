"""What verifiers anywhere fetch: DID documents and status lists."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yinxian.kernel.http import or_404

from ..queries.issuers import did_document, issuer_of, list_document, root_issuer
from .levels import association_at


def _answer(document: dict[str, Any], kind: str, seconds: int) -> HttpResponse:
    response = HttpResponse(json.dumps(document, ensure_ascii=False), content_type=kind)
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def root_did(request: HttpRequest) -> HttpResponse:
    return _answer(did_document(or_404(root_issuer())), "application/did+json", 300)


@require_safe
def association_did(request: HttpRequest, association: str) -> HttpResponse:
    return _answer(did_document(or_404(issuer_of(association_at(association)))), "application/did+json", 300)


@require_safe
def status_list(request: HttpRequest, number: int, purpose: str) -> HttpResponse:
    """Signed when a state changes, so that an answer costs one row."""
    return _answer(or_404(list_document(number, purpose)), "application/vc", 60)
