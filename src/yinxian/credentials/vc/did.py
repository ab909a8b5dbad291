"""did:web and did:key: addresses, documents, and the key that a proof names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::\d{1,5})?")
PART = re.compile(r"[A-Za-z0-9._~-]{1,100}")
CONTEXT = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


class BadDid(ValueError):
    """Not a DID that we can follow, or a document that is not its own."""


def web(site: str, *path: str) -> str:
    """``did:web`` of a site's address: did:web:example.org, with a port did:web:127.0.0.1%3A8000, then path parts."""
    return ":".join(["did:web", quote(urlsplit(site).netloc, safe=".-"), *path])


def address_of(did: str, *, plain: bool = False) -> str:
    """Where the document of a did:web lies. ``plain``: http, which only tests and closed networks allow."""
    parts = did.split(":")
    if parts[:2] != ["did", "web"] or len(parts) < 3:
        raise BadDid(did[:80])
    host, *path = (unquote(part) for part in parts[2:])
    if not HOST.fullmatch(host) or not all(PART.fullmatch(part) and part.strip(".") for part in path):
        raise BadDid(did[:80])
    below = "/".join(path) if path else ".well-known"
    return f"{'http' if plain else 'https'}://{host}/{below}/did.json"


def document(did: str, keys: Iterable[Mapping[str, str]], *, also: Iterable[str] = ()) -> dict[str, Any]:
    """``keys`` are {"id", "public", "revoked"}; one that is revoked stays readable and signs for nothing."""
    known = list(keys)
    methods = []
    for key in known:
        method = {"id": key["id"], "type": "Multikey", "controller": did, "publicKeyMultibase": key["public"]}
        if key.get("revoked"):
            method["revoked"] = key["revoked"]
        methods.append(method)
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [key["id"] for key in known if not key.get("revoked")],
    }
    if others := list(also):
        found["alsoKnownAs"] = others
    return found


def key_document(did: str) -> dict[str, Any]:
    """The document of a did:key, which is in its name."""
    public = did.removeprefix("did:key:")
    return document(did, [{"id": f"{did}#{public}", "public": public}])


def method_in(found: Mapping[str, Any], did: str, method: str) -> tuple[str, bool]:
    """The Multikey of a method in a DID document, and whether it may assert now (False: revoked).

    BadDid when the document is another's, or does not have the method.
    """
    if found.get("id") != did or method.split("#")[0] != did:
        raise BadDid("document")
    listed = found.get("verificationMethod")
    embedded = found.get("assertionMethod")
    asserting = embedded if isinstance(embedded, list) else []
    candidates = [*(listed if isinstance(listed, list) else []), *(one for one in asserting if isinstance(one, dict))]
    for one in candidates:
        if isinstance(one, dict) and one.get("id") in (method, "#" + method.partition("#")[2]):
            if one.get("controller", did) != did or one.get("type") != "Multikey":
                raise BadDid("method")
            names = [item.get("id") if isinstance(item, dict) else item for item in asserting]
            asserts = one["id"] in names or method in names
            return str(one.get("publicKeyMultibase", "")), asserts and "revoked" not in one
    raise BadDid("method")
