"""Private keys at rest: encrypted with a key that is not in the database.

AES-256-GCM under a key derived (HKDF-SHA256) from YINXIAN_CREDENTIALS_SECRET, or from YINXIAN_SECRET_KEY where that is
not given. The public half is the associated data, so that no row can be exchanged for another.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from yinxian.kernel.crypto import b64, unb64
from yinxian.kernel.errors import Conflict

from .vc import keys

PURPOSE = b"yinxian credentials: issuer keys"


def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode()))


def seal(key: Ed25519PrivateKey, public: str, secret: str | None = None) -> str:
    """The private key as it is stored."""
    nonce = os.urandom(12)
    plain = keys.secret_multibase(key).encode()
    return b64(nonce + _cipher(secret or settings.YINXIAN_CREDENTIALS_SECRET).encrypt(nonce, plain, public.encode()))


def unseal(stored: str, public: str, secret: str | None = None) -> Ed25519PrivateKey:
    """Conflict when it was stored under another secret."""
    data = unb64(stored)
    cipher = _cipher(secret or settings.YINXIAN_CREDENTIALS_SECRET)
    try:
        plain = cipher.decrypt(data[:12], data[12:], public.encode())
    except InvalidTag as error:
        raise Conflict("credentials.key_locked") from error
    return keys.secret_key(plain.decode())
