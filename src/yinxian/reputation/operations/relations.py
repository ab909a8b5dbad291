"""Declare a relation with an organisation, and say that it is over."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.text import clean
from yinxian.network.models import Organisation, User

from ..models import Relation


@transaction.atomic
def declare_relation(*, actor: User, organisation_id: int, kind: str, note: str = "") -> Relation:
    """From now on the person earns no points from a fact in which the organisation is a side."""
    user = User.objects.select_for_update().get(pk=actor.pk)
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if kind not in Relation.Kind.values or organisation is None or not organisation.in_network:
        raise Invalid("reputation.relation_wrong")
    if Relation.objects.filter(user=user, organisation=organisation, ended_at=None).exists():
        raise Conflict("reputation.declared_before")
    made = Relation.objects.create(user=user, organisation=organisation, kind=kind, note=clean(note).strip()[:200])
    _note("reputation.relation.declared", made, actor)
    return made


@transaction.atomic
def end_relation(*, relation_id: int, actor: User) -> Relation:
    """What was earned, or not earned, while it stood does not change."""
    relation = Relation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=relation_id)
    if relation.user_id != actor.pk:
        raise Forbidden("reputation.not_your_relation")
    if relation.ended_at is not None:
        raise Conflict("reputation.relation_over")
    relation.ended_at = clock.now()
    relation.save(update_fields=["ended_at"])
    _note("reputation.relation.ended", relation, actor)
    return relation


def _note(name: str, relation: Relation, actor: User) -> None:
    data = {"organisation": relation.organisation.slug, "kind": relation.kind}
    journal.record(name, actor=actor, subject=actor, data=data, organisations=[])
