"""VC-JWT with EdDSA, and nothing but EdDSA."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from yinxian.kernel.crypto import b64, unb64

from .strict import read_object

REGISTERED = ("iss", "jti", "nbf", "exp", "iat", "sub", "vc", "aud")


class BadToken(ValueError):
    """Not a token that we can read: ``str`` names what is wrong."""


def seconds(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).timestamp())


def issue(credential: dict[str, Any], key: Ed25519PrivateKey, *, method: str) -> str:
    """The credential without proof as a compact token (Open Badges 3.0, 8.2; VC-JOSE-COSE)."""
    issuer = credential["issuer"]
    claims = {
        **{name: value for name, value in credential.items() if name != "proof"},
        "iss": issuer["id"] if isinstance(issuer, dict) else issuer,
        "jti": credential["id"],
        "nbf": seconds(credential["validFrom"]),
    }
    if "validUntil" in credential:
        claims["exp"] = seconds(credential["validUntil"])
    header = {"alg": "EdDSA", "typ": "JWT", "kid": method}
    parts = [b64(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()) for part in (header, claims)]
    signing = ".".join(parts)
    return f"{signing}.{b64(key.sign(signing.encode()))}"


def looks_like(text: str) -> bool:
    head, *rest = text.split(".")
    return len(rest) == 2 and head.startswith("ey") and not any(letter.isspace() for letter in text)


def read(token: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    """Header, claims, what was signed, and the signature; BadToken for any other algorithm or form."""
    try:
        head, body, signature = token.split(".")
        header, claims = read_object(unb64(head)), read_object(unb64(body))
        signed, raw = f"{head}.{body}".encode("ascii"), unb64(signature)
    except (ValueError, RecursionError) as error:
        raise BadToken("form") from error
    if header.get("alg") != "EdDSA":
        raise BadToken("alg")
    if "crit" in header or "jwk" in header or "jku" in header or "x5u" in header:
        raise BadToken("header")
    return header, claims, signed, raw


def credential_of(claims: dict[str, Any]) -> dict[str, Any]:
    """The credential that the token carries; BadToken where a claim says something else than the credential."""
    found = claims.get("vc", claims)
    if not isinstance(found, dict):
        raise BadToken("vc")
    credential = {name: value for name, value in found.items() if name not in REGISTERED}
    issuer = credential.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if claims.get("iss") not in (None, named) or claims.get("jti") not in (None, credential.get("id")):
        raise BadToken("claims")
    for claim, name in (("nbf", "validFrom"), ("exp", "validUntil")):
        value = claims.get(claim)
        if value is None:
            continue
        try:
            same = isinstance(value, int) and name in credential and seconds(str(credential[name])) == value
        except (ValueError, OverflowError) as error:
            raise BadToken("claims") from error
        if not same:
            raise BadToken("claims")
    return credential


def verify(signed: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
