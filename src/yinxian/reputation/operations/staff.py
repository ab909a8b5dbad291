"""Fix who of a supplier's transfer office shares the 5 % of the reward, by points of a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from yinxian.deals.models import RewardRule
from yinxian.deals.operations.rewards import store_staff
from yinxian.deals.permissions.milestones import can_store_reward
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.network.models import Organisation, User

from ..queries.staff import office


@transaction.atomic
def fix_staff(*, supplier_id: int, actor: User, people: Iterable[int], since: dt.date, until: dt.date) -> RewardRule:
    """Store the shares in the supplier's reward rule, from which the next signing fixes its split.

    Worked out again here, under the lock of the supplier: nobody sends shares of their own.
    """
    supplier = Organisation.objects.select_for_update(of=("self",)).get(pk=supplier_id)
    if not can_store_reward(actor, supplier.pk):
        raise Forbidden("deals.may_not_store_reward")
    found = office(supplier, people, since, until)
    if not found.points:
        raise Invalid("reputation.staff_no_points", field="people")
    staff = [(one.user.pk, one.bp) for one in found.shares if one.bp]
    return store_staff(organisation_id=supplier.pk, actor=actor, staff=staff, since=since, until=until)
