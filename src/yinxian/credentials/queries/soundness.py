"""Are the issuers' keys sound? What is wrong with each, as a code and the key's address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yinxian.kernel.errors import Conflict

from .. import secrets
from ..models import Credential, Issuer, IssuerKey, Recognition, StatusList
from ..vc import did, keys
from .issuers import did_document

MISSING, LOCKED, OTHER, UNKNOWN, REVOKED = "missing", "locked", "other", "unknown", "revoked"


def key_faults() -> Iterator[tuple[str, str]]:
    """(code, key's address). missing: certificates are in force and nothing signs; locked: the private half cannot be
    read; other: it is not the half of the public one; unknown: the DID document does not have the key as it should;
    revoked: something was signed with the key after it had been revoked, or a list still is."""
    for issuer in Issuer.objects.select_related("association").prefetch_related("keys").order_by("pk"):
        signing = [key for key in issuer.keys.all() if key.retired_at is None and key.revoked_at is None]
        if not signing and issuer.keys.all():
            yield MISSING, issuer.did
        for key in signing:
            yield from _half(key)
        document = did_document(issuer)
        for key in issuer.keys.all():
            if _shown(document, issuer.did, key) != (key.public, key.revoked_at is None):
                yield UNKNOWN, key.address
            if key.revoked_at is not None and _used_after(key):
                yield REVOKED, key.address


def _half(key: IssuerKey) -> Iterator[tuple[str, str]]:
    try:
        private = secrets.unseal(key.secret, key.public)
    except (Conflict, ValueError):
        yield LOCKED, key.address
        return
    if keys.public_multibase(private.public_key()) != key.public:
        yield OTHER, key.address


def _shown(document: dict[str, Any], name: str, key: IssuerKey) -> tuple[str, bool]:
    try:
        return did.method_in(document, name, key.address)
    except did.BadDid:
        return "", False


def _used_after(key: IssuerKey) -> bool:
    """A certificate or an endorsement made after the revocation, or a status list that is still signed with it."""
    since, named = key.revoked_at, key.address
    if Credential.objects.filter(key=key, issued_at__gt=since).exists():
        return True
    later = Recognition.objects.filter(association=key.issuer.association_id, created_at__gt=since)
    documents = [*later.values_list("document", flat=True)]
    for revocation, suspension in StatusList.objects.filter(issuer=key.issuer).values_list("revocation", "suspension"):
        documents += [revocation, suspension]
    return any(_method(document) == named for document in documents)


def _method(document: Any) -> str:
    proof = document.get("proof") if isinstance(document, dict) else None
    return str(proof.get("verificationMethod", "")) if isinstance(proof, dict) else ""
