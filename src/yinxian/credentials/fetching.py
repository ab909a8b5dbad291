"""Ask a foreign issuer: https, no private address, few bytes, a few seconds, two turnings.

The name is resolved once and the connection goes to the address that was looked at, so that a name which answers
differently the second time reaches nobody else. YINXIAN_PRIVATE_ISSUERS lets tests and closed networks in.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .vc.judge import Unreachable

LARGEST = 512 * 1024
SECONDS, WHOLE, TURNINGS = 4.0, 10.0, 2
ACCEPT = "application/vc, application/did, application/json;q=0.9, application/jwt;q=0.8, */*;q=0.1"


def private_allowed() -> bool:
    return bool(settings.YINXIAN_PRIVATE_ISSUERS)


def fetch(address: str) -> bytes:
    """The body of an address. Unreachable with the reason, in the reader's language."""
    ends = time.monotonic() + WHOLE
    for _turning in range(TURNINGS + 1):
        status, body, onward = _once(address, ends)
        if status in (301, 302, 303, 307, 308) and onward:
            address = urljoin(address, onward)
            continue
        if status != 200:
            raise Unreachable(_("对方答复 %(status)s") % {"status": status})
        return body
    raise Unreachable(_("对方转了太多次"))


def _addresses(host: str, port: int) -> list[str]:
    """Where the name leads; Unreachable when any of it is inside."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise Unreachable(_("找不到 %(host)s") % {"host": host[:80]}) from error
    if not private_allowed() and not all(_public(one) for one in found):
        raise Unreachable(_("%(host)s 指向内部网络，不去取") % {"host": host[:80]})
    return sorted(found)


def _public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inside = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    return parsed.is_global and not parsed.is_multicast and (inside is None or inside.is_global)


class _Pinned(http.client.HTTPSConnection):
    """Connects to the address that was looked at, and checks the certificate for the name."""

    def __init__(self, host: str, port: int, address: str, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout, context=ssl.create_default_context())
        self.pinned = address

    def connect(self) -> None:
        plain = socket.create_connection((self.pinned, self.port), self.timeout)
        context: Any = self._context  # type: ignore[attr-defined]  # http.client keeps it so
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


def _connection(address: str, ends: float) -> tuple[http.client.HTTPConnection, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Unreachable(_("地址不对")) from error
    if not host or parts.username or parts.scheme not in ("https", "http"):
        raise Unreachable(_("地址不对"))
    if parts.scheme == "http" and not private_allowed():
        raise Unreachable(_("只用加密的 https 地址"))
    target = _addresses(host, port)[0]
    left = min(SECONDS, ends - time.monotonic())
    if left <= 0:
        raise Unreachable(_("对方太慢"))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme == "https":
        return _Pinned(host, port, target, left), path
    plain = http.client.HTTPConnection(target, port, timeout=left)
    return plain, path


def _once(address: str, ends: float) -> tuple[int, bytes, str]:
    connection, path = _connection(address, ends)
    headers = {
        "Host": urlsplit(address).netloc,
        "Accept": ACCEPT,
        "User-Agent": "Yinxian",
        "Accept-Encoding": "identity",
    }
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = bytearray()
        while chunk := answer.read(65_536):
            body += chunk
            if len(body) > LARGEST:
                raise Unreachable(_("对方的答复太大"))
            if time.monotonic() > ends:
                raise Unreachable(_("对方太慢"))
        return answer.status, bytes(body), answer.getheader("Location") or ""
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(_("连不上 %(host)s") % {"host": urlsplit(address).netloc[:80]}) from error
    finally:
        connection.close()
