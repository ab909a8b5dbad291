"""Reads of import runs."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinxian.network.members import memberships_of, organisation_ids
from yinxian.network.models import Membership, Organisation, User

from ..models import ImportRun

REVIEWING = (Membership.Role.REVIEWER, Membership.Role.ADMIN)


def runs_of(user: User) -> QuerySet[ImportRun]:
    """The person's own runs, newest first."""
    return ImportRun.objects.filter(created_by=user).select_related("owner").order_by("-pk")


def reviewed_associations(user: User) -> list[int]:
    """Ids of associations whose listings the person reviews."""
    kind = Organisation.Kind.ASSOCIATION
    mine = memberships_of(user).filter(role__in=REVIEWING, organisation__kind=kind)
    return list(mine.values_list("organisation_id", flat=True))


def importable_owners(user: User) -> QuerySet[Organisation]:
    """For whom the person may import: their own organisations, and members of an association they review for."""
    return Organisation.objects.filter(
        Q(pk__in=organisation_ids(user)) | Q(admitted_by__in=reviewed_associations(user))
    ).order_by("name")
