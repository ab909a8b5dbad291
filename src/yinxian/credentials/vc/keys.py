"""Ed25519 keys as Multikeys (z6Mk…)."""

from __future__ import annotations

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

PUBLIC, SECRET = b"\xed\x01", b"\x80\x26"
LONGEST = 100  # decoding base 58 takes the square of its length


def public_multibase(key: Ed25519PublicKey) -> str:
    return "z" + base58.b58encode(PUBLIC + key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def secret_multibase(key: Ed25519PrivateKey) -> str:
    raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return "z" + base58.b58encode(SECRET + raw).decode()


def decode(text: str) -> bytes:
    """The bytes of a base58btc multibase text; ValueError for anything else."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > LONGEST:
        raise ValueError("not base58btc")
    return bytes(base58.b58decode(text[1:]))


def encode(data: bytes) -> str:
    return "z" + base58.b58encode(data).decode()


def public_key(text: str) -> Ed25519PublicKey:
    """The key of a Multikey; ValueError when it is no Ed25519 key."""
    data = decode(text)
    if data[:2] != PUBLIC or len(data) != 34:
        raise ValueError("not an Ed25519 Multikey")
    return Ed25519PublicKey.from_public_bytes(data[2:])


def secret_key(text: str) -> Ed25519PrivateKey:
    data = decode(text)
    if data[:2] != SECRET or len(data) != 34:
        raise ValueError("not an Ed25519 secret Multikey")
    return Ed25519PrivateKey.from_private_bytes(data[2:])
