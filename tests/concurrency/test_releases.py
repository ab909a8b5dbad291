"""Two at once: one wins, the other is told. With the lock taken out, the same test shows the fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection

from tests.concurrency.races import Meeting, at_once
from tests.deals.milestone_world import SIGNED, balance, deliver, pay, planned_deal, step
from tests.world import People, make_people, person
from yinxian.deals.models import BankReceipt, Deal, Milestone
from yinxian.deals.operations import milestones as verbs
from yinxian.deals.operations.milestones import closing
from yinxian.deals.permissions import milestones as permissions
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict
from yinxian.network.models import Membership, User
from yinxian.settlement.queries.books import books_balance

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(frozen: Callable[[str], None]) -> tuple[People, Deal, User]:
    """A deal with its third milestone delivered, and a second person of the buyer who may release it."""
    frozen("2026-06-25T09:42")
    people = make_people()
    deal = planned_deal(people)
    second = person("赵会", "13800000020", (people.buyer, Membership.Role.FINANCE))
    for position in (2, 3):
        pay(people, step(deal, position))
        deliver(people, step(deal, position))
    return people, deal, second


@pytest.fixture
def meeting() -> Iterator[Meeting]:
    with pytest.MonkeyPatch.context() as patch:
        found = Meeting()
        found.at(patch, permissions, "can_release")
        yield found


def released(milestone: Milestone) -> int:
    return Entry.objects.filter(name="deals.milestone.released", subject_id=milestone.pk).count()


def both_release(world: tuple[People, Deal, User], before: Callable[[], None] = lambda: None) -> list[Any]:
    people, deal, second = world
    third = step(deal, 3)
    acts = [partial(verbs.accept_and_release, milestone_id=third.pk, actor=who) for who in (people.heng, second)]
    return at_once(*acts, before=before)


def test_of_two_releases_at_once_one_wins_and_the_other_is_told(
    world: tuple[People, Deal, User], meeting: Meeting
) -> None:
    outcomes = both_release(world)
    told = [one for one in outcomes if isinstance(one, Conflict)]
    assert [one.code for one in told] == ["deals.already_released"]
    assert sum(isinstance(one, Milestone) for one in outcomes) == 1
    assert released(step(world[1], 3)) == 1
    assert balance(f"party:{world[0].ruoxi.slug}") == 1_336_320
    assert balance(f"escrow:{world[1].slug}") == 9_600_000
    assert books_balance() == []


def deferred() -> None:
    """SQLite's lock is how a transaction begins; without it, one that has read cannot turn to writing in time."""
    connection.ensure_connection()
    connection.transaction_mode = None


def test_without_the_lock_the_same_race_shows_the_fault(
    world: tuple[People, Deal, User], meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control. PostgreSQL: both win, and the release is announced (and points given) twice; the books' own key
    still pays once. SQLite: the other fails with an error instead of being told."""
    if connection.vendor == "sqlite":
        outcomes = both_release(world, before=deferred)
        assert sum(isinstance(one, OperationalError) for one in outcomes) == 1, outcomes
        assert not any(isinstance(one, Conflict) for one in outcomes)
    else:
        unlocked = Milestone.objects.select_related("deal")
        monkeypatch.setattr(closing, "lock_milestone", lambda milestone_id: unlocked.get(pk=milestone_id))
        outcomes = both_release(world)
        assert all(isinstance(one, Milestone) for one in outcomes), outcomes
        assert released(step(world[1], 3)) == 2
    assert balance(f"party:{world[0].ruoxi.slug}") == 1_336_320


def test_two_milestones_of_one_deal_are_released_at_once(world: tuple[People, Deal, User]) -> None:
    people, deal, second = world
    outcomes = at_once(
        partial(verbs.accept_and_release, milestone_id=step(deal, 2).pk, actor=people.heng),
        partial(verbs.accept_and_release, milestone_id=step(deal, 3).pk, actor=second),
    )
    assert all(isinstance(one, Milestone) for one in outcomes), outcomes
    assert balance(f"escrow:{deal.slug}") == 0
    assert books_balance() == []


def test_a_release_and_a_dispute_at_once_never_both(world: tuple[People, Deal, User]) -> None:
    people, deal, _ = world
    third = step(deal, 3)
    outcomes = at_once(
        partial(verbs.accept_and_release, milestone_id=third.pk, actor=people.heng),
        partial(verbs.dispute, milestone_id=third.pk, reason="压降超标", actor=people.lan),
    )
    assert sum(isinstance(one, Conflict) for one in outcomes) == 1, outcomes
    assert step(deal, 3).state in (Milestone.State.RELEASED, Milestone.State.DISPUTED)
    assert books_balance() == []


def test_one_form_sent_twice_at_once_is_one_payment(world: tuple[People, Deal, User]) -> None:
    people, deal, _ = world
    first = step(deal, 1)
    record = partial(
        verbs.record_payment,
        milestone_id=first.pk,
        amount_fen=first.amount_fen,
        number="HD-1",
        paid_on=SIGNED,
        payer="澜江暖能电器",
        key="one-form",
        actor=people.heng,
    )
    outcomes = at_once(record, record)
    assert outcomes[0] == outcomes[1] == BankReceipt.objects.get(key="one-form")
    assert books_balance() == []
