"""A person says how far their counts are shown."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.network.members import is_manager
from yinxian.network.models import User

from ..models import CreditChoice


@transaction.atomic
def choose_audience(*, actor: User, audience: str) -> CreditChoice:
    """All four counts or none: the good ones are not shown without the others."""
    if not is_manager(actor):
        raise Forbidden("reputation.no_manager")
    if audience not in CreditChoice.Audience.values:
        raise Invalid("reputation.audience_wrong", field="audience")
    user = User.objects.select_for_update().get(pk=actor.pk)
    choice, _created = CreditChoice.objects.get_or_create(user=user)
    if choice.audience != audience or _created:
        choice.audience = audience
        choice.save(update_fields=["audience"])
        journal.record("reputation.credit.shown", actor=actor, subject=user, data={"audience": audience})
    return choice
