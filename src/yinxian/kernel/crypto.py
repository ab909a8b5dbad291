"""The node's Ed25519 key, canonical JSON (RFC 8785) and hashes.

The private key lies in the data folder, readable by its owner only; it signs receipts and the seals of
the journal. Its public half is all that a verifier needs.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings


def canonical(document: Any) -> bytes:
    """The bytes that are hashed and signed for a JSON document (RFC 8785)."""
    return rfc8785.dumps(document)


def canonical_plain(document: Any) -> bytes:
    """The same bytes, far sooner, for documents of text, integers below 2**53 and ASCII keys, without floats."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Inverse of b64; ValueError when the text is not base64url."""
    return base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))


def key_path() -> Path:
    return Path(settings.YINXIAN_DATA) / "keys" / "node.ed25519"


@lru_cache(maxsize=4)
def _load(path: Path) -> Ed25519PrivateKey:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        raw = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        scratch = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
        with contextlib.suppress(FileExistsError):  # two processes at once: the first one's key stands
            os.link(scratch, path)
        scratch.unlink()
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def node_key() -> Ed25519PrivateKey:
    """This node's signing key, made on first use."""
    return _load(key_path())


def public_key() -> str:
    """The node's public key, base64url."""
    return b64(node_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def sign(data: bytes) -> str:
    """Sign with the node's key; base64url."""
    return b64(node_key().sign(data))


def verify(data: bytes, signature: str, key: str) -> bool:
    """Whether the signature over the data was made by the holder of the key. Malformed input is False."""
    try:
        Ed25519PublicKey.from_public_bytes(unb64(key)).verify(unb64(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True
