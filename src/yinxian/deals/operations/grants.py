"""An acknowledged introduction names each side on the other's listing."""

from __future__ import annotations

from functools import partial

from yinxian.market.operations.grants import grant_named
from yinxian.network.models import User

from ..models import Introduction


def name_each_other(introduction: Introduction, actor: User | None) -> None:
    """The supplier sees all of the need, the buyer all of the result, the manager both."""
    name = partial(grant_named, reason="introduction", reference=introduction.slug, actor=actor)
    name(need_id=introduction.need_id, organisation_id=introduction.supplier_id)
    name(need_id=introduction.need_id, user_id=introduction.manager_id)
    name(result_id=introduction.result_id, organisation_id=introduction.buyer_id)
    name(result_id=introduction.result_id, user_id=introduction.manager_id)
