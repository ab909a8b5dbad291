"""Data Integrity proofs: eddsa-rdfc-2022 (ours) and eddsa-jcs-2022 (read as well)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from . import keys
from .canon import canonical

RDFC, JCS = "eddsa-rdfc-2022", "eddsa-jcs-2022"
SUITES = (RDFC, JCS)


def stamp(moment: dt.datetime) -> str:
    """``2026-03-04T01:00:00Z``: whole seconds of UTC, as xsd:dateTimeStamp."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _bytes(document: dict[str, Any], suite: str, more: Mapping[str, Any] | None) -> bytes:
    if suite == JCS:
        return rfc8785.dumps(document)
    return canonical(document, more).encode()


def to_sign(document: dict[str, Any], proof: dict[str, Any], more: Mapping[str, Any] | None = None) -> bytes:
    """The 64 bytes that are signed: hash of the proof's options, then hash of the document (vc-di-eddsa 3.2, 3.3)."""
    suite = str(proof["cryptosuite"])
    bare = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if suite == RDFC:
        options["@context"] = document["@context"]
    first = hashlib.sha256(_bytes(options, suite, more)).digest()
    return first + hashlib.sha256(_bytes(bare, suite, more)).digest()


def sign(
    document: dict[str, Any],
    key: Ed25519PrivateKey,
    *,
    method: str,
    created: str,
    suite: str = RDFC,
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The document with its proof; ``method`` is the address of the key, ``created`` as ``stamp`` gives it."""
    proof: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    if suite == JCS:
        proof["@context"] = document["@context"]
    proof["proofValue"] = keys.encode(key.sign(to_sign(document, proof, more)))
    return {**document, "proof": proof}


def verify(
    document: dict[str, Any], proof: dict[str, Any], key: Ed25519PublicKey, more: Mapping[str, Any] | None = None
) -> bool:
    """Whether the proof was made over this document with this key. UnknownTerm, UnknownContext as ``canonical``."""
    data = to_sign(document, proof, more)
    try:
        key.verify(keys.decode(proof["proofValue"]), data)
    except (InvalidSignature, ValueError):
        return False
    return True
