"""Learn the ranking's weights anew from managers' decisions."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.network.models import User

from ..engine.learning import Fitted, TooFew, fit
from ..engine.weights import PRIOR, checked
from ..models import RankingWeights
from ..permissions import can_refit
from ..queries.weights import decisions

State = RankingWeights.State


def refit(*, actor: User | None) -> RankingWeights:
    """Fit and try; put into use only what orders held-out decisions at least as well. Conflict when decisions are too
    few or nothing was decided since the last time. ``actor`` is None for the house itself."""
    if actor is not None and not can_refit(actor):
        raise Forbidden("matching.refit")
    given = decisions()
    last = RankingWeights.objects.first()
    if last is not None and last.decisions == len(given):
        raise Conflict("matching.nothing_new", decisions=len(given))
    in_use = RankingWeights.objects.filter(state=State.IN_USE).first()
    now = checked(in_use.number, in_use.multiples) if in_use else PRIOR
    try:
        found = fit(given, now, number=last.number + 1 if last else 1)
    except TooFew as few:
        raise Conflict("matching.too_few", decisions=len(given)) from few
    return _keep(found, actor)


@transaction.atomic
def _keep(found: Fitted, actor: User | None) -> RankingWeights:
    before = RankingWeights.objects.select_for_update().filter(state=State.IN_USE).first()
    if found.better and before is not None:
        before.state = State.RETIRED
        before.save(update_fields=["state"])
    made = RankingWeights.objects.create(
        number=found.weights.number,
        multiples=dict(found.weights.of),
        state=State.IN_USE if found.better else State.TURNED_BACK,
        decisions=found.decisions,
        pairs=found.pairs,
        held_out=found.held_out,
        before_bp=round(found.before * 10_000),
        after_bp=round(found.after * 10_000),
        made_by=actor,
    )
    name = "matching.weights.fitted" if found.better else "matching.weights.turned_back"
    data = {"number": made.number, "before_bp": made.before_bp, "after_bp": made.after_bp}
    journal.record(name, actor=actor, subject=made, data=data)
    return made


@transaction.atomic
def back_to_prior(*, actor: User) -> RankingWeights | None:
    """Take the version in use out of use; the prior counts again. None when it already does."""
    if not can_refit(actor):
        raise Forbidden("matching.refit")
    in_use = RankingWeights.objects.select_for_update().filter(state=State.IN_USE).first()
    if in_use is not None:
        in_use.state = State.RETIRED
        in_use.save(update_fields=["state"])
        journal.record("matching.weights.retired", actor=actor, subject=in_use, data={"number": in_use.number})
    return in_use
