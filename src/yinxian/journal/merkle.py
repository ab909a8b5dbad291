"""Merkle trees as in RFC 9162, section 2.1: root, inclusion proof, and its check."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two smaller than ``size``."""
    return 1 << (size - 1).bit_length() - 1


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; SHA-256 of nothing when there is none."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    cut = _split(len(leaves))
    return _node(root_of(leaves[:cut]), root_of(leaves[cut:]))


def proof_of(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The audit path of the leaf at ``index`` (RFC 9162, 2.1.3.1)."""
    if len(leaves) <= 1:
        return []
    cut = _split(len(leaves))
    if index < cut:
        return [*proof_of(index, leaves[:cut]), root_of(leaves[cut:])]
    return [*proof_of(index - cut, leaves[cut:]), root_of(leaves[:cut])]


def root_from(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to (RFC 9162, 2.1.3.2), or None when the proof cannot belong to the place."""
    if not 0 <= index < size:
        return None
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            found = _node(sibling, found)
            if not node & 1:
                while not node & 1 and node:
                    node >>= 1
                    last >>= 1
        else:
            found = _node(found, sibling)
        node >>= 1
        last >>= 1
    return found if last == 0 else None
