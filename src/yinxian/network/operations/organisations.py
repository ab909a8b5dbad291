"""Organisations, their members, and their way into the network."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid

from .. import permissions
from ..models import Membership, Organisation, User
from ..phones import plain_phone

Role = Membership.Role
EDITABLE = ("name", "name_en", "kind", "nature", "credit_code", "region", "address", "bank_account", "about")


@transaction.atomic
def create_organisation(*, actor: User, values: dict[str, Any]) -> Organisation:
    """A new organisation; whoever makes it becomes its administrator. Conflict when the name is taken."""
    if Organisation.objects.filter(name=values["name"]).exists():
        raise Conflict("network.name_taken", field="name")
    made = Organisation.objects.create(**{name: values[name] for name in EDITABLE if name in values})
    Membership.objects.create(user=actor, organisation=made, role=Role.ADMIN)
    journal.record("network.organisation.created", actor=actor, subject=made, organisations=[made.pk])
    return made


@transaction.atomic
def edit_organisation(*, organisation_id: int, actor: User, values: dict[str, Any]) -> Organisation:
    organisation = _managed(organisation_id, actor)
    if Organisation.objects.filter(name=values.get("name", "")).exclude(pk=organisation.pk).exists():
        raise Conflict("network.name_taken", field="name")
    changed = [n for n in EDITABLE if n in values and n != "kind" and getattr(organisation, n) != values[n]]
    if not changed:
        return organisation
    for name in changed:
        setattr(organisation, name, values[name])
    organisation.save(update_fields=changed)
    journal.record("network.organisation.edited", actor=actor, subject=organisation, data={"fields": changed})
    return organisation


@transaction.atomic
def add_member(*, organisation_id: int, actor: User, phone: str, name: str, role: str) -> Membership:
    """Add a person by mobile number; who is not registered yet can sign in with it and a code from now on."""
    organisation = _managed(organisation_id, actor)
    number = plain_phone(phone)
    if not re.fullmatch(r"1\d{10}|\+\d{7,15}", number):
        raise Invalid("network.phone_wrong", field="phone")
    user = User.objects.filter(phone=number).first() or User.objects.create_user(number, None, name=name)
    if Membership.objects.filter(user=user, organisation=organisation, ended_at=None).exists():
        raise Conflict("network.already_member", field="phone")
    made = Membership.objects.create(user=user, organisation=organisation, role=role)
    journal.record("network.member.added", actor=actor, subject=organisation, data={"member": user.slug, "role": role})
    return made


@transaction.atomic
def change_member(*, membership_id: int, actor: User, role: str | None) -> Membership:
    """Another role, or with None the end of the membership. The last administrator stays."""
    organisation_id = Membership.objects.values_list("organisation_id", flat=True).get(pk=membership_id)
    organisation = _managed(organisation_id, actor)
    membership = Membership.objects.select_for_update().get(pk=membership_id, ended_at=None)
    others = Membership.objects.filter(organisation=organisation, role=Role.ADMIN, ended_at=None).exclude(
        pk=membership.pk
    )
    if membership.role == Role.ADMIN and role != Role.ADMIN and not others.exists():
        raise Conflict("network.last_admin")
    if role == membership.role:
        return membership
    if role is None:
        membership.ended_at = clock.now()
    else:
        membership.role = role
    membership.save(update_fields=["role", "ended_at"])
    verb = "network.member.left" if role is None else "network.member.changed"
    journal.record(verb, actor=actor, subject=organisation, data={"member": membership.user.slug, "role": role or ""})
    return membership


@transaction.atomic
def apply_for_admission(*, organisation_id: int, association_id: int, actor: User) -> Organisation:
    organisation = _managed(organisation_id, actor)
    association = Organisation.objects.get(pk=association_id)
    if association.kind != Organisation.Kind.ASSOCIATION:
        raise Invalid("network.not_association", field="association")
    if organisation.in_network:
        raise Conflict("network.already_admitted")
    if organisation.applied_to_id == association.pk:
        return organisation
    organisation.applied_to = association
    organisation.save(update_fields=["applied_to"])
    journal.record(
        "network.admission.asked", actor=actor, subject=organisation, organisations=[organisation.pk, association.pk]
    )
    return organisation


@transaction.atomic
def decide_admission(*, organisation_id: int, actor: User, admit: bool) -> Organisation:
    """The association that was asked admits an applicant, or declines; a declined one may apply again."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    if not permissions.can_admit(actor, organisation.applied_to):
        raise Forbidden("network.not_reviewer")
    association = organisation.applied_to
    if association is None:
        raise Conflict("network.not_applied")
    if admit:
        organisation.admitted_by, organisation.admitted_at = association, clock.now()
    organisation.applied_to = None
    organisation.save(update_fields=["admitted_by", "admitted_at", "applied_to"])
    verb = "network.admission.granted" if admit else "network.admission.declined"
    journal.record(verb, actor=actor, subject=organisation, organisations=[organisation.pk, association.pk])
    return organisation


def _managed(organisation_id: int, actor: User) -> Organisation:
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    if not permissions.can_manage(actor, organisation):
        raise Forbidden("network.not_admin")
    return organisation
