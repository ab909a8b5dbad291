"""REST endpoints of journal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from yinxian.kernel.errors import Invalid

from .queries.keys import known_keys
from .verification import LIMIT, verify_receipt

router = Router()


class FindingOut(Schema):
    code: str
    path: str
    message: str


class VerdictOut(Schema):
    """``sealed`` is null while the receipt carries no proof."""

    holds: bool
    signed: bool
    sealed: bool | None
    key: str
    leaf: str
    findings: list[FindingOut]


@router.post(
    "/verify", auth=None, response=VerdictOut, openapi_extra={"requestBody": {"content": {"application/json": {}}}}
)
def verify(request: HttpRequest) -> dict[str, Any]:
    """Check a receipt: the body is the JSON document as downloaded, at most 1 MB. No account needed."""
    if len(request.body) > LIMIT:
        raise Invalid("journal.receipt_too_large")
    return verify_receipt(request.body, known=known_keys()).as_json()
