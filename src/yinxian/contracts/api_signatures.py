"""REST endpoints of signatures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from yinxian.kernel.http import or_404

from . import operations
from .models import Contract
from .queries.contracts import find
from .queries.signatures import check_copy, latest_copy, signatures_of, turn

router = Router()


class SignatureOut(Schema):
    side: str
    user: str
    signer: str
    issuer: str
    serial: str
    method: str
    timestamped: bool
    at: str


class SignaturesOut(Schema):
    """``valid`` is what the signed file itself says now: every signature intact, trusted, nothing else after it."""

    revision: int
    next: str | None
    sha256: str | None
    valid: bool | None
    signatures: list[SignatureOut]


class Sign(Schema):
    revision: int


def _out(contract: Contract) -> dict[str, Any]:
    copy = latest_copy(contract)
    return {
        "revision": contract.revision,
        "next": turn(contract),
        "sha256": copy.sha256 if copy else None,
        "valid": check_copy(copy).good if copy else None,
        "signatures": [
            {
                **{name: getattr(one, name) for name in ("side", "signer", "issuer", "serial", "method")},
                "timestamped": one.timestamped,
                "user": one.user.get_full_name(),
                "at": one.at.isoformat(),
            }
            for one in signatures_of(contract)
        ],
    }


@router.get("/{contract}/signatures", response=SignaturesOut)
def signatures(request: HttpRequest, contract: str) -> Any:
    """Who has signed the present revision, whose turn it is, and whether the signed file is valid now."""
    return _out(or_404(find(request.user, contract)))


@router.post("/{contract}/signatures", response=SignaturesOut)
def sign(request: HttpRequest, contract: str, given: Sign) -> Any:
    """Sign with the key that the signing service holds for the caller."""
    found = or_404(find(request.user, contract))
    actor: Any = request.user
    operations.sign_with_service(contract_id=found.pk, actor=actor, revision=given.revision)
    return _out(or_404(find(request.user, contract)))


@router.get("/{contract}/signed")
def signed_file(request: HttpRequest, contract: str) -> HttpResponse:
    copy = or_404(latest_copy(or_404(find(request.user, contract))))
    with copy.file.open("rb") as file:
        return HttpResponse(file.read(), content_type="application/pdf")
