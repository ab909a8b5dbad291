"""Mark notices read; choose how to be told."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Forbidden
from yinxian.network.models import User

from ..models import Group, Notice, Preference


@transaction.atomic
def mark_read(*, notice_id: int, actor: User) -> Notice:
    """Mark one's own notice; a second time changes nothing."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    if notice.user_id != actor.pk:
        raise Forbidden("notifications.not_yours")
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def mark_all_read(*, actor: User) -> int:
    """Mark all of one's own; returns how many were unread."""
    return Notice.objects.filter(user=actor, in_product=True, read_at=None).update(read_at=clock.now())


@transaction.atomic
def choose(*, actor: User, choices: Mapping[str, tuple[bool, bool]]) -> None:
    """For each group (in the product, by e-mail); groups that are not named stay as they are."""
    User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    for group, (in_product, by_mail) in choices.items():
        if group in Group.values:
            Preference.objects.update_or_create(
                user=actor, group=group, defaults={"in_product": in_product, "by_mail": by_mail}
            )
    journal.record("notifications.preferences.changed", actor=actor, subject=actor)
