"""The W3C's test vectors for Data Integrity EdDSA, byte for byte."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from yinxian.credentials.vc import keys, proofs
from yinxian.credentials.vc.canon import canonical

EXAMPLES = {
    "https://www.w3.org/ns/credentials/examples/v2": {
        "@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
    }
}


@pytest.fixture
def vectors(shared_data: Path) -> Path:
    return shared_data / "vectors" / "vc-di-eddsa"


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def read(path: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(text(path))
    return made


@pytest.mark.parametrize(("suite", "tail"), [(proofs.RDFC, "DataInt"), (proofs.JCS, "JCS")])
def test_every_step_is_the_vectors(vectors: Path, suite: str, tail: str) -> None:
    folder, unsigned, pair = vectors / suite, read(vectors / "unsigned.json"), read(vectors / "keyPair.json")
    config = read(folder / f"proofConfig{tail}.json")
    method, created = config["verificationMethod"], config["created"]
    secret = keys.secret_key(pair["privateKeyMultibase"])
    assert keys.public_multibase(secret.public_key()) == pair["publicKeyMultibase"]
    assert keys.secret_multibase(secret) == pair["privateKeyMultibase"]
    made = proofs.sign(unsigned, secret, method=method, created=created, suite=suite, more=EXAMPLES)
    assert proofs.to_sign(unsigned, made["proof"], EXAMPLES).hex() == text(folder / f"combinedHash{tail}.txt").strip()
    assert keys.decode(made["proof"]["proofValue"]).hex() == text(folder / f"sigHex{tail}.txt").strip()
    assert made["proof"]["proofValue"] == text(folder / f"sigBTC58{tail}.txt").strip()
    assert made == read(folder / f"signed{tail}.json")
    assert proofs.verify(made, made["proof"], secret.public_key(), EXAMPLES)


def test_the_canonical_documents_are_the_vectors(vectors: Path) -> None:
    folder, unsigned = vectors / proofs.RDFC, read(vectors / "unsigned.json")
    found = canonical(unsigned, EXAMPLES)
    assert found == text(folder / "canonDocDataInt.txt")
    assert hashlib.sha256(found.encode()).hexdigest() == text(folder / "docHashDataInt.txt").strip()
    config = canonical(read(folder / "proofConfigDataInt.json"), EXAMPLES)
    assert config == text(folder / "proofCanonDataInt.txt")
    assert hashlib.sha256(config.encode()).hexdigest() == text(folder / "proofHashDataInt.txt").strip()


def test_the_employment_vectors_hash_and_signature(vectors: Path) -> None:
    """Its context is nobody's package; from the canonical form on, every step is ours."""
    folder = vectors / proofs.RDFC / "employ"
    options, document = text(folder / "proofCanonDataInt.txt"), text(folder / "canonDocDataInt.txt")
    both = hashlib.sha256(options.encode()).digest() + hashlib.sha256(document.encode()).digest()
    assert both.hex() == text(folder / "combinedHashDataInt.txt").strip()
    secret = keys.secret_key(read(vectors / "keyPair.json")["privateKeyMultibase"])
    assert secret.sign(both).hex() == text(folder / "sigHexDataInt.txt").strip()


def test_one_vector_stands_here_too() -> None:
    """So that a clone without the data beside it is not left without."""
    secret = keys.secret_key("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")
    public = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    assert keys.public_multibase(secret.public_key()) == public
    unsigned = {
        "@context": ["https://www.w3.org/ns/credentials/v2", *EXAMPLES],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    }
    made = proofs.sign(
        unsigned, secret, method=f"did:key:{public}#{public}", created="2023-02-24T23:36:38Z", more=EXAMPLES
    )
    assert made["proof"]["proofValue"] == (
        "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
    )
