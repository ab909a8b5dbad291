"""Award, sign, rotate keys, revoke; each answer on its own."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import Any

import pytest

from tests.credentials.certified import another_association, certified, codes, judged, lasting, levels
from tests.world import People
from yinxian.credentials.models import Credential, IssuerKey, StatusList
from yinxian.credentials.operations.credentials import add_months, change_state, choose_shown, issue_credential
from yinxian.credentials.operations.issuing import issuer_for, new_key, revoke_key
from yinxian.credentials.queries.issuers import did_document
from yinxian.credentials.queries.register import register
from yinxian.credentials.secrets import unseal
from yinxian.credentials.vc import bits, jwt
from yinxian.credentials.vc.canon import canonical
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.crypto import b64
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import Membership, User

GOOD = {"signature": "holds", "dates": "in_force", "status": "in_force", "recognition": "own"}


@pytest.fixture
def keeper(people: People) -> Any:
    Membership.objects.filter(user=people.qiao).update(role="admin")
    people.qiao.__dict__.pop("_organisation_ids", None)
    return people.qiao


def test_what_is_issued_holds_on_all_four(people: People) -> None:
    made = certified(people)
    told = judged(made.document)
    assert codes(told) == GOOD and told.holds
    assert (told.holder, told.level) == ("沈若溪", "中级技术经纪人")
    assert made.document["id"] == f"http://127.0.0.1:8000/credentials/{made.slug}/"
    assert made.issuer.did == "did:web:127.0.0.1%3A8000"
    issued = Entry.objects.get(name="credentials.credential.issued")
    assert issued.data["ground"] == "纸质证书 2024-118" and issued.data["version"] == 2


def test_the_same_as_a_token_holds_and_a_token_of_another_algorithm_does_not(people: People) -> None:
    made = certified(people)
    key = unseal(made.key.secret, made.key.public)
    token = jwt.issue(made.document, key, method=made.key.address)
    assert codes(judged(token)) == GOOD
    head, body, signature = token.split(".")
    none = b64(json.dumps({"alg": "none"}).encode()) + f".{body}."
    assert codes(judged(none))["signature"] == "suite"
    assert codes(judged(f"{head}.{body}.{signature[:-4]}AAAA"))["signature"] == "altered"
    other = jwt.read(token)[1] | {"exp": 4_000_000_000}
    forged = jwt.issue(made.document, key, method=made.key.address).split(".")
    forged[1] = b64(json.dumps(other).encode())
    assert codes(judged(".".join(forged)))["signature"] == "malformed"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("credentialSubject", "achievement", "name"), "高级技术经理人", "altered"),
        (("credentialSubject", "wish"), "world peace", "term"),
        (("type",), ["VerifiableCredential", "OpenBadgeCredential", "WishCredential"], "type"),
        (("@context",), ["https://www.w3.org/ns/credentials/v2", "https://evil.example/v1"], "context"),
        (("@context",), ["https://www.w3.org/ns/credentials/v2", {"wish": "urn:x:wish"}], "context"),
        (("@context",), ["https://www.w3.org/ns/credentials/v2"] * 10_000, "context"),
        (("issuer", "id"), "did:web:127.0.0.1%3A8000:associations:X", "issuer_other"),
        (("issuer", "id"), "https://example.org", "issuer_other"),
        (("credentialSubject", "evidence:more"), "x", "context"),
        (("credentialSubject", "@included"), [], "context"),
        (("id",), "urn:with space", "term"),
        (("id",), 5, "term"),
        (("issuer",), [], "malformed"),
        (("type",), 5, "malformed"),
        (("credentialSubject",), "x", "malformed"),
        (("name",), {"a": []}, "term"),
        (("proof", "created"), {"a": {}}, "term"),
        (("proof", "verificationMethod"), {"id": "x"}, "malformed"),
        (("validUntil",), "9999-12-31T23:59:59Z", "altered"),
        (("proof", "cryptosuite"), "ecdsa-rdfc-2019", "suite"),
        (("proof", "proofPurpose"), "authentication", "malformed"),
        (("proof", "proofValue"), "z" + "1" * 90, "altered"),
        (("proof", "verificationMethod"), "did:web:127.0.0.1%3A8000#key-9", "key_unknown"),
        (("proof",), None, "no_proof"),
        (("validUntil",), "2099-01-01T00:00:00Z", "altered"),
    ],
)
def test_each_thing_wrong_is_refused_for_its_own_reason(
    people: People, path: tuple[str, ...], value: Any, code: str
) -> None:
    document = copy.deepcopy(certified(people).document)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    told = judged(document)
    assert codes(told)["signature"] == code
    assert not told.holds and told.of("recognition").holds is None
    assert told.of("signature").sentence


def test_an_end_or_a_status_cannot_be_hidden_behind_an_address(people: People) -> None:
    """Written out in full they are the same RDF, so the proof would hold: and nobody would read them."""
    hidden = copy.deepcopy(certified(people).document)
    hidden["https://www.w3.org/2018/credentials#validUntil"] = {
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        "@value": hidden.pop("validUntil"),
    }
    assert canonical(hidden) == canonical(certified_again(hidden))
    assert codes(judged(hidden))["signature"] == "context"


def certified_again(hidden: dict[str, Any]) -> dict[str, Any]:
    plain = copy.deepcopy(hidden)
    plain["validUntil"] = plain.pop("https://www.w3.org/2018/credentials#validUntil")["@value"]
    return plain


def test_a_name_that_would_not_be_signed_cannot_be_slipped_in(people: People) -> None:
    document = copy.deepcopy(certified(people).document)
    slipped = {"type": ["IdentityObject"], "id": "urn:x y", "hashed": False, "identityType": "name"}
    document["credentialSubject"]["identifier"].insert(0, slipped | {"identityHash": "冒名"})
    assert codes(judged(document))["signature"] == "term"


def test_dates_are_an_answer_of_their_own(people: People) -> None:
    made = certified(people)
    early, late = made.valid_from - dt.timedelta(days=2), made.valid_until
    assert late is not None
    before = judged(made.document, moment=early)
    assert codes(before)["dates"] == "not_yet" and before.of("signature").holds
    assert codes(judged(made.document, moment=made.valid_from - dt.timedelta(minutes=4)))["dates"] == "in_force"
    after = judged(made.document, moment=late + dt.timedelta(seconds=1))
    assert codes(after) == GOOD | {"dates": "expired"}
    assert not after.holds


def test_suspended_reinstated_revoked_is_told_at_once_and_with_reasons(people: People) -> None:
    made = certified(people)
    for state, code in (("suspended", "suspended"), ("active", "in_force"), ("revoked", "revoked")):
        change_state(credential_id=made.pk, actor=people.qiao, state=state, reason="投诉核实中")
        told = judged(made.document)
        assert codes(told) == GOOD | {"status": code}
    with pytest.raises(Conflict):
        change_state(credential_id=made.pk, actor=people.qiao, state="active", reason="反悔")
    names = Entry.objects.filter(name__startswith="credentials.credential.").values_list("name", flat=True)
    assert [name.rsplit(".")[-1] for name in names] == ["issued", "suspended", "reinstated", "revoked"]


def test_a_stranger_or_no_reason_changes_nothing(people: People) -> None:
    made = certified(people)
    with pytest.raises(Forbidden):
        change_state(credential_id=made.pk, actor=people.ruoxi, state="revoked", reason="我不要了")
    with pytest.raises(Invalid):
        change_state(credential_id=made.pk, actor=people.qiao, state="revoked", reason="  ")
    with pytest.raises(Forbidden):
        issue_credential(level_id=made.level_id, user_id=people.qiao.pk, actor=people.qiao, ground="自己给自己")
    with pytest.raises(Invalid):
        issue_credential(level_id=made.level_id, user_id=people.heng.pk, actor=people.qiao, ground=" ")
    with pytest.raises(Forbidden):
        choose_shown(credential_id=made.pk, actor=people.qiao, shown={"shows_name": False})
    assert Credential.objects.get().state == "active"


def test_a_rotated_key_stays_readable_and_its_certificates_good(people: People, keeper: Any) -> None:
    first = certified(people)
    new_key(association_id=people.association.pk, actor=keeper)
    second = issue_credential(level_id=first.level_id, user_id=people.mingyuan.pk, actor=keeper, ground="x")
    assert [first.key.fragment, second.key.fragment] == ["key-1", "key-2"]
    assert codes(judged(first.document)) == codes(judged(second.document)) == GOOD
    assert len(did_document(first.issuer)["assertionMethod"]) == 2


def test_a_revoked_key_proves_nothing_and_lists_are_signed_anew(people: People, keeper: Any) -> None:
    first = certified(people)
    with pytest.raises(Forbidden):
        revoke_key(association_id=people.association.pk, fragment="key-1", actor=people.ruoxi, reason="失窃")
    revoke_key(association_id=people.association.pk, fragment="key-1", actor=keeper, reason="笔记本失窃")
    told = judged(first.document)
    assert codes(told)["signature"] == "key_revoked"
    assert codes(told)["status"] == "in_force"
    document = did_document(first.issuer)
    assert [key.get("revoked", "")[:2] for key in document["verificationMethod"]] == ["20", ""]
    assert document["assertionMethod"] == [f"{first.issuer.did}#key-2"]
    again = issue_credential(level_id=first.level_id, user_id=people.ruoxi.pk, actor=keeper, ground="换领")
    assert codes(judged(again.document)) == GOOD


def test_private_keys_are_not_in_the_database_in_clear(people: People, settings: Any) -> None:
    made = certified(people)
    assert "z3u2" not in made.key.secret
    unseal(made.key.secret, made.key.public)
    settings.YINXIAN_CREDENTIALS_SECRET = "another secret that is quite as long as the one before it was"
    with pytest.raises(Conflict):
        issue_credential(level_id=made.level_id, user_id=people.mingyuan.pk, actor=people.qiao, ground="x")
    assert Credential.objects.count() == 1


def test_two_associations_on_one_installation_have_names_of_their_own(people: People) -> None:
    first = issuer_for(people.association)
    other, _admin = another_association()
    second = issuer_for(other)
    assert second.did == f"{first.did}:associations:{other.slug}"
    assert issuer_for(other) == second


def test_places_in_a_list_are_all_different_and_do_not_count_up(people: People) -> None:
    status = StatusList(multiplier=40_503, offset=7)
    assert len({status.place(n) for n in range(StatusList.SIZE)}) == StatusList.SIZE
    certified(people)
    kept = StatusList.objects.get()
    assert kept.multiplier % 2 == 1 and kept.taken == 1
    listed = kept.revocation["credentialSubject"]["encodedList"]
    assert len(bits.decode(listed)) * 8 == StatusList.SIZE and len(listed) < 400


@pytest.mark.parametrize("name", ["龙", "爱" * 60])
def test_names_of_one_character_and_of_sixty(people: People, name: str) -> None:
    people.ruoxi.name = name
    people.ruoxi.save()
    told = judged(certified(people).document)
    assert told.holds and told.holder == name


def test_a_person_without_a_name_is_not_certified(people: People) -> None:
    level = levels(people)[0]
    people.ruoxi.name = " "
    people.ruoxi.save()
    with pytest.raises(Invalid):
        issue_credential(level_id=level.pk, user_id=people.ruoxi.pk, actor=people.qiao, ground="x")
    assert not Credential.objects.exists() and not IssuerKey.objects.exists()


def test_months_are_added_as_people_count_them() -> None:
    start = dt.datetime(2026, 1, 31, 9, tzinfo=clock.SHANGHAI)
    assert add_months(start, 1).astimezone(clock.SHANGHAI).date() == dt.date(2026, 2, 28)
    assert add_months(start, 37).astimezone(clock.SHANGHAI).date() == dt.date(2029, 2, 28)
    assert add_months(start, 11).astimezone(clock.SHANGHAI).date() == dt.date(2026, 12, 31)


def test_for_life(people: People) -> None:
    level = levels(people)[0]
    lasting(level, people.qiao, None)
    made = certified(people, level, months=None)
    assert "validUntil" not in made.document and codes(judged(made.document))["dates"] == "for_life"


@pytest.mark.parametrize("few", [0, 500])
def test_the_register_is_searched_by_name_and_by_number(
    people: People, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """The same is found where few people have the name and where many have."""
    monkeypatch.setattr("yinxian.credentials.queries.register.FEW", few)
    first = levels(people)[0]
    User.objects.filter(pk=people.ruoxi.pk).update(name_en="Shen Ruoxi")
    made = {
        one: issue_credential(level_id=first.pk, user_id=one.pk, actor=people.qiao, ground="纸质证书")
        for one in (people.ruoxi, people.mingyuan)
    }
    ruoxi, mingyuan = made[people.ruoxi], made[people.mingyuan]

    def found(reader: User, text: str) -> list[str]:
        return [one.slug for one in register(reader, people.association, text=text)]

    for text in ("若溪", "沈", "ruox", ruoxi.slug, ruoxi.slug.lower()):
        assert found(people.qiao, text) == [ruoxi.slug], text
        assert found(people.stray, text) == []
    Credential.objects.filter(pk=mingyuan.pk).update(shows_in_directory=True)
    assert found(people.stray, "明远") == [mingyuan.slug] == found(people.stray, mingyuan.slug)
    for nobody in ("没有这个人", "%", "_", ruoxi.slug[:-1], "C" + "A" * 40):
        assert found(people.qiao, nobody) == [], nobody


def test_a_list_is_ours_by_its_own_address(people: People, settings: Any) -> None:
    """The site's address has changed since: what was signed under the old one is still answered from here."""
    made = certified(people)
    settings.YINXIAN_URL = "https://new.example"
    assert codes(judged(made.document))["status"] == "in_force"
    settings.YINXIAN_URL = "http://127.0.0.1:8000"
    gone = [
        dict(one, statusListCredential="http://127.0.0.1:8000/status/99/revocation/")
        for one in made.document["credentialStatus"]
    ]
    assert codes(judged(made.document | {"credentialStatus": gone}))["status"] == "unreachable"
