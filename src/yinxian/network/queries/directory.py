"""The directory of organisations: what anyone may read of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from ..models import Membership, Organisation


def organisations(*, text: str = "", kind: str = "") -> QuerySet[Organisation]:
    """Organisations of the network."""
    found = Organisation.objects.filter(Q(admitted_by__isnull=False) | Q(kind=Organisation.Kind.ASSOCIATION))
    if text:
        found = found.filter(Q(name__icontains=text) | Q(name_en__icontains=text))
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("admitted_by").order_by("kind", "name")


def visible_organisation(user: Any, slug: str) -> Organisation | None:
    """Anyone sees those in the network; an applicant or newcomer is seen by its members and who reviews it."""
    organisation = Organisation.objects.select_related("admitted_by", "applied_to").filter(slug=slug).first()
    if organisation is None or organisation.in_network:
        return organisation
    if not user.is_authenticated:
        return None
    allowed = [organisation.pk, organisation.applied_to_id]
    mine = Membership.objects.filter(user=user, ended_at=None, organisation_id__in=[pk for pk in allowed if pk])
    return organisation if mine.exists() else None


def members_shown(organisation: Organisation) -> QuerySet[Membership]:
    return organisation.memberships.filter(ended_at=None).select_related("user").order_by("role", "pk")
