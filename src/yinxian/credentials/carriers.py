"""The forms in which a certificate leaves: JSON, token, pictures, paper."""

from __future__ import annotations

import json
from collections.abc import Callable

from .models import Credential
from .pictures import badge_png, badge_svg, certificate_pdf
from .pictures.draw import bare_badge
from .queries.issuers import signing_key
from .secrets import unseal
from .vc import jwt

CARRIERS = {
    "json": "application/vc",
    "jwt": "application/jwt",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}


def carried(credential: Credential, carrier: str, *, bare: bool = False) -> bytes:
    """The bytes of a file; KeyError for a form that there is not. ``bare``: the picture without the credential in it.

    A token is signed when it is asked for, with the key that signs now.
    """
    if bare:
        return bare_badge(credential)
    return MAKERS[carrier](credential)


def _json(credential: Credential) -> bytes:
    return json.dumps(credential.document, ensure_ascii=False, indent=2).encode()


def _token(credential: Credential) -> bytes:
    key = signing_key(credential.issuer)
    return jwt.issue(credential.document, unseal(key.secret, key.public), method=key.address).encode()


MAKERS: dict[str, Callable[[Credential], bytes]] = {
    "json": _json,
    "jwt": _token,
    "png": badge_png,
    "svg": badge_svg,
    "pdf": certificate_pdf,
}
