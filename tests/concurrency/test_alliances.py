"""Two sign at once, two are accepted at once, one takes what the other takes back: one word, one number each."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from tests.alliances.test_alliances import alliance, coast, joined, offer
from tests.alliances.test_members import applied, asked
from tests.concurrency.races import Meeting, at_once
from tests.deals.introducing import make_need
from tests.world import People, Role, make_people, person
from yinxian.alliances.models import AgreementSignature, Alliance, Ally, Member, MemberNumber, Referral
from yinxian.alliances.operations import alliances, members, referrals
from yinxian.alliances.operations.alliances import invite_ally, new_agreement, sign_agreement
from yinxian.alliances.operations.members import decide_application
from yinxian.alliances.operations.referrals import answer_referral, withdraw_referral
from yinxian.journal.models import Entry
from yinxian.network.models import Organisation, User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> People:
    return make_people()


def kinds(outcomes: list[Any]) -> list[str]:
    return sorted(type(one).__name__ for one in outcomes)


def invited(people: People) -> tuple[Alliance, Organisation, User, User]:
    """An alliance, and a place that is asked to join, with two administrators."""
    one, (place, miao) = alliance(people), coast(people)
    invite_ally(alliance_id=one.pk, actor=people.qiao, organisation_id=place.pk)
    return one, place, miao, person("苗二", "13800000043", (place, Role.ADMIN))


def signing(one: Alliance, place: Organisation, who: User) -> partial[AgreementSignature]:
    return partial(sign_agreement, alliance_id=one.pk, actor=who, organisation_id=place.pk, version=1)


def test_two_administrators_who_sign_at_once_sign_once(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    one, place, miao, second = invited(people)
    Meeting().at(monkeypatch, alliances, "can_manage")
    outcomes = at_once(signing(one, place, miao), signing(one, place, second))
    assert kinds(outcomes) == ["AgreementSignature"] * 2 and outcomes[0] == outcomes[1]
    assert AgreementSignature.objects.filter(ally__organisation=place).count() == 1
    assert Ally.objects.get(organisation=place).state == "joined"
    assert Entry.objects.filter(name="alliances.agreement.signed").count() == 2, "the founder's and theirs"


@pytest.mark.postgresql
def test_without_the_lock_the_second_signature_meets_the_database(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, place, miao, second = invited(people)
    monkeypatch.setattr(alliances, "locked", lambda pk: Alliance.objects.select_related("founder").get(pk=pk))
    Meeting().at(monkeypatch, alliances, "can_manage")
    outcomes = at_once(signing(one, place, miao), signing(one, place, second))
    assert kinds(outcomes) == ["AgreementSignature", "IntegrityError"]  # the fault that the lock prevents


def test_nobody_signs_a_version_that_is_replaced_at_that_moment(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes first, a signature is of the version that its signer read and that stood then."""
    one, place, miao, _second = invited(people)
    values = {"text": one.agreements.get().text + "\n再加一条，说清退出。", "share_bp": 1000}
    Meeting().at(monkeypatch, alliances, "_sign")
    outcomes = at_once(
        signing(one, place, miao),
        partial(new_agreement, alliance_id=one.pk, actor=people.qiao, values=values, based_on=1),
    )
    assert kinds(outcomes) in (["Agreement", "AgreementSignature"], ["Agreement", "Conflict"])
    signed = AgreementSignature.objects.filter(ally__organisation=place)
    written = Entry.objects.get(name="alliances.agreement.written")
    for entry in Entry.objects.filter(name="alliances.agreement.signed", data__organisation=place.slug):
        assert entry.data["version"] == 1 and entry.pk < written.pk
    assert signed.count() == (1 if "Conflict" not in kinds(outcomes) else 0)


def waiting(people: People) -> list[Member]:
    """Two applications, after a first member: the association's counter stands at 1."""
    asked(people)
    first = applied(people)
    decide_application(member_id=first.pk, actor=people.qiao, accept=True)
    return [applied(people, actor=who) for who in (people.ruoxi, people.mingyuan)]


def accepting(people: People, one: Member) -> partial[Member]:
    return partial(decide_application, member_id=one.pk, actor=people.qiao, accept=True)


def test_two_accepted_at_once_have_numbers_of_their_own(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    both = waiting(people)
    Meeting().at(monkeypatch, members.permissions, "can_keep_members")
    outcomes = at_once(*(accepting(people, one) for one in both))
    assert kinds(outcomes) == ["Member", "Member"]
    numbers = sorted(Member.objects.values_list("number", flat=True))
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003"]
    assert MemberNumber.objects.get().last == 3


@pytest.mark.postgresql
def test_without_locks_two_would_get_the_same_number(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    both = waiting(people)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **_given: found.all())
    Meeting().at(monkeypatch, members.permissions, "can_keep_members")
    outcomes = at_once(*(accepting(people, one) for one in both))
    assert kinds(outcomes) == ["IntegrityError", "Member"]  # the database's own bar, met by nobody with the lock
    assert any(isinstance(one, IntegrityError) for one in outcomes)


def test_the_same_application_twice_at_once_is_one(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(people)
    Meeting().at(monkeypatch, members, "_answers")
    outcomes = at_once(partial(applied, people), partial(applied, people))
    assert kinds(outcomes) == ["Conflict", "Member"] and Member.objects.count() == 1


def test_the_same_listing_referred_twice_at_once_is_one_referral(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, place, _miao = joined(people)
    need = make_need(people)
    Meeting().at(monkeypatch, referrals, "level_for")
    outcomes = at_once(*(partial(offer, people, one, place, listing=need) for _ in range(2)))
    assert kinds(outcomes) == ["Conflict", "Referral"] and Referral.objects.count() == 1


def test_taken_and_taken_back_at_once_is_one_of_them(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    one, place, miao = joined(people)
    made = offer(people, one, place)
    Meeting().at(monkeypatch, referrals.permissions, "can_refer_for")
    outcomes = at_once(
        partial(answer_referral, referral_id=made.pk, actor=miao, take=True, share_bp=3000),
        partial(withdraw_referral, referral_id=made.pk, actor=people.qiao),
    )
    assert kinds(outcomes) == ["Conflict", "Referral"]
    made.refresh_from_db()
    names = Entry.objects.filter(name__startswith="alliances.referral.").values_list("name", flat=True)
    assert sorted(names) == sorted(["alliances.referral.offered", f"alliances.referral.{made.state}"])


@pytest.mark.postgresql
def test_without_the_lock_it_would_be_both(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    one, place, miao = joined(people)
    made = offer(people, one, place)
    monkeypatch.setattr(referrals, "_locked", lambda pk: Referral.objects.get(pk=pk))
    Meeting().at(monkeypatch, referrals.permissions, "can_refer_for")
    outcomes = at_once(
        partial(answer_referral, referral_id=made.pk, actor=miao, take=True, share_bp=3000),
        partial(withdraw_referral, referral_id=made.pk, actor=people.qiao),
    )
    assert kinds(outcomes) == ["Referral", "Referral"]  # the fault that the lock prevents
    assert connection.vendor == "postgresql"
