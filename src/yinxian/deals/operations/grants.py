"""An acknowledged introduction names each side on the other's listing."""

from __future__ import annotations

from yinxian.kernel import clock
from yinxian.market.models import Grant
from yinxian.network.models import User

from ..models import Introduction


def name_each_other(introduction: Introduction, actor: User) -> None:
    """The supplier sees all of the need, the buyer all of the result, the manager both."""
    common = {
        "reason": "introduction",
        "reference": introduction.slug,
        "created_by": actor,
        "created_at": clock.now(),
    }
    Grant.objects.bulk_create(
        [
            Grant(need=introduction.need, organisation=introduction.supplier, **common),
            Grant(need=introduction.need, user=introduction.manager, **common),
            Grant(result=introduction.result, organisation=introduction.buyer, **common),
            Grant(result=introduction.result, user=introduction.manager, **common),
        ]
    )
