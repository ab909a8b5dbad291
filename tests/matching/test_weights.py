"""Weights learned from decisions: kept when better on held-out needs, turned back when not, shown, taken back."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.test import Client

from tests.matching.world import Market
from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.matching import operations, queries
from yinxian.matching.engine.learning import Decision, TooFew, fit, right_share
from yinxian.matching.engine.weights import LEAST, MOST, PARTS, PRIOR, Weights, checked
from yinxian.matching.models import RankingWeights
from yinxian.matching.operations import weights as operation
from yinxian.network.models import User

pytestmark = pytest.mark.django_db


def decided(needs: int = 20, *, turned: bool = False, each: int = 4) -> list[Decision]:
    """Needs of which what was shortlisted names more means; in the last quarter fewer when ``turned``."""
    rng = random.Random(7)
    made = []
    for need in range(needs):
        sign = -1 if turned and need >= needs * 0.75 else 1
        for number in range(each):
            points = {"text": rng.uniform(10, 30), "kin": rng.uniform(5, 30)}
            good = number % 2 == 0
            points["means"] = 6.0 + sign * (6.0 if good else -6.0)
            made.append(Decision(need, good, points))
    return made


def test_the_part_that_decided_counts_more_and_no_part_runs_away() -> None:
    found = fit(decided(), PRIOR, 1)
    assert found.better and found.after >= found.before
    assert found.weights["means"] > 1 > found.weights["text"]
    assert all(LEAST <= value <= MOST for value in found.weights.of.values())
    assert found.weights["price"] == 1.0, "a part of which nothing is known stays"


def test_few_decisions_move_little() -> None:
    few, many = fit(decided(10), PRIOR, 1), fit(decided(60), PRIOR, 1)
    assert abs(few.weights["means"] - 1) < abs(many.weights["means"] - 1)
    with pytest.raises(TooFew):
        fit(decided(5), PRIOR, 1)
    with pytest.raises(TooFew):
        fit([one for one in decided(40) if one.good], PRIOR, 1)


def test_a_fit_that_orders_held_out_needs_worse_is_not_better() -> None:
    found = fit(decided(60, turned=True), PRIOR, 1)
    assert not found.better


def test_shares_and_kept_weights_are_read_safely() -> None:
    assert right_share([], PRIOR) == 0.0
    assert right_share([[0.0] * len(PARTS)], PRIOR) == 0.5
    kept = checked(3, {"text": 99, "kin": "x", "moon": 2, "fit": -1})
    assert dict(kept.of) == {"text": MOST, "fit": 0.0}


@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser("13900000999", None, name="运营者")


def test_refit_puts_the_better_into_use_and_the_ranking_uses_it(
    people: People, market: Market, operator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = queries.match_need(market.need, people.ruoxi).matches[0]
    monkeypatch.setattr(operation, "decisions", decided)
    made = operations.refit(actor=operator)
    assert made.state == RankingWeights.State.IN_USE
    assert queries.weights_in_use().number == made.number == 1
    after = queries.match_need(market.need, people.ruoxi).matches[0]
    assert after.signals.raw == before.signals.raw
    assert after.signals.points["text"] < before.signals.points["text"]
    assert Entry.objects.filter(name="matching.weights.fitted").count() == 1
    with pytest.raises(Conflict):
        operations.refit(actor=operator)
    operations.back_to_prior(actor=operator)
    assert queries.weights_in_use() == PRIOR
    assert operations.back_to_prior(actor=operator) is None


def test_a_worse_fit_is_kept_on_record_and_not_used(operator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operation, "decisions", lambda: decided(60, turned=True))
    made = operations.refit(actor=None)
    assert made.state == RankingWeights.State.TURNED_BACK
    assert made.after_bp < made.before_bp
    assert queries.weights_in_use() == PRIOR
    assert Entry.objects.filter(name="matching.weights.turned_back").count() == 1


def test_only_the_operator_refits_and_too_few_decisions_change_nothing(people: People, operator: User) -> None:
    with pytest.raises(Forbidden):
        operations.refit(actor=people.ruoxi)
    with pytest.raises(Forbidden):
        operations.back_to_prior(actor=people.ruoxi)
    with pytest.raises(Conflict):
        operations.refit(actor=operator)
    assert not RankingWeights.objects.exists()


def test_decisions_are_those_that_stand(people: People, market: Market) -> None:
    def decide(verb: str, result: int, **given: str) -> None:
        getattr(operations, verb)(need_id=market.need.pk, result_id=result, actor=people.ruoxi, **given)

    decide("shortlist", market.ceria.pk)
    decide("refuse", market.hopcalite.pk, reason="figures")
    decide("refuse", market.burner.pk, reason="conflict")
    decide("shortlist", market.pump.pk)
    decide("undo", market.pump.pk)
    assert [one.good for one in queries.decisions()] == [True, False]
    assert queries.decisions()[0].points["text"] > 0
    first = next(one for one in queries.match_need(market.need, people.ruoxi).matches if one.listing == market.ceria)
    assert "record" in first.signals.raw


def test_pages(people: People, client_of: Callable[..., Client], operator: User) -> None:
    assert client_of(people.ruoxi).get("/ranking/").status_code == 200
    assert client_of(people.stray).get("/ranking/").status_code == 403
    assert client_of(people.ruoxi).post("/ranking/refit/").status_code == 403
    assert "在用：起初的权重" in client_of(people.ruoxi).get("/ranking/").content.decode()
    page = client_of(operator)
    assert page.post("/ranking/refit/").status_code == 409
    RankingWeights.objects.create(number=1, state="in_use", multiples={"text": 2}, before_bp=6000, after_bp=7000)
    assert "70.00%" in page.get("/ranking/").content.decode()
    assert page.post("/ranking/prior/").status_code == 302
    assert queries.weights_in_use() == Weights()
