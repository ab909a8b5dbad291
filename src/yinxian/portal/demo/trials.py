"""A licence of the demo that is tried first: three months on the first line, then paid or given back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.deals.models import Deal
from yinxian.deals.operations.trials import Terms, agree_trial
from yinxian.deals.queries.trials import first_terms

from .content import Record, by_key
from .deals import manager_of
from .timeline import Event, World

DEAL = "d-wheel"
AGREED = 58


def events(world: World) -> Iterator[Event]:
    deal = by_key("deal")[DEAL]
    yield Event(deal["contract"]["signed"] + 1, AGREED, partial(_agree, world, deal))


def _agree(world: World, deal: Record) -> None:
    """As the contract says it."""
    pk = world.pk("deal", DEAL)
    known = first_terms(Deal.objects.select_related("contract").get(pk=pk))
    agree_trial(deal_id=pk, terms=Terms(**known), actor=manager_of(world, deal))
