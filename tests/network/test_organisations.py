"""Organisations: founding, members, admission."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.members import is_in_network
from yinxian.network.models import Membership, Organisation, User
from yinxian.network.operations.organisations import (
    add_member,
    apply_for_admission,
    change_member,
    create_organisation,
    decide_admission,
)


def test_the_founder_becomes_administrator(people: People) -> None:
    made = create_organisation(actor=people.stray, values={"name": "青屿传感", "kind": "buyer"})
    assert Membership.objects.get(organisation=made).role == Membership.Role.ADMIN
    assert Entry.objects.get(name="network.organisation.created").subject_slug == made.slug


def test_a_taken_name_is_refused_and_nothing_changes(people: People) -> None:
    with pytest.raises(Conflict, match="已经有叫这个名字的单位"):
        create_organisation(actor=people.stray, values={"name": people.buyer.name, "kind": "buyer"})
    assert Organisation.objects.filter(name=people.buyer.name).count() == 1


def test_a_newcomer_is_added_by_phone_and_can_sign_in_with_a_code(people: People) -> None:
    add_member(
        organisation_id=people.buyer.pk, actor=people.heng, phone="+86 139 0000 0001", name="方砚", role="member"
    )
    newcomer = User.objects.get(phone="13900000001")
    assert not newcomer.has_usable_password()
    assert is_in_network(newcomer)


@pytest.mark.parametrize("phone", ["", "12", "call me", "１３９", "1" * 30])
def test_a_wrong_phone_is_refused_and_nobody_is_added(people: People, phone: str) -> None:
    with pytest.raises(Invalid):
        add_member(organisation_id=people.buyer.pk, actor=people.heng, phone=phone, name="方砚", role="member")
    assert people.buyer.memberships.count() == 1


def test_stranger_is_refused_and_nothing_changes(people: People) -> None:
    membership = people.buyer.memberships.get()
    with pytest.raises(Forbidden):
        add_member(organisation_id=people.buyer.pk, actor=people.stray, phone="13900000001", name="方砚", role="admin")
    with pytest.raises(Forbidden):
        change_member(membership_id=membership.pk, actor=people.lan, role=None)
    assert [m.user for m in people.buyer.memberships.filter(ended_at=None)] == [people.heng]
    assert not Entry.objects.exists()


def test_the_last_administrator_stays(people: People) -> None:
    membership = people.buyer.memberships.get()
    for role in (None, "member"):
        with pytest.raises(Conflict):
            change_member(membership_id=membership.pk, actor=people.heng, role=role)
    membership.refresh_from_db()
    assert membership.role == "admin" and membership.ended_at is None


def test_an_association_admits_who_applied_and_nobody_else(people: People) -> None:
    people.outside.memberships.update(role="admin")
    with pytest.raises(Forbidden):
        decide_admission(organisation_id=people.outside.pk, actor=people.qiao, admit=True)
    apply_for_admission(organisation_id=people.outside.pk, association_id=people.association.pk, actor=people.outsider)
    with pytest.raises(Forbidden):
        decide_admission(organisation_id=people.outside.pk, actor=people.outsider, admit=True)
    decide_admission(organisation_id=people.outside.pk, actor=people.qiao, admit=True)
    people.outside.refresh_from_db()
    assert people.outside.admitted_by == people.association
    assert is_in_network(User.objects.get(pk=people.outsider.pk))


def test_pages_show_members_to_administrators_only(people: People, client_of: Callable[..., Client]) -> None:
    address = f"/organisations/{people.buyer.slug}/"
    assert "13800000003" in client_of(people.heng).get(address).content.decode()
    assert "13800000003" not in client_of(people.lan).get(address).content.decode()
    assert Client().get(f"/organisations/{people.outside.slug}/").status_code == 404
