"""Two regions chosen at once, the same offer sent twice at once, both regions confirming at once."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests.concurrency.races import Meeting, at_once
from tests.landing.landing_world import agreed, coast_offer, hills_offer, landed, make_regions, wanted
from tests.world import Role, person
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict
from yinxian.landing.models import Landing, Offer, Receipt
from yinxian.landing.operations import choosing, landings, offers
from yinxian.landing.operations.arrivals import confirm_arrival
from yinxian.landing.operations.choosing import choose_offer

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(outcomes: list[Any]) -> list[str]:
    return sorted(type(one).__name__ for one in outcomes)


def test_of_two_regions_chosen_at_once_one_wins_and_the_other_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    regions = make_regions()
    landing = wanted(regions)
    both = [agreed(regions, coast_offer(regions, landing)), agreed(regions, hills_offer(regions, landing))]
    second = person("林二", "13800000042", (regions.people.supplier, Role.ADMIN))
    Meeting().at(monkeypatch, choosing.permissions, "can_choose")
    acts = zip(both, (regions.people.lan, second), strict=True)
    outcomes = at_once(*(partial(choose_offer, offer_id=one.pk, actor=who, version=1) for one, who in acts))
    assert kinds(outcomes) == ["Conflict", "Landing"]
    states = sorted(Offer.objects.values_list("state", flat=True))
    assert states == ["chosen", "passed"] and Receipt.objects.count() == 1
    assert Entry.objects.filter(name="landing.landing.chosen").count() == 1


@pytest.mark.postgresql
def test_without_the_lock_the_database_alone_would_stop_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    regions = make_regions()
    landing = wanted(regions)
    both = [agreed(regions, coast_offer(regions, landing)), agreed(regions, hills_offer(regions, landing))]
    monkeypatch.setattr(offers, "locked", lambda pk: Landing.objects.get(pk=pk))
    Meeting().at(monkeypatch, choosing.permissions, "can_choose")
    lan = regions.people.lan
    outcomes = at_once(*(partial(choose_offer, offer_id=one.pk, actor=lan, version=1) for one in both))
    assert "Conflict" not in kinds(outcomes)  # nobody is told in words: the fault that the lock prevents
    assert Offer.objects.filter(state="chosen").count() == 1


def test_the_same_offer_twice_at_once_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    regions = make_regions()
    landing = wanted(regions)
    Meeting().at(monkeypatch, offers, "must_be_open")
    outcomes = at_once(partial(coast_offer, regions, landing), partial(coast_offer, regions, landing))
    assert kinds(outcomes) == ["Conflict", "Offer"] and Offer.objects.count() == 1
    assert all(one.code == "landing.offer_exists" for one in outcomes if isinstance(one, Conflict))


def test_the_same_wish_twice_at_once_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    regions = make_regions()
    Meeting().at(monkeypatch, landings, "_wishes")
    outcomes = at_once(partial(wanted, regions), partial(wanted, regions))
    assert kinds(outcomes) == ["Landing", "Landing"] and Landing.objects.count() == 1


def test_both_regions_at_once_confirm_once() -> None:
    regions = make_regions()
    landing, _offer = landed(regions)
    paper = landing.evidence.get().pk
    sides = ((regions.people.qiao, "home"), (regions.miao, "receiving"))
    outcomes = at_once(
        *(
            partial(confirm_arrival, landing_id=landing.pk, actor=who, side=side, evidence_id=paper)
            for who, side in sides
        )
    )
    assert kinds(outcomes) == ["Landing", "Landing"]
    landing.refresh_from_db()
    assert landing.state == Landing.State.CONFIRMED
    assert Entry.objects.filter(name="landing.landing.confirmed").count() == 1
