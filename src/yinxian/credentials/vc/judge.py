"""Judge a credential: four questions, no database; what must be asked of others is asked through a Resolver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Protocol

from . import bits, contexts, did, jwt, keys, proofs
from .answers import Answer, Judgement, moment_of
from .canon import TooInvolved, UnknownTerm, UnknownType, canonical
from .strict import Malformed

SKEW = dt.timedelta(minutes=5)
PURPOSES = {"revocation": "revoked", "suspension": "suspended"}


class Unreachable(Exception):
    """The other side cannot be asked now, or may not be; ``str`` says why in a few words."""


class Resolver(Protocol):
    def did_document(self, name: str) -> dict[str, Any]:
        """The document of a did:web. Unreachable, BadDid."""

    def status_list(self, address: str) -> dict[str, Any]:
        """A status list credential. Unreachable, Malformed."""


Recogniser = Callable[[str, str], Answer]
"""Issuer's DID and the level's address -> the fourth answer."""


class _No(Exception):
    def __init__(self, code: str, holds: bool | None = False, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.holds, self.detail = code, holds, detail[:120]


def judge(given: dict[str, Any] | str, *, resolver: Resolver, recognise: Recogniser, now: dt.datetime) -> Judgement:
    """``given`` is the document with its proof, or a token. Never raises for what it is given."""
    document: dict[str, Any] = {} if isinstance(given, str) else given
    try:
        if isinstance(given, str):
            document = _token(given, resolver)
        else:
            _signed(given, resolver)
        signature = Answer("signature", "holds", True)
    except _No as no:
        signature = Answer("signature", no.code, no.holds, {"detail": no.detail})
        document = document or _claimed(given)
    status = _status(document, resolver, now) if document else Answer("status", "none", None)
    told = Judgement([signature, dates(document, now), status], document)
    if signature.holds:
        told.answers.append(recognise(told.issuer, str(told.achievement.get("id") or "")))
    else:
        told.answers.append(Answer("recognition", "unproven", None))
    return told


def _claimed(given: dict[str, Any] | str) -> dict[str, Any]:
    """What a token that does not hold says of itself, to be shown and not believed."""
    try:
        return jwt.credential_of(jwt.read(given)[1]) if isinstance(given, str) else given
    except jwt.BadToken:
        return {}


def issuer_of(document: dict[str, Any]) -> str:
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def _key(issuer: str, method: Any, resolver: Resolver) -> Any:
    """The issuer's key that the signature names."""
    if not isinstance(method, str) or len(method) > 400:
        raise _No("malformed", detail="verificationMethod")
    if method.split("#")[0] != issuer:
        raise _No("issuer_other")
    try:
        if issuer.startswith("did:key:"):
            found = did.key_document(issuer)
        elif issuer.startswith("did:web:"):
            found = resolver.did_document(issuer)
        else:
            raise _No("issuer_form", None)
        public, asserts = did.method_in(found, issuer, method)
        key = keys.public_key(public)
    except Unreachable as error:
        raise _No("unreachable", None, str(error)) from error
    except ValueError as error:  # BadDid, and a key that is none
        raise _No("key_unknown") from error
    if not asserts:
        raise _No("key_revoked")
    return key


def _signed(document: dict[str, Any], resolver: Resolver) -> None:
    """The proof of a document, made by a key that its issuer stands for; _No otherwise."""
    given = document.get("proof")
    proof = given[0] if isinstance(given, list) and len(given) == 1 else given
    if not isinstance(proof, dict):
        raise _No("no_proof" if not given else "malformed", detail="proof")
    if proof.get("type") != "DataIntegrityProof" or proof.get("cryptosuite") not in proofs.SUITES:
        raise _No("suite", None, str(proof.get("cryptosuite") or proof.get("type")))
    if proof.get("proofPurpose") != "assertionMethod" or not isinstance(proof.get("proofValue"), str):
        raise _No("malformed", detail="proof")
    try:
        contexts.check({name: value for name, value in document.items() if name != "proof"})
        shape(document)
        key = _key(issuer_of(document), proof.get("verificationMethod"), resolver)
        if not proofs.verify(document, proof, key):
            raise _No("altered")
        if proof["cryptosuite"] == proofs.JCS:
            proofs.to_sign(document, {**proof, "cryptosuite": proofs.RDFC, "@context": document["@context"]})
    except contexts.UnknownContext as error:
        raise _No("context", detail=str(error)) from error
    except UnknownType as error:
        raise _No("type", detail=str(error)) from error
    except UnknownTerm as error:
        raise _No("term", detail=str(error)) from error
    except TooInvolved as error:
        raise _No("involved") from error
    except ValueError as error:  # a figure that JCS cannot write
        raise _No("malformed", detail="json") from error


def types_of(document: dict[str, Any]) -> list[Any]:
    types = document.get("type")
    return types if isinstance(types, list) else [types]


def shape(document: dict[str, Any]) -> None:
    """What a Verifiable Credential 2.0 must have before it is worth counting; _No otherwise."""
    if "VerifiableCredential" not in types_of(document):
        raise _No("malformed", detail="type")
    if not issuer_of(document):
        raise _No("malformed", detail="issuer")
    if not isinstance(document.get("credentialSubject"), dict | list):
        raise _No("malformed", detail="credentialSubject")


def _token(token: str, resolver: Resolver) -> dict[str, Any]:
    try:
        header, claims, signed, signature = jwt.read(token)
        document = jwt.credential_of(claims)
    except jwt.BadToken as error:
        if str(error) == "alg":
            raise _No("suite", None, "alg") from error
        raise _No("malformed", detail=str(error)) from error
    try:
        contexts.check(document)
        shape(document)
        terms(document)
    except contexts.UnknownContext as error:
        raise _No("context", detail=str(error)) from error
    key = _key(issuer_of(document), header.get("kid"), resolver)
    if not jwt.verify(signed, signature, key):
        raise _No("altered")
    return document


def terms(document: dict[str, Any]) -> None:
    """A token signs bytes, not meaning: words that no context defines are refused here as well."""
    try:
        canonical(document)
    except UnknownType as error:
        raise _No("type", detail=str(error)) from error
    except UnknownTerm as error:
        raise _No("term", detail=str(error)) from error
    except TooInvolved as error:
        raise _No("involved") from error


def dates(document: dict[str, Any], now: dt.datetime) -> Answer:
    """Valid from (with five minutes for clocks that differ) until; both are inclusive moments of the credential."""
    try:
        since = moment_of(document.get("validFrom", document.get("issuanceDate")))
        last = document.get("validUntil", document.get("expirationDate"))
        until = moment_of(last) if last is not None else None
    except ValueError:
        return Answer("dates", "unclear", None)
    proof = document.get("proof")
    if isinstance(proof, dict) and "expires" in proof:
        try:
            ends = moment_of(proof["expires"])
        except ValueError:
            return Answer("dates", "unclear", None)
        until = min(until, ends) if until else ends
    data = {"since": since.isoformat(), "until": until.isoformat() if until else ""}
    if since > now + SKEW:
        return Answer("dates", "not_yet", False, data)
    if until is not None and until < now:
        return Answer("dates", "expired", False, data)
    return Answer("dates", "in_force" if until else "for_life", True, data)


def _status(document: dict[str, Any], resolver: Resolver, now: dt.datetime) -> Answer:
    given = document.get("credentialStatus")
    entries = given if isinstance(given, list) else [given] if given else []
    if not entries:
        return Answer("status", "none", True)
    if len(entries) > 4:
        return Answer("status", "wrong", None, {"detail": "credentialStatus"})
    found = [_entry(entry, issuer_of(document), resolver, now) for entry in entries]
    return next((one for holds in (False, None, True) for one in found if one.holds is holds), found[0])


def _entry(entry: Any, issuer: str, resolver: Resolver, now: dt.datetime) -> Answer:
    try:
        if not isinstance(entry, dict) or entry.get("type") != "BitstringStatusListEntry":
            raise bits.BadList("type")
        purpose, address = entry.get("statusPurpose"), entry.get("statusListCredential")
        index = int(str(entry.get("statusListIndex")))
        if purpose not in PURPOSES or not isinstance(address, str):
            raise bits.BadList("statusPurpose")
        listed = resolver.status_list(address)
        subject = listed.get("credentialSubject")
        if issuer_of(listed) != issuer:
            raise bits.BadList("issuer")
        if not isinstance(subject, dict) or subject.get("statusPurpose") != purpose:
            raise bits.BadList("statusPurpose")
        if "BitstringStatusListCredential" not in types_of(listed) or listed.get("id", address) != address:
            raise bits.BadList("id")
        if dates(listed, now).holds is False:
            raise bits.BadList("validUntil")
        _signed(listed, resolver)
        standing = bits.is_set(bits.decode(str(subject.get("encodedList"))), index)
    except Unreachable as error:
        return Answer("status", "unreachable", None, {"detail": str(error)})
    except _No as no:
        if no.code == "unreachable":
            return Answer("status", "unreachable", None, {"detail": no.detail})
        return Answer("status", "wrong", None, {"detail": no.code})
    except (Malformed, ValueError) as error:  # BadList and figures that are none
        return Answer("status", "wrong", None, {"detail": str(error)[:60]})
    return Answer("status", PURPOSES[purpose], False) if standing else Answer("status", "in_force", True)
