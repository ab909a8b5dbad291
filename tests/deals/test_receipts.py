"""The receipt: what it states, that it verifies, that its proof comes with the seal; every forgery is named."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.urls import reverse

from tests.deals.introducing import acknowledged, offered
from tests.world import People
from yinxian.deals.models import Introduction, Receipt
from yinxian.deals.receipts import document_of
from yinxian.journal.digests import digests_of, values_of
from yinxian.journal.models import Entry
from yinxian.journal.queries.entries import inclusion
from yinxian.journal.verification import signed_part, verify_receipt
from yinxian.kernel import crypto


@pytest.fixture
def document(people: People, drain: Callable[[], None]) -> dict[str, Any]:
    introduction = acknowledged(people)
    drain()
    return document_of(introduction.receipt)


def test_it_is_signed_at_once_and_sealed_when_the_journal_is(people: People, drain: Callable[[], None]) -> None:
    receipt = acknowledged(people).receipt
    fresh = verify_receipt(document_of(receipt))
    assert (fresh.signed, fresh.sealed, fresh.holds) == (True, None, True)
    drain()
    later = verify_receipt(json.dumps(document_of(receipt)).encode())
    assert (later.signed, later.sealed, later.findings) == (True, True, [])
    proof = inclusion(receipt.entry)
    assert proof and proof["size"] > 1 and proof["path"]


def test_it_states_parties_terms_shares_answers_and_protection(document: dict[str, Any]) -> None:
    statement = document["statement"]
    assert statement["parties"]["buyer"]["name"] == "澜江暖能电器"
    assert statement["terms"]["fee_rate_bp"] == 1160
    assert "fee_fixed_fen" not in statement["terms"]
    assert [share["bp"] for share in statement["shares"]] == [6000, 4000]
    assert {answer["name"] for answer in statement["acknowledgements"]} == {"周衡", "林岚"}
    assert statement["protection"]["months"] == 24
    assert document["entry"]["data"].keys() == {"need", "result", "buyer", "supplier", "digests"}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document that holds a plain value."""
    if isinstance(value, dict) and value:
        for name in value:
            yield from places(value[name], (*path, name))
    elif isinstance(value, list) and value:
        for index in range(len(value)):
            yield from places(value[index], (*path, index))
    else:
        yield path


def forged(document: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    made: Any = copy.deepcopy(document)
    holder = made
    for step in path[:-1]:
        holder = holder[step]
    old = holder[path[-1]]
    if isinstance(old, bool) or old is None:
        new: Any = "x"
    elif isinstance(old, int):
        new = old + 1
    elif isinstance(old, str):
        new = ("0" if old[:1] != "0" else "1") + old[1:]
    else:
        new = ["x"]
    holder[path[-1]] = new
    return made


def test_whatever_single_value_is_altered_is_found_and_named(document: dict[str, Any]) -> None:
    tried = 0
    for path in places(document):
        verdict = verify_receipt(forged(document, path))
        assert not verdict.holds, path
        named = {finding.path for finding in verdict.findings}
        if path[0] == "statement":
            assert ".".join(str(step) for step in path[1:]) in named, path
        elif path[0] == "inclusion":
            assert any(name.startswith("inclusion") for name in named), path
            assert verdict.signed and verdict.sealed is False, path
        elif path[0] == "leaf":
            assert "entry" in named, path
        else:
            assert str(path[0]) in named, path
        assert all(finding.sentence for finding in verdict.findings)
        tried += 1
    assert tried > 80


def test_a_value_taken_out_or_put_in_is_named(document: dict[str, Any]) -> None:
    short = copy.deepcopy(document)
    del short["statement"]["terms"]["payer"]
    assert ("removed", "terms.payer") in {(one.code, one.path) for one in verify_receipt(short).findings}
    long = copy.deepcopy(document)
    long["statement"]["terms"]["bonus_bp"] = 500
    assert ("added", "terms.bonus_bp") in {(one.code, one.path) for one in verify_receipt(long).findings}
    for name in ("statement", "salt", "entry", "leaf", "key", "signature", "type", "version"):
        bare = {key: value for key, value in document.items() if key != name}
        assert verify_receipt(bare).findings[0].path == name
    assert verify_receipt({**document, "note": "真的"}).findings[0].code == "unexpected"


def test_a_forger_with_a_key_of_their_own_is_found_out(document: dict[str, Any]) -> None:
    """Everything made anew and consistent, only that the key is nobody's."""
    key = Ed25519PrivateKey.generate()
    made = copy.deepcopy(document)
    del made["inclusion"]
    made["statement"]["terms"]["fee_rate_bp"] = 9900
    made["entry"]["data"]["digests"] = digests_of(made["statement"], made["salt"])
    made["leaf"] = crypto.sha256_hex(b"\x00" + crypto.canonical(made["entry"]))
    made["key"] = crypto.b64(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    made["signature"] = crypto.b64(key.sign(signed_part(made)))
    verdict = verify_receipt(made)
    assert [finding.code for finding in verdict.findings] == ["key_foreign"]
    assert not verdict.holds
    assert verify_receipt(made, key=made["key"]).holds  # who trusts that key is not helped
    with_proof = verify_receipt({**made, "inclusion": document["inclusion"]}, key=made["key"])
    assert with_proof.sealed is False and not with_proof.holds


def test_without_any_key_to_compare_it_is_not_believed(document: dict[str, Any]) -> None:
    verdict = verify_receipt(document, known=())
    assert {finding.code for finding in verdict.findings} == {"key_unproven"}
    assert not verdict.holds
    assert verify_receipt(document, key=document["key"]).holds


def test_the_proof_of_another_entry_does_not_do(people: People, document: dict[str, Any]) -> None:
    other = Entry.objects.exclude(name="deals.introduction.acknowledged").first()
    assert other
    verdict = verify_receipt({**document, "inclusion": inclusion(other)})
    assert verdict.signed and verdict.sealed is False
    assert not verify_receipt({**document, "inclusion": {}}).holds
    assert not verify_receipt({**document, "inclusion": "yes"}).holds


def test_digests_do_not_repeat_and_hide_what_they_digest(document: dict[str, Any]) -> None:
    paths = [path for path, _ in values_of(document["statement"])]
    assert len(paths) == len(set(paths)) == len(document["entry"]["data"]["digests"])
    assert digests_of(document["statement"], "another salt") != document["entry"]["data"]["digests"]
    assert "周衡" not in str(document["entry"])


def test_the_page_the_file_and_the_api_give_the_same_receipt(
    people: People, client_of: Callable[..., Client], drain: Callable[[], None]
) -> None:
    introduction = acknowledged(people)
    browser = client_of(people.heng)
    page = browser.get(reverse("deals:receipt", args=[introduction.slug])).content.decode()
    assert "约一分钟后封存" in page and "data:image/svg+xml" in page
    assert f"/verify/?receipt={introduction.slug}" in page
    drain()
    page = browser.get(reverse("deals:receipt", args=[introduction.slug])).content.decode()
    assert "号封签" in page and introduction.receipt.document["leaf"] in page
    file = browser.get(reverse("deals:receipt_file", args=[introduction.slug]))
    assert "attachment" in file["Content-Disposition"]
    assert file.json() == browser.get(f"/api/v1/deals/introductions/{introduction.slug}/receipt").json()
    assert verify_receipt(file.content).sealed


def test_there_is_no_receipt_before_both_have_said_yes_nor_for_strangers(
    people: People, client_of: Callable[..., Client]
) -> None:
    introduction = offered(people)
    assert not Receipt.objects.exists()
    for user in (people.ruoxi, people.heng, people.stray):
        assert client_of(user).get(reverse("deals:receipt", args=[introduction.slug])).status_code == 404
    introduction = Introduction.objects.get()
    assert introduction.state == "offered"
