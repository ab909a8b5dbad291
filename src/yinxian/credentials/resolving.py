"""Answers from issuers: our own from the database, others' over the network, kept for a little while."""

from __future__ import annotations

import ipaddress
import re
from typing import Any
from urllib.parse import unquote

from django.core.cache import cache

from yinxian.kernel.crypto import sha256_hex

from . import addresses
from .fetching import fetch, private_allowed
from .models import Issuer
from .queries.issuers import did_document, list_document
from .vc import did
from .vc.judge import Unreachable
from .vc.strict import read_object

KEPT_DOCUMENT, KEPT_LIST = 300, 60  # seconds
SMALL = 64 * 1024
OWN_LIST = re.compile(r"(https?://[^/?#]+)/status/(\d{1,9})/(revocation|suspension)/")


class Network:
    """Asks whoever must be asked; without ``here`` nothing is looked up in the database."""

    def __init__(self, *, here: bool = True) -> None:
        self.here = here

    def did_document(self, name: str) -> dict[str, Any]:
        own = Issuer.objects.select_related("association").filter(did=name).first() if self.here else None
        if own is not None:
            return did_document(own)
        return _kept(did.address_of(name, plain=_closed(name)), KEPT_DOCUMENT)

    def status_list(self, address: str) -> dict[str, Any]:
        """Ours by the address that stands in the list itself, which stays when the site's address has changed."""
        own = OWN_LIST.fullmatch(address) if self.here else None
        if own:
            found = list_document(int(own[2]), own[3])
            if found is not None and found["id"] == address:
                return found
            if own[1] == addresses.site(""):
                raise Unreachable("404")
        return _kept(address, KEPT_LIST)


def _closed(name: str) -> bool:
    """http is for a closed network: a setting allows it, and the host is a bare address."""
    host = unquote(name.split(":")[2]).rpartition(":")[0] or unquote(name.split(":")[2]) if name.count(":") > 1 else ""
    try:
        return private_allowed() and (host == "localhost" or bool(ipaddress.ip_address(host)))
    except ValueError:
        return False


def _kept(address: str, seconds: int) -> dict[str, Any]:
    key = f"credentials.{sha256_hex(address.encode())}"
    found = cache.get(key)
    if found is None:
        found = fetch(address)
        if len(found) <= SMALL:
            cache.set(key, found, seconds)
    return read_object(found)
