"""The JSON-LD contexts that the package carries: pinned by SHA-256 when it is built, never fetched."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from yinxian.kernel import assets

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
FILES = {
    CREDENTIALS: "credentials-v2.json",
    BADGES: "ob-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": "ob-v3p0.json",
    "https://www.w3.org/2018/credentials/v1": "credentials-v1.json",
    "https://w3id.org/security/data-integrity/v1": "data-integrity-v1.json",
    "https://w3id.org/security/data-integrity/v2": "data-integrity-v2.json",
}
MOST = 10


class UnknownContext(ValueError):
    """The document names a context that we do not carry, or brings its own words."""


@cache
def context(address: str) -> dict[str, Any]:
    """One of ours; UnknownContext for any other address."""
    if address not in FILES:
        raise UnknownContext(address)
    path = assets.ASSETS / "contexts" / FILES[address]
    if not path.is_file():
        raise RuntimeError("The JSON-LD contexts are not built: run `make assets` (frontend/hatch_build.py).")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def check(document: dict[str, Any], known: frozenset[str] = frozenset(FILES)) -> None:
    """Only addresses that we carry, at most MOST, nowhere a context of the document's own: UnknownContext.

    And every name a plain word of them: a name written out as an address, or a keyword of JSON-LD, would let somebody
    hide a date or a status from whoever reads the JSON without touching what is signed.
    """
    named = document.get("@context")
    addresses = [named] if isinstance(named, str) else named
    if not isinstance(addresses, list) or not addresses or len(addresses) > MOST:
        raise UnknownContext("@context")
    for address in addresses:
        if not isinstance(address, str) or address not in known:
            raise UnknownContext(address if isinstance(address, str) else "@context")
    _plain({name: value for name, value in document.items() if name != "@context"})
    waiting: list[Any] = [value for name, value in document.items() if name != "@context"]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            _plain(one)
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _plain(part: dict[str, Any]) -> None:
    for name in part:
        if ":" in name or name.startswith("@"):
            raise UnknownContext(name)
