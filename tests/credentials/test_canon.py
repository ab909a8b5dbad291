"""What is kept between documents changes none of them: the canonical form is PyLD's own, from scratch, every time."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest
from cachetools import LRUCache
from pyld import jsonld
from pyld.context_resolver import ContextResolver

from tests.credentials.certified import certified
from tests.credentials.test_recognition import foreign
from tests.world import People
from yinxian.credentials.vc import canon
from yinxian.credentials.vc.canon import BASE, UnknownTerm, canonical
from yinxian.credentials.vc.contexts import BADGES, CREDENTIALS, UnknownContext, context


def from_scratch(document: dict[str, Any]) -> str:
    """PyLD alone, with nothing kept."""

    def load(address: str, options: Any) -> dict[str, Any]:
        kept = {"contextUrl": None, "documentUrl": address, "document": context(address)}
        return {"contentType": "application/ld+json", **kept}

    options = {
        "documentLoader": load,
        "contextResolver": ContextResolver(LRUCache(50), load),
        "base": BASE,
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
    }
    return str(jsonld.JsonLdProcessor().normalize(document, options))


def documents(people: People) -> list[dict[str, Any]]:
    """Ours, another's, a list, an endorsement, in every order of types and contexts."""
    ours = certified(people).document
    endorsed = {"type": ["EndorsementSubject"], "id": "https://x.example/levels/y", "endorsementComment": "相当"}
    endorsement = {**ours, "type": ["VerifiableCredential", "EndorsementCredential"], "credentialSubject": endorsed}
    bits = {"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": "uH4s"}
    listed = {
        "@context": [CREDENTIALS],
        "id": "https://x.example/status/1/",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "did:web:x.example",
        "validFrom": "2026-03-04T01:00:00Z",
        "credentialSubject": bits,
    }
    plain = {
        **ours,
        "@context": [CREDENTIALS],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": "urn:x:1"},
    }
    plain |= {"issuer": "did:web:x.example"}
    plain.pop("credentialStatus")
    reverse = {name: ours[name] for name in reversed(list(ours))}
    typed = {**ours, "type": ["OpenBadgeCredential", "VerifiableCredential"]}
    older = {**ours, "@context": [CREDENTIALS, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"]}
    return [ours, foreign(), endorsement, listed, plain, reverse, typed, older]


def test_the_order_of_documents_changes_none_of_them(people: People) -> None:
    given = documents(people)
    wanted = [from_scratch(one) for one in given]
    assert len(set(wanted)) >= 6
    for seed in range(6):
        order = list(range(len(given)))
        random.Random(seed).shuffle(order)
        assert [canonical(given[place]) for place in order] == [wanted[place] for place in order]


def test_a_document_is_not_touched(people: People) -> None:
    ours = certified(people).document
    before = repr(ours)
    canonical(ours)
    assert repr(ours) == before


def test_a_refused_document_leaves_the_next_as_it_is(people: People) -> None:
    """A word of one's own, one that no context has, a context that is not ours: nothing of it is remembered."""
    ours = certified(people).document
    wanted = from_scratch(ours)
    own = {
        **ours,
        "@context": [CREDENTIALS, BADGES, {"name": "https://evil.example/name", "extra": "https://e.example/x"}],
    }
    for wrong, kind in (
        ({**ours, "extra": "1"}, UnknownTerm),
        ({**ours, "@context": [CREDENTIALS, "https://evil.example/v1"]}, UnknownContext),
        (own, UnknownTerm),
    ):
        with pytest.raises(kind):
            canonical(wrong)
        assert canonical(ours) == wanted
        with pytest.raises(UnknownTerm):
            canonical({**ours, "extra": "1"})


def test_threads_keep_their_own(people: People) -> None:
    given = documents(people)
    wanted = [from_scratch(one) for one in given]
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append([canonical(one) for _round in range(3) for one in given]))
        for _thread in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [wanted * 3] * 4


def test_what_is_kept_is_bounded(people: People) -> None:
    ours = certified(people).document
    for number in range(canon.KEPT_ACTIVE):
        with pytest.raises(UnknownTerm):
            canonical({**ours, "@context": [CREDENTIALS, {f"name{number}": "https://e.example/x"}], "extra": "1"})
    assert len(canon._contexts()[1]) <= canon.KEPT_ACTIVE
    assert canonical(ours) == from_scratch(ours)
