"""Apply, be awarded or refused, renew; nobody for themselves, nobody twice, nobody with something missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from tests.credentials.certified import codes, fact, judged, lasting, levels
from tests.world import People
from yinxian.credentials.models import Application, Credential, Level
from yinxian.credentials.operations.applications import apply_for_level, decide_application, withdraw_application
from yinxian.credentials.operations.levels import edit_level, retire_level
from yinxian.credentials.operations.proofs import record_proof, withdraw_proofs
from yinxian.credentials.queries.standing import standings
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid

Frozen = Callable[[str], None]


@pytest.fixture
def level(people: People) -> Level:
    first = levels(people)[0]
    asked = [{"kind": "hours", "name": "skills", "at_least": 24}, {"kind": "contracts", "name": "", "at_least": None}]
    renewal = [{"kind": "learning", "name": "", "at_least": 10}]
    lasting(first, people.qiao, 24, requirements=asked, renewal=renewal)
    return first


def learned(people: People, minutes: int = 24 * 60) -> Entry:
    entry = fact(people.ruoxi)
    record_proof(user_id=people.ruoxi.pk, kind="hours", name="skills", amount=minutes, entry=entry, title="实务课")
    return entry


def test_met_applied_awarded_certified(people: People, level: Level) -> None:
    entry = learned(people)
    asked = apply_for_level(level_id=level.pk, actor=people.ruoxi, statement="请评定")
    assert asked.answers[0]["facts"] == [str(entry.uid)] and asked.version.number == 2
    decide_application(application_id=asked.pk, actor=people.qiao, award=True)
    made = Credential.objects.get(application=asked)
    assert judged(made.document).holds
    assert "第 2 版" in made.document["credentialSubject"]["achievement"]["criteria"]["narrative"]
    held = standings(people.ruoxi)
    assert [(one.level, one.through, one.version, one.recognised) for one in held] == [(level, made.slug, 2, False)]
    for again in (True, False):
        with pytest.raises(Conflict):
            decide_application(application_id=asked.pk, actor=people.qiao, award=again, reason="再来")
    assert Credential.objects.count() == 1


def test_missing_twice_retired_or_not_yours_is_refused_and_nothing_moves(people: People, level: Level) -> None:
    with pytest.raises(Conflict) as missing:
        apply_for_level(level_id=level.pk, actor=people.ruoxi)
    assert "1" in missing.value.sentence and not Application.objects.exists()
    learned(people)
    asked = apply_for_level(level_id=level.pk, actor=people.ruoxi)
    with pytest.raises(Conflict):
        apply_for_level(level_id=level.pk, actor=people.ruoxi)
    for stranger in (people.ruoxi, people.heng):
        with pytest.raises(Forbidden):
            decide_application(application_id=asked.pk, actor=stranger, award=True)
    with pytest.raises(Invalid):
        decide_application(application_id=asked.pk, actor=people.qiao, award=False, reason=" ")
    with pytest.raises(Forbidden):
        withdraw_application(application_id=asked.pk, actor=people.qiao)
    assert Application.objects.get().state == "submitted" and not Credential.objects.exists()
    withdraw_application(application_id=asked.pk, actor=people.ruoxi)
    retire_level(level_id=level.pk, actor=people.qiao)
    with pytest.raises(Conflict):
        apply_for_level(level_id=level.pk, actor=people.ruoxi)


def test_nobody_awards_a_level_to_themselves(people: People, level: Level) -> None:
    entry = fact(people.qiao)
    record_proof(user_id=people.qiao.pk, kind="hours", name="skills", amount=1440, entry=entry, title="课")
    asked = apply_for_level(level_id=level.pk, actor=people.qiao)
    with pytest.raises(Forbidden):
        decide_application(application_id=asked.pk, actor=people.qiao, award=True)
    assert Application.objects.get().state == "submitted"


def test_a_fact_undone_in_between_stops_the_award(people: People, level: Level) -> None:
    entry = learned(people)
    asked = apply_for_level(level_id=level.pk, actor=people.ruoxi)
    withdraw_proofs(entry=entry, by=fact(people.ruoxi))
    with pytest.raises(Conflict):
        decide_application(application_id=asked.pk, actor=people.qiao, award=True)
    assert Application.objects.get().state == "submitted" and not Credential.objects.exists()


def test_a_new_version_in_between_changes_nothing_for_who_has_applied(people: People, level: Level) -> None:
    learned(people)
    asked = apply_for_level(level_id=level.pk, actor=people.ruoxi)
    harder = {"requirements": [{"kind": "hours", "name": "skills", "at_least": 400}], "valid_months": 6}
    edit_level(level_id=level.pk, actor=people.qiao, values=harder, based_on=2)
    decide_application(application_id=asked.pk, actor=people.qiao, award=True)
    assert Credential.objects.get().version.number == 2


def test_renewal_asks_for_points_since_and_runs_on_from_the_end(people: People, level: Level, frozen: Frozen) -> None:
    frozen("2026-01-10T09:00")
    learned(people)
    asked = apply_for_level(level_id=level.pk, actor=people.ruoxi)
    decide_application(application_id=asked.pk, actor=people.qiao, award=True)
    first = Credential.objects.get()
    frozen("2027-01-10T09:00")
    with pytest.raises(Conflict):
        apply_for_level(level_id=level.pk, actor=people.ruoxi)
    frozen("2027-09-10T09:00")
    with pytest.raises(Conflict):
        apply_for_level(level_id=level.pk, actor=people.ruoxi)
    entry = fact(people.ruoxi)
    record_proof(user_id=people.ruoxi.pk, kind="points", name="learning", amount=12, entry=entry, title="年度讲座")
    again = apply_for_level(level_id=level.pk, actor=people.ruoxi)
    assert again.renews == first
    decide_application(application_id=again.pk, actor=people.qiao, award=True)
    second = Credential.objects.exclude(pk=first.pk).get()
    assert first.valid_until is not None and second.valid_until is not None
    assert second.valid_until - first.valid_until > dt.timedelta(days=700)
    frozen("2028-06-01T09:00")
    assert codes(judged(first.document))["dates"] == "expired"
    assert [one.through for one in standings(people.ruoxi)] == [second.slug]


def test_the_pages_from_application_to_certificate(
    people: People, level: Level, client_of: Callable[..., Client]
) -> None:
    hers, his = client_of(people.ruoxi), client_of(people.qiao)
    page = hers.get(f"/levels/{level.slug}/").content.decode()
    assert "还差 1 项" in page and "差 24 学时" in page
    assert hers.post(f"/levels/{level.slug}/apply/", {"statement": "x"}).status_code == 422
    learned(people)
    page = hers.get(f"/levels/{level.slug}/").content.decode()
    assert "都达到了" in page and "实务课" in page
    hers.post(f"/levels/{level.slug}/apply/", {"statement": "<b>谢谢</b>"})
    asked = Application.objects.get()
    assert client_of(people.heng).get(f"/applications/{asked.slug}/").status_code == 404
    assert asked.slug in his.get("/certificates/desk/").content.decode()
    shown = his.get(f"/applications/{asked.slug}/").content.decode()
    assert "&lt;b&gt;谢谢" in shown and "授予，并签发证书" in shown
    refused = his.post(f"/applications/{asked.slug}/decide/", {"answer": "refuse", "reason": ""})
    assert refused.status_code == 422 and "请写明理由" in refused.content.decode()
    assert his.post(f"/applications/{asked.slug}/decide/", {"answer": "both"}).status_code == 302
    his.post(f"/applications/{asked.slug}/decide/", {"answer": "award", "reason": ""})
    made = Credential.objects.get()
    assert "看证书" in hers.get(f"/applications/{asked.slug}/").content.decode()
    assert made.slug in hers.get("/certificates/").content.decode()


def test_a_level_is_edited_as_a_form_and_by_the_api(
    people: People, level: Level, client_of: Callable[..., Client]
) -> None:
    browser = client_of(people.qiao)
    path = f"/levels/{level.slug}/edit/"
    given = {"hours_common": "30", "exam": "70", "amount": "500000", "valid_months": "", "based_on": "2"}
    assert browser.post(path, given).status_code == 302
    version = level.versions.get(number=3)
    figures = {(line["kind"], line["name"]): line["at_least"] for line in version.requirements}
    assert (
        figures["hours", "common"] == 30 and figures["amount", ""] == 50_000_000 and figures["hours", "policy"] is None
    )
    assert browser.post(path, given).status_code == 422
    assert browser.post(path, given | {"based_on": "3", "exam": "101"}).status_code == 422
    assert client_of(people.heng).get(path).status_code == 403
    api = f"/api/v1/credentials/levels/{level.slug}"
    wrong = browser.put(api, {"based_on": 3, "requirements": [{"kind": "luck"}]}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "credentials.requirement_wrong")
    right = browser.put(api, {"based_on": 3, "valid_months": 12}, content_type="application/json").json()
    assert (right["version"], right["valid_months"]) == (4, 12)
