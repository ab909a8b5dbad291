"""Every endpoint of credentials with values that are made to hurt: an answer in words, and nothing moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.credentials.certified import certified
from tests.world import People
from yinxian.credentials.models import LevelVersion, Recognition

BAD: tuple[Any, ...] = (
    "",
    "x" * 5000,
    "\x00",
    "<script>",
    "' OR 1=1 --",
    -1,
    10**30,
    2**63,
    1.5,
    True,
    None,
    [],
    {"a": []},
)
DAYS = ("0001-01-01", "9999-12-31")


def test_no_endpoint_breaks(people: People, client_of: Callable[..., Client]) -> None:
    made, browser = certified(people), client_of(people.qiao)
    base, association, level = "/api/v1/credentials", people.association.slug, made.level.slug
    recognition = {
        "issuer_did": "did:web:example.org",
        "issuer_name": "对方",
        "their_level": "https://example.org/l/1",
        "their_level_name": "一级",
        "equals": level,
        "valid_from": "2026-01-01",
        "valid_until": "2027-01-01",
    }
    line = {"kind": "hours", "name": "skills", "at_least": 1}
    sent: list[tuple[str, str, Any]] = []
    for bad in BAD:
        sent += [("put", f"/levels/{level}", {"based_on": 2, "requirements": [line | {name: bad}]}) for name in line]
        sent += [("put", f"/levels/{level}", {"based_on": 2, name: bad}) for name in ("based_on", "valid_months")]
        sent += [("post", f"/levels/{level}/credentials", {"person": bad, "ground": bad})]
        sent += [("post", f"/credentials/{made.slug}/state", {"state": bad, "reason": "x"})]
        sent += [("post", f"/levels/{level}/applications", {"statement": bad})]
    for name in recognition:
        for bad in (*BAD, *DAYS):
            sent.append(("post", f"/associations/{association}/recognitions", recognition | {name: bad}))
    before = LevelVersion.objects.count()
    for verb, path, body in sent:
        answer = getattr(browser, verb)(base + path, body, content_type="application/json")
        assert answer.status_code < 500, (path, body)
        if answer.status_code >= 400:
            assert answer.json()["message"], (path, body)
    assert LevelVersion.objects.count() - before <= 3 * len(BAD)
    assert all(one.valid_until.year < 2200 for one in Recognition.objects.all())
    for query in ("page=-1", "page=" + "9" * 30, "size=0", "sort=x", "state=x", "level=" + "x" * 300, "q=%27"):
        for path in (f"/associations/{association}/certificates/", f"{base}/associations/{association}/credentials"):
            assert browser.get(f"{path}?{query}").status_code < 500, query
    assert browser.get("/status/99999999999999999999/revocation/").status_code == 404
    assert browser.get("/status/1/other/").status_code == 404
