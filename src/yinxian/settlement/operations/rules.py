"""Fix the rule by which a deal's money will be split."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from yinxian import journal
from yinxian.network.models import User

from .. import rules
from ..models import SplitRule


@transaction.atomic
def fix_rule(*, reference: str, rule: rules.SplitRule, actor: User) -> SplitRule:
    """Keep a rule as the next version under this reference; Invalid when it cannot be right."""
    rule.check()
    last = SplitRule.objects.filter(reference=reference).aggregate(last=Max("version"))["last"] or 0
    made = SplitRule.objects.create(reference=reference, version=last + 1, content=rule.to_json(), created_by=actor)
    journal.record(
        "settlement.rule.fixed", actor=actor, subject=made, data={"reference": reference, "version": made.version}
    )
    return made
