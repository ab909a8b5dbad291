"""Two who decide the same application at once, and two certificates made at once: one word, one place each."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from tests.concurrency.races import Meeting, at_once
from tests.credentials.certified import lasting, levels
from tests.world import People, Role, make_people, person
from yinxian.credentials.models import Application, Credential, Level, StatusList
from yinxian.credentials.operations import applications
from yinxian.credentials.operations.applications import apply_for_level, decide_application
from yinxian.credentials.operations.credentials import issue_credential
from yinxian.journal.models import Entry
from yinxian.network.models import User

pytestmark = pytest.mark.django_db(transaction=True)
DECIDED = ("credentials.application.awarded", "credentials.application.refused")


@pytest.fixture
def world() -> tuple[People, Level, User]:
    """A level that asks nothing, and a second reviewer beside qiao."""
    people = make_people()
    level = levels(people)[0]
    lasting(level, people.qiao, 36, requirements=[])
    return people, level, person("乔二", "13800000041", (people.association, Role.REVIEWER))


def decided(who: User, asked: Application, *, award: bool) -> partial[Application]:
    return partial(decide_application, application_id=asked.pk, actor=who, award=award, reason="已看过材料")


def kinds(outcomes: list[Any]) -> list[str]:
    return sorted(type(one).__name__ for one in outcomes)


@pytest.mark.parametrize("second", [True, False])
def test_the_same_application_decided_by_two_has_one_answer(
    world: tuple[People, Level, User], second: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, level, other = world
    asked = apply_for_level(level_id=level.pk, actor=people.ruoxi)
    Meeting().at(monkeypatch, applications.permissions, "can_award")
    outcomes = at_once(decided(people.qiao, asked, award=True), decided(other, asked, award=second))
    assert kinds(outcomes) == ["Application", "Conflict"]
    asked.refresh_from_db()
    awarded = asked.state == Application.State.AWARDED
    assert Credential.objects.count() == int(awarded)
    assert Entry.objects.filter(name__in=DECIDED).count() == 1
    assert Entry.objects.filter(name="credentials.credential.issued").count() == int(awarded)


@pytest.mark.postgresql
def test_without_the_lock_a_refused_application_has_a_certificate(
    world: tuple[People, Level, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    people, level, other = world
    asked = apply_for_level(level_id=level.pk, actor=people.ruoxi)
    monkeypatch.setattr(applications, "_locked", lambda pk: Application.objects.get(pk=pk))
    Meeting().at(monkeypatch, applications.permissions, "can_award")
    outcomes = at_once(decided(people.qiao, asked, award=True), decided(other, asked, award=False))
    assert kinds(outcomes) == ["Application", "Application"]  # the fault that the lock prevents
    assert Entry.objects.filter(name__in=DECIDED).count() == 2 and Credential.objects.count() == 1


def issued(people: People, level: Level, user: User) -> partial[Credential]:
    return partial(issue_credential, level_id=level.pk, user_id=user.pk, actor=people.qiao, ground="纸质证书")


def test_two_certificates_at_once_take_two_places_of_one_list(
    world: tuple[People, Level, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    people, level, _other = world
    Meeting().at(monkeypatch, StatusList, "place")
    outcomes = at_once(*(issued(people, level, user) for user in (people.ruoxi, people.mingyuan, people.lan)))
    assert kinds(outcomes) == ["Credential"] * 3
    status = StatusList.objects.get()
    places = set(Credential.objects.values_list("status_list", "status_index"))
    assert status.taken == 3 and places == {(status.pk, status.place(n)) for n in range(3)}
    assert len({one.document["credentialStatus"][0]["statusListIndex"] for one in outcomes}) == 3


@pytest.mark.postgresql
def test_without_locks_two_would_get_the_same_place(
    world: tuple[People, Level, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    people, level, _other = world
    issue_credential(level_id=level.pk, user_id=people.lan.pk, actor=people.qiao, ground="第一张")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **_given: found.all())
    Meeting().at(monkeypatch, StatusList, "place")
    outcomes = at_once(issued(people, level, people.ruoxi), issued(people, level, people.mingyuan))
    assert kinds(outcomes) == ["Credential", "IntegrityError"]  # the database's own bar, met by nobody with the lock
    assert any(isinstance(one, IntegrityError) and "place_once" in str(one) for one in outcomes)
