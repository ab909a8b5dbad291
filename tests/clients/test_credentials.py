"""What we issue, verified by others' programs: @digitalbazaar/vc, jose, openbadgeslib; and what is wrong, refused."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.clients.node import run
from tests.credentials.certified import certified
from tests.world import People
from yinxian.credentials.models import Credential
from yinxian.credentials.operations.credentials import change_state
from yinxian.credentials.operations.issuing import new_key, revoke_key
from yinxian.credentials.queries.issuers import did_document
from yinxian.credentials.secrets import unseal
from yinxian.credentials.vc import jwt, keys
from yinxian.kernel.crypto import b64
from yinxian.network.models import Membership


def documents_of(made: Credential) -> dict[str, Any]:
    """Everything that a verifier would fetch: DID document, its methods, both lists."""
    made.status_list.refresh_from_db()
    found = did_document(made.issuer)
    methods = {method["id"]: {"@context": found["@context"][1], **method} for method in found["verificationMethod"]}
    lists = {one["id"]: one for one in (made.status_list.revocation, made.status_list.suspension)}
    return {made.issuer.did: found, **methods, **lists, **CONTEXTS}


CONTEXTS = {
    "https://www.w3.org/ns/did/v1": {"@context": {"@protected": True, "id": "@id", "type": "@type"}},
    "https://w3id.org/security/multikey/v1": {"@context": {"id": "@id", "type": "@type"}},
}


def token_of(made: Credential) -> dict[str, Any]:
    key = unseal(made.key.secret, made.key.public)
    x = b64(keys.public_key(made.key.public).public_bytes(Encoding.Raw, PublicFormat.Raw))
    return {"token": jwt.issue(made.document, key, method=made.key.address), "x": x, "issuer": made.issuer.did}


def changed(document: dict[str, Any], **values: Any) -> dict[str, Any]:
    return copy.deepcopy(document) | values


def test_node_accepts_what_holds_and_refuses_each_wrong_thing(people: People, tmp_path: Path) -> None:
    made = certified(people)
    document, token = made.document, token_of(made)
    after = (dt.datetime.now(dt.UTC) + dt.timedelta(days=4000)).isoformat()
    cases = {
        "good": {"credential": document},
        "tampered": {"credential": changed(document, name="高级技术经理人")},
        "expired": {"credential": document, "now": after},
        "wrong issuer": {"credential": changed(document, issuer={**document["issuer"], "id": "did:web:evil.example"})},
        "unknown term": {"credential": changed(document, wish="more")},
        "unknown type": {"credential": changed(document, type=[*document["type"], "WishCredential"])},
        "token": token,
        "token expired": {**token, "now": after},
        "token of another issuer": {**token, "issuer": "did:web:evil.example"},
        "token tampered": {**token, "token": token["token"][:-8] + "AAAAAAAA"},
    }
    told = dict(zip(cases, ask(made, list(cases.values()), tmp_path), strict=True))
    assert told["good"] == {"verified": True, "status": {"revocation": False, "suspension": False}, "reasons": []}
    assert told["token"]["verified"] and told["token"]["name"] == "中级技术经纪人"
    said = {name: " | ".join(answer["reasons"]) for name, answer in told.items()}
    assert [name for name, answer in told.items() if answer["verified"]] == ["good", "token"]
    assert "Invalid signature" in said["tampered"]
    assert "validUntil" in said["expired"]
    assert "Safe mode validation error" in said["unknown term"]
    assert "Safe mode validation error" in said["unknown type"]
    assert "ERR_JWT_EXPIRED" in said["token expired"]
    assert "ERR_JWT_CLAIM_VALIDATION_FAILED" in said["token of another issuer"]
    assert "ERR_JWS_SIGNATURE_VERIFICATION_FAILED" in said["token tampered"]
    assert said["wrong issuer"]


def ask(made: Credential, cases: list[dict[str, Any]], scratch: Path) -> list[dict[str, Any]]:
    answered: list[dict[str, Any]] = run(
        "credentials", "verify.mjs", {"documents": documents_of(made), "cases": cases}, scratch
    )
    return answered


def test_node_sees_revocation_suspension_and_keys_old_and_revoked(people: People, tmp_path: Path) -> None:
    """@digitalbazaar/vc says verified of a revoked one: its statusResult tells."""
    Membership.objects.filter(user=people.qiao).update(role="admin")
    made = certified(people)
    change_state(credential_id=made.pk, actor=people.qiao, state="suspended", reason="核实")
    suspended = ask(made, [{"credential": made.document}], tmp_path)[0]
    assert suspended["status"] == {"revocation": False, "suspension": True}
    change_state(credential_id=made.pk, actor=people.qiao, state="revoked", reason="造假")
    assert ask(made, [{"credential": made.document}], tmp_path)[0]["status"]["revocation"] is True
    new_key(association_id=people.association.pk, actor=people.qiao)
    assert ask(made, [{"credential": made.document}], tmp_path)[0]["verified"] is True
    revoke_key(association_id=people.association.pk, fragment="key-1", actor=people.qiao, reason="失窃")
    assert ask(made, [{"credential": made.document}], tmp_path)[0]["verified"] is False


def test_openbadgeslib_accepts_both_forms_and_refuses_what_was_changed(people: People) -> None:
    from openbadgeslib import OB3VerificationError, OB3Verifier
    from openbadgeslib.ob3 import OB3LdpVerifier

    made = certified(people)
    pem = keys.public_key(made.key.public).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    found = OB3LdpVerifier(pubkey_pem=pem).verify(made.document)
    assert found.issuer.id == made.issuer.did
    with pytest.raises(OB3VerificationError):
        OB3LdpVerifier(pubkey_pem=pem).verify(changed(made.document, name="高级技术经理人"))
    with pytest.raises(OB3VerificationError):
        OB3LdpVerifier(pubkey_pem=pem).verify(changed(made.document, wish="more"))
    token = token_of(made)["token"]
    assert OB3Verifier(pem).verify(token).issuer.id == made.issuer.did
    with pytest.raises(OB3VerificationError):
        OB3Verifier(pem).verify(token[:-8] + "AAAAAAAA")
