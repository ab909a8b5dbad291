"""Recognise another's level: in time, with its version, not through a third, and without touching what was decided."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.credentials.certified import another_association, certified, codes, judged, levels
from tests.world import People
from yinxian.credentials.models import Level, Presentation, Recognition
from yinxian.credentials.operations.levels import take_standard_levels
from yinxian.credentials.operations.recognitions import decide_presentation, end_recognition, present, recognise
from yinxian.credentials.queries.recognition import Recogniser
from yinxian.credentials.queries.standing import standings
from yinxian.credentials.vc import documents, keys, proofs
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid

THEIRS = "https://riverside.example/levels/mid"


def foreign(holder: str = "沈若溪", level: str = THEIRS, number: int = 1, seed: int = 7) -> dict[str, Any]:
    """What an issuer far away has given to somebody; its key is in its name."""
    secret = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    name = f"did:key:{keys.public_multibase(secret.public_key())}"
    now = clock.now().replace(microsecond=0)
    bare = documents.certificate(
        url=f"https://riverside.example/certificates/{number}",
        issuer=documents.IssuerWords(name, "沿江联盟", "https://riverside.example/"),
        level=documents.LevelWords(level, "联盟中级", "mid", "考试合格。"),
        holder=holder,
        valid_from=now,
        valid_until=now + dt.timedelta(days=900),
        status=[],
    )
    del bare["credentialStatus"]
    method = f"{name}#{name.removeprefix('did:key:')}"
    return proofs.sign(bare, secret, method=method, created=proofs.stamp(now))


def values(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "issuer_did": document["issuer"]["id"],
        "issuer_name": "沿江联盟",
        "their_level": THEIRS,
        "their_level_name": "联盟中级",
        "conditions": "备案一年",
        "valid_from": today,
        "valid_until": today + dt.timedelta(days=365),
    } | changes


@pytest.fixture
def ours(people: People) -> Level:
    return levels(people)[1]


def recognised(people: People, ours: Level, document: dict[str, Any], **changes: Any) -> Recognition:
    return recognise(
        association_id=people.association.pk, actor=people.qiao, equals_id=ours.pk, values=values(document, **changes)
    )


def test_a_foreign_level_is_recognised_while_the_endorsement_holds(people: People, ours: Level) -> None:
    document = foreign()
    assert codes(judged(document)) == {
        "signature": "holds",
        "dates": "in_force",
        "status": "none",
        "recognition": "not_recognised",
    }
    made = recognised(people, ours, document)
    told = judged(document)
    assert told.holds and told.of("recognition").data["version"] == 1
    assert "中级技术经纪人" in told.of("recognition").sentence
    assert codes(judged(made.document))["signature"] == "holds"
    assert codes(judged(foreign(level=THEIRS + "-other")))["recognition"] == "not_recognised"
    for days, holds in ((-1, False), (366, False), (364, True)):
        day = clock.today() + dt.timedelta(days=days)
        assert Recogniser(day=day)(made.issuer_did, THEIRS).holds is holds
    end_recognition(recognition_id=made.pk, actor=people.qiao, reason="抽查不合格")
    assert codes(judged(document))["recognition"] == "not_recognised"


def test_recognition_does_not_go_through_a_third(people: People, ours: Level) -> None:
    """沧洲 recognises the alliance, and we recognise 沧洲: the alliance is still nobody to us."""
    other, admin = another_association()
    theirs = take_standard_levels(association_id=other.pk, actor=admin)[1]
    document = foreign()
    recognise(association_id=other.pk, actor=admin, equals_id=theirs.pk, values=values(document))
    recognised(people, ours, document, issuer_did=other.issuer.did, their_level="https://x.example/levels/y")
    assert Recogniser(people.association)(document["issuer"]["id"], THEIRS).code == "not_recognised"
    assert Recogniser(other)(document["issuer"]["id"], THEIRS).code == "recognised"


def test_an_accepted_certificate_counts_and_stands_when_the_recognition_ends(people: People, ours: Level) -> None:
    document = foreign()
    first = recognised(people, ours, document)
    shown = present(actor=people.ruoxi, judgement=judged(document))
    assert not standings(people.ruoxi)
    decide_presentation(presentation_id=shown.pk, actor=people.qiao, accept=True)
    second = recognised(people, ours, document, conditions="备案两年")
    first.refresh_from_db()
    assert first.ended_at is not None and second.version == 2
    end_recognition(recognition_id=second.pk, actor=people.qiao, reason="不再认可")
    held = standings(people.ruoxi, association_id=people.association.pk)
    assert [(one.level, one.through, one.version, one.recognised) for one in held] == [(ours, shown.slug, 1, True)]


def test_what_may_not_be_presented(people: People, ours: Level) -> None:
    document = foreign()
    with pytest.raises(Conflict):
        present(actor=people.ruoxi, judgement=judged(document))
    recognised(people, ours, document)
    with pytest.raises(Invalid):
        present(actor=people.mingyuan, judgement=judged(document))
    with pytest.raises(Conflict):
        present(actor=people.ruoxi, judgement=judged(document | {"name": "高级"}))
    made = present(actor=people.ruoxi, judgement=judged(document))
    with pytest.raises(Conflict):
        present(actor=people.ruoxi, judgement=judged(document))
    with pytest.raises(Forbidden):
        decide_presentation(presentation_id=made.pk, actor=people.ruoxi, accept=True)
    assert Presentation.objects.get().state == "presented"


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer_did": "https://x.example"},
        {"issuer_did": "did:web:../etc"},
        {"issuer_did": "did:web:a:b/c"},
        {"their_level": "javascript:alert(1)"},
        {"issuer_name": ""},
        {"issuer_name": "长" * 121},
        {"valid_until": dt.date(2020, 1, 1)},
    ],
)
def test_an_endorsement_that_makes_no_sense_is_not_signed(people: People, ours: Level, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        recognised(people, ours, foreign(), **changes)
    assert not Recognition.objects.exists()


def test_strangers_sign_nothing(people: People, ours: Level) -> None:
    document = foreign()
    with pytest.raises(Forbidden):
        recognise(association_id=people.association.pk, actor=people.heng, equals_id=ours.pk, values=values(document))
    made = recognised(people, ours, document)
    with pytest.raises(Forbidden):
        end_recognition(recognition_id=made.pk, actor=people.heng, reason="x")
    assert Recognition.objects.get().ended_at is None


def test_from_the_verification_page_to_the_endorsement_and_back(
    people: People, ours: Level, client_of: Callable[..., Client]
) -> None:
    import json

    document = foreign()
    reviewer, hers = client_of(people.qiao), client_of(people.ruoxi)
    page = reviewer.post("/verify/", {"text": json.dumps(document)}).content.decode()
    assert "以澜江技术经理人协会的名义认可这个级别" in page
    path = f"/associations/{people.association.slug}/recognitions/new/"
    filled = reviewer.get(path, {"their_level": THEIRS, "issuer_did": document["issuer"]["id"]}).content.decode()
    assert THEIRS in filled
    given = {name: str(value) for name, value in values(document).items()} | {"equals": str(ours.pk)}
    assert reviewer.post(path, given).status_code == 302
    file = SimpleUploadedFile("c.json", json.dumps(document).encode())
    hers.post("/certificates/present/", {"file": file})
    shown = Presentation.objects.get()
    assert client_of(people.heng).get(f"/certificates/presented/{shown.slug}/").status_code == 404
    reviewer.post(f"/certificates/presented/{shown.slug}/decide/", {"answer": "award"})
    assert standings(people.ruoxi)[0].recognised
    assert "认可书第 1 版" in hers.get(f"/certificates/presented/{shown.slug}/").content.decode()
    listed = Client().get(f"/api/v1/credentials/associations/{people.association.slug}/recognitions").json()
    assert [(one["their_level"], one["version"], one["ended"]) for one in listed] == [(THEIRS, 1, False)]


def test_two_associations_of_one_installation_recognise_each_other(
    people: People, ours: Level, client_of: Callable[..., Client]
) -> None:
    """One's own is known to all; that the other has signed for it is asked where somebody brings it there."""
    given = certified(people, ours)
    coast, miao = another_association()
    theirs = take_standard_levels(association_id=coast.pk, actor=miao)[0]
    holder, path = client_of(people.ruoxi), "/api/v1/credentials/presentations"
    told = holder.post(path, {"text": json.dumps(given.document)})
    assert (told.status_code, told.json()["code"]) == (409, "credentials.not_recognised")
    page = client_of(miao).post("/verify/", {"text": json.dumps(given.document)}).content.decode()
    assert f"/associations/{coast.slug}/recognitions/new/" in page
    about = {"issuer_did": given.document["issuer"]["id"], "their_level": achievement(given.document)}
    made = recognise(association_id=coast.pk, actor=miao, equals_id=theirs.pk, values=values(given.document, **about))
    assert codes(judged(given.document))["recognition"] == "own"
    page = Client().post("/verify/", {"text": json.dumps(given.document)}).content.decode()
    assert "也认可这个级别" in page and made.slug in page and "交给协会" not in page
    for wrong, status in (({"text": "{}"}, 409), ({"text": json.dumps(given.document), "association": "O0\x00"}, 404)):
        assert holder.post(path, wrong).status_code == status
    own = {"text": json.dumps(given.document), "association": people.association.slug}
    assert holder.post(path, own).status_code == 409
    brought = holder.post(path, {"text": json.dumps(given.document), "association": coast.slug})
    assert brought.status_code == 201 and brought.json()["level"] == theirs.slug
    assert holder.post(path, {"text": json.dumps(given.document)}).status_code == 409
    slug = brought.json()["slug"]
    assert client_of(people.qiao).get(f"{path}/{slug}").status_code == 404
    reviewer = client_of(miao)
    assert [one["slug"] for one in reviewer.get(f"{path}?waiting=true").json()] == [slug]
    body = {"accept": True}
    assert holder.post(f"{path}/{slug}/decision", body, content_type="application/json").status_code == 403
    answered = reviewer.post(f"{path}/{slug}/decision", body, content_type="application/json")
    assert answered.json()["state"] == "accepted"
    assert [one.level for one in standings(people.ruoxi, association_id=coast.pk)] == [theirs]
    assert theirs.name in holder.get("/certificates/").content.decode()


def achievement(document: dict[str, Any]) -> str:
    return str(document["credentialSubject"]["achievement"]["id"])
