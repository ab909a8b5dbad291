"""Issuers, their keys and lists, as the world reads them."""

from __future__ import annotations

from typing import Any

from yinxian.kernel.errors import Conflict
from yinxian.network.models import Organisation

from .. import addresses
from ..models import Issuer, IssuerKey, StatusList
from ..vc import did
from ..vc.documents import IssuerWords
from ..vc.proofs import stamp


def did_document(issuer: Issuer) -> dict[str, Any]:
    """All keys that ever signed: old ones stay readable, revoked ones are marked and assert nothing."""
    keys = [
        {
            "id": f"{issuer.did}#{key.fragment}",
            "public": key.public,
            "revoked": stamp(key.revoked_at) if key.revoked_at else "",
        }
        for key in issuer.keys.all()
    ]
    return did.document(issuer.did, keys, also=[addresses.organisation_url(issuer.association)])


def root_issuer() -> Issuer | None:
    return Issuer.objects.select_related("association").filter(did=addresses.root_did()).first()


def names_of_issuers() -> str:
    """The DIDs of all issuers here, for a sentence; nothing where there is none."""
    return ", ".join(Issuer.objects.order_by("pk").values_list("did", flat=True))


def issuer_of(association: Organisation) -> Issuer | None:
    return Issuer.objects.select_related("association").filter(association=association).first()


def signing_key(issuer: Issuer) -> IssuerKey:
    """The one key that signs now; Conflict when the last was revoked and no new one made."""
    key = issuer.keys.filter(retired_at=None, revoked_at=None).first()
    if key is None:
        raise Conflict("credentials.no_key")
    return key


def words_of(issuer: Issuer) -> IssuerWords:
    association = issuer.association
    return IssuerWords(issuer.did, association.name, addresses.organisation_url(association))


def list_document(number: int, purpose: str) -> dict[str, Any] | None:
    """The signed list as it is now: "revocation" or "suspension"."""
    if purpose not in ("revocation", "suspension"):
        return None
    found = StatusList.objects.filter(number=number).values_list(purpose, flat=True).first()
    return dict(found) if found else None
