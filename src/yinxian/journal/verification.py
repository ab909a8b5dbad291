"""Is this receipt genuine? Answered from the document alone, without a database or a network.

Two answers, never one: *signed* (the node's signature, the entry's hash and every value agree) and *sealed* (the
proof leads from the entry to a root that the node signed). A forged receipt is told what is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from yinxian.kernel import crypto

from .digests import digests_of
from .findings import Finding, Verdict
from .merkle import root_from

TYPE = "yinxian.introduction.receipt"
LANDING = "yinxian.landing.receipt"
KINDS = {
    TYPE: ("deals.introduction.acknowledged", "deals.introduction", "introduction"),
    LANDING: ("landing.landing.chosen", "landing.landing", "landing"),
}
"""Of each kind: the entry's name, the kind of its subject, and what the statement calls its number."""
VERSION = 1
LIMIT = 1024 * 1024
SIGNED = {"type": str, "version": int, "statement": dict, "salt": str, "entry": dict, "leaf": str, "key": str}
SHAPE = {**SIGNED, "signature": str}
PROOF = {"index": int, "size": int, "path": list, "seal": dict, "key": str, "signature": str}
PLACES = {"first": int, "last": int, "root": str}


def signed_part(document: dict[str, Any]) -> bytes:
    """The bytes that the node signs: everything but the signature itself and the later proof."""
    return crypto.canonical({name: document[name] for name in SIGNED})


def verify_receipt(
    data: bytes | str | dict[str, Any], *, key: str | None = None, known: Collection[str] | None = None
) -> Verdict:
    """Check a receipt. ``key`` is the only key to trust, else ``known``, else this installation's own.

    Never raises for what it is given: hostile input is a finding.
    """
    trusted = {key} if key else set(known if known is not None else _own_key())
    try:
        document = data if isinstance(data, dict) else _read(data)
        return _examine(document, trusted)
    except (ValueError, RecursionError):  # includes JSON and canonicalisation errors
        return Verdict(findings=[Finding("malformed")])


def _own_key() -> set[str]:
    return {crypto.public_key()} if crypto.key_path().exists() else set()


def _read(data: bytes | str) -> dict[str, Any]:
    """Strict JSON: an object, no name twice, no fractions, at most LIMIT; ValueError otherwise."""
    text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    if len(text) > LIMIT:
        raise ValueError("too long")
    document = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse, parse_float=_refuse)
    if not isinstance(document, dict):
        raise ValueError("not an object")
    json.dumps(document, ensure_ascii=False).encode()  # lone surrogates cannot be shown: UnicodeEncodeError
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name twice")
    return made


def _refuse(text: str) -> Any:
    raise ValueError(f"no receipt holds {text}")


def _examine(document: dict[str, Any], trusted: Collection[str]) -> Verdict:
    verdict = Verdict(findings=_shape(document, SHAPE, ""))
    verdict.findings += [
        Finding("unexpected", str(name)[:80]) for name in document if name not in SHAPE and name != "inclusion"
    ]
    if verdict.findings:
        return verdict
    if document["type"] not in KINDS or document["version"] != VERSION:
        verdict.findings.append(Finding("version", "version" if document["type"] in KINDS else "type"))
        return verdict
    verdict.statement, verdict.key, verdict.leaf = document["statement"], document["key"], document["leaf"]
    verdict.findings += _entry(document) + _values(document)
    if not crypto.verify(signed_part(document), document["signature"], document["key"]):
        verdict.findings.append(Finding("signature", "signature"))
    verdict.findings += _trust(document["key"], trusted, "key")
    verdict.signed = not verdict.findings
    if document.get("inclusion") is not None:
        wrong = _inclusion(document["leaf"], document["inclusion"], trusted)
        verdict.findings += wrong
        verdict.sealed = not wrong and not any(finding.code == "leaf" for finding in verdict.findings)
    return verdict


def _shape(document: dict[str, Any], shape: dict[str, type], prefix: str) -> list[Finding]:
    found = []
    for name, kind in shape.items():
        if name not in document:
            found.append(Finding("missing", prefix + name))
        elif type(document[name]) is not kind:
            found.append(Finding("kind", prefix + name))
    return found


def _entry(document: dict[str, Any]) -> list[Finding]:
    """The entry must hash to the leaf, and be about the thing that the statement names."""
    entry, found = document["entry"], []
    if crypto.sha256_hex(b"\x00" + crypto.canonical(entry)) != document["leaf"]:
        found.append(Finding("leaf", "entry"))
    name, kind, number = KINDS[document["type"]]
    about = f"{kind}:{document['statement'].get(number)}"
    if entry.get("name") != name or entry.get("subject") != about:
        found.append(Finding("entry_other", "entry"))
    return found


def _values(document: dict[str, Any]) -> list[Finding]:
    """Compare each value with the digest that the entry has of it."""
    held = document["entry"].get("data")
    then = held.get("digests") if isinstance(held, dict) else None
    if not isinstance(then, dict) or not then:
        return [Finding("missing", "entry.data.digests")]
    now = digests_of(document["statement"], document["salt"])
    if not any(then.get(path) == digest for path, digest in now.items()):
        return [Finding("altered", "salt")]
    found = [Finding("altered" if path in then else "added", path) for path in now if then.get(path) != now[path]]
    return found + [Finding("removed", path) for path in then if path not in now]


def _trust(key: str, trusted: Collection[str], path: str) -> list[Finding]:
    if not trusted:
        return [Finding("key_unproven", path)]
    return [] if key in trusted else [Finding("key_foreign", path)]


def _inclusion(leaf: str, proof: Any, trusted: Collection[str]) -> list[Finding]:
    """RFC 9162, 2.1.3.2: the path leads from the leaf to the root; the seal signs the root and its place."""
    if not isinstance(proof, dict):
        return [Finding("kind", "inclusion")]
    found = _shape(proof, PROOF, "inclusion.")
    found += [Finding("unexpected", f"inclusion.{str(name)[:60]}") for name in proof if name not in PROOF]
    if found:
        return found
    seal = proof["seal"]
    if found := _shape(seal, PLACES, "inclusion.seal."):
        return found
    if not crypto.verify(crypto.canonical(seal), proof["signature"], proof["key"]):
        found.append(Finding("seal_signature", "inclusion.seal"))
    found += _trust(proof["key"], trusted, "inclusion.key")
    if seal["last"] - seal["first"] + 1 != proof["size"]:
        found.append(Finding("proof", "inclusion.size"))
    path = [_hash(node) for node in proof["path"]]
    start = _hash(leaf)
    root = root_from(start, proof["index"], proof["size"], [node for node in path if node]) if start else None
    if None in path or root is None or root.hex() != seal["root"]:
        found.append(Finding("proof", "inclusion.path"))
    return found


def _hash(text: Any) -> bytes | None:
    """A SHA-256 in hexadecimal; None for anything else."""
    if not isinstance(text, str) or len(text) != 64:
        return None
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None
