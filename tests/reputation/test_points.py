"""Points come from journal facts only; related parties earn none; the journal gives the same again."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.reputation.earning import fact, registered, released, staffed
from tests.world import People, person
from yinxian.credentials.models import Proof
from yinxian.journal.models import Cursor, Entry
from yinxian.journal.operations.work import drain
from yinxian.kernel import clock
from yinxian.market.models import Need
from yinxian.market.operations.evidence import add_evidence, withdraw_evidence
from yinxian.network.models import Membership, Organisation
from yinxian.reputation.models import Point, Scheme
from yinxian.reputation.operations.relations import declare_relation, end_relation
from yinxian.reputation.operations.schemes import draft_scheme, start_scheme
from yinxian.reputation.queries.points import board, left, total_of
from yinxian.reputation.queries.recount import differences, simulate
from yinxian.reputation.rules import DEFAULT_RULES


def rows(event: str = "") -> list[tuple[str, int, int, str]]:
    found = Point.objects.select_related("user").order_by("pk")
    if event:
        found = found.filter(event=event)
    return [(point.user.name, point.amount, point.held, point.why) for point in found]


def test_a_registered_contract_gives_points_by_the_shares_and_proofs_of_practice(people: People) -> None:
    registered(people)
    # 20 + 48 for 480,000.00 yuan = 68, divided 60 : 40
    assert rows("contract_registered") == [("沈若溪", 41, 0, ""), ("顾明远", 27, 0, "")]
    proofs = Proof.objects.filter(kind="points").order_by("pk")
    assert [(proof.user.name, proof.name, proof.amount) for proof in proofs] == [
        ("沈若溪", "practice", 41),
        ("顾明远", "practice", 27),
    ]
    given = Entry.objects.filter(name="reputation.points.given").first()
    assert given is not None and given.data["points"] == 41
    assert differences() == []


def test_the_same_fact_never_earns_twice(people: People) -> None:
    registered(people)
    before = rows()
    Cursor.objects.filter(follower="reputation.facts").update(position=0)
    drain()
    assert rows() == before


def test_a_reward_that_is_paid_earns_the_suppliers_staff_who_worked_on_the_deal(people: People) -> None:
    office = person("钟转", "13800000031", (people.supplier, Membership.Role.MEMBER))
    deal = registered(people)
    staffed(people, deal, office)
    released(people, deal)
    # 96,000.00 less the fee of 11.6 % is 84,864.00, of it 70 % reward: 59,404.80, five full wan: 5 + 5
    assert rows("reward_paid") == [("钟转", 10, 0, "")]
    assert rows("milestone_accepted") == [("沈若溪", 11, 0, ""), ("顾明远", 8, 0, "")]
    assert differences() == []


def test_who_belongs_to_a_side_gets_nothing_and_the_reason_is_kept(people: People) -> None:
    Membership.objects.create(user=people.mingyuan, organisation=people.supplier, role=Membership.Role.MEMBER)
    registered(people)
    assert rows("contract_registered") == [("沈若溪", 41, 0, ""), ("顾明远", 0, 27, "own_organisation")]
    held = Entry.objects.get(name="reputation.points.withheld")
    assert held.data["why"] == "own_organisation" and held.data["held"] == 27
    assert Proof.objects.filter(kind="points", user=people.mingyuan).count() == 0
    assert differences() == []


def test_a_declared_relation_counts_from_its_day_to_its_end(people: People) -> None:
    relation = declare_relation(actor=people.mingyuan, organisation_id=people.buyer.pk, kind="family", note="姐夫")
    deal = registered(people)
    assert rows()[1] == ("顾明远", 0, 27, "declared")
    end_relation(relation_id=relation.pk, actor=people.mingyuan)
    released(people, deal)
    assert rows("milestone_accepted")[1] == ("顾明远", 8, 0, "")
    assert rows()[1] == ("顾明远", 0, 27, "declared")
    assert differences() == []


def test_one_person_on_both_sides_or_one_firm_twice_gives_nobody_anything(people: People) -> None:
    person("两头", "13800000032", (people.supplier, Membership.Role.MEMBER), (people.buyer, Membership.Role.MEMBER))
    deal = registered(people)
    assert {why for _name, _amount, _held, why in rows()} == {"both_sides"}
    Organisation.objects.filter(pk__in=[people.buyer.pk, people.supplier.pk]).update(credit_code="91330100MA0000000A")
    released(people, deal)
    assert {why for *_rest, why in rows("milestone_accepted")} == {"one_organisation"}
    assert total_of(people.ruoxi) == 0


def need_with_evidence(people: People, pieces: int = 1) -> Need:
    need = Need.objects.create(
        title="低温催化", raw_words="低温", owner=people.buyer, manager=people.ruoxi, created_by=people.ruoxi
    )
    today = clock.today()
    for number in range(pieces):
        add_evidence(
            need_id=need.pk,
            actor=people.ruoxi,
            kind="visit",
            score=8,
            note=f"看过产线 {number}",
            dated=today,
            expires_on=today + dt.timedelta(days=300),
        )
    return need


def test_evidence_earns_when_another_person_publishes_the_need_and_each_piece_once(people: People) -> None:
    need = need_with_evidence(people, 3)
    withdraw_evidence(evidence_id=need.evidence.order_by("pk")[0].pk, actor=people.ruoxi)
    fact("market.need.published", need, people.qiao)
    assert rows("evidence_confirmed") == [("沈若溪", 4, 0, "")]
    fact("market.need.published", need, people.qiao)
    assert len(rows("evidence_confirmed")) == 1
    other = need_with_evidence(people)
    fact("market.need.published", other, people.ruoxi)
    assert rows("evidence_confirmed")[1] == ("沈若溪", 0, 2, "own_word")
    assert differences() == []


def test_a_course_is_read_as_the_app_of_training_says_it(people: People) -> None:
    fact("training.course.taught", people.association, None, member=people.ruoxi.slug, minutes=540, completed=12)
    assert rows() == [("沈若溪", 11, 0, "")]


@pytest.mark.parametrize(
    ("data", "points"),
    [
        ({"hours": 6}, 8),
        ({"minutes": 150}, 4),
        ({"hours": "six"}, 2),
        ({"hours": 10**15}, 20),
        ({"hours": -3}, 2),
        ({}, 2),
    ],
)
def test_a_course_that_was_taught_earns_points_of_learning(people: People, data: dict[str, Any], points: int) -> None:
    fact("training.course.taught", people.association, people.qiao, teacher=people.ruoxi.slug, **data)
    assert rows() == [("沈若溪", points, 0, "")]
    assert Proof.objects.get(kind="points").name == "learning"
    fact("training.course.taught", people.association, people.qiao, teacher="nobody", hours=6)
    fact("training.course.taught", people.association, people.qiao, teacher=None)
    assert len(rows()) == 1


def test_a_team_that_landed_earns_both_ends_and_not_its_own(people: People) -> None:
    shares = [
        {"holder": user.slug, "side": "home", "bp": bp} for user, bp in ((people.ruoxi, 6000), (people.cang, 4000))
    ]
    shares += [{"holder": people.agency.slug, "bp": 1}, {"holder": 5, "bp": "x"}, "nonsense"]  # type: ignore[list-item]  # hostile
    fact("landing.landing.confirmed", people.association, people.qiao, team=people.second_supplier.slug, shares=shares)
    assert rows() == [("沈若溪", 9, 0, ""), ("苍严", 0, 6, "own_organisation")]
    assert differences() == []


def test_points_go_by_the_scheme_of_the_facts_own_day(people: People) -> None:
    deal = registered(people)
    draft = draft_scheme(
        association_id=people.association.pk,
        actor=people.qiao,
        rules=[{"event": "milestone_accepted", "base": 100, "per": 0, "cap": 100, "year_cap": 0}],
        yearly_bp=5000,
        year_cap=50,
    )
    start_scheme(scheme_id=draft.pk, actor=people.qiao, on=clock.today())
    released(people, deal)
    assert rows("milestone_accepted") == [("沈若溪", 9, 51, "year_cap"), ("顾明远", 23, 17, "year_cap")]
    assert rows("contract_registered")[0] == ("沈若溪", 41, 0, "")
    assert differences() == []


def test_a_row_that_the_journal_does_not_bear_out_is_found(people: People) -> None:
    registered(people)
    Point.objects.filter(user=people.ruoxi).update(amount=4100)
    ((key, journal, row),) = differences()
    assert (key[0], journal, row) == (people.ruoxi.pk, (41, 0, ""), (4100, 0, ""))


def test_the_board_decays_in_the_database_as_the_arithmetic_does(people: People) -> None:
    """Many rows of random ages and sizes, corrections too: the sum of the query is the sum of the rows."""
    chance = random.Random(5)
    schemes = [
        Scheme.objects.create(association=people.association, version=n, rules=DEFAULT_RULES, yearly_bp=bp)
        for n, bp in ((1, 10_000), (2, 8_000), (3, 3_333))
    ]
    now = clock.now()
    entries = [Entry(name="x", at=now, subject_type="x", subject_id=n, leaf="") for n in range(300)]
    Entry.objects.bulk_create(entries)
    for entry in Entry.objects.filter(name="x"):
        Point.objects.create(
            user=chance.choice([people.ruoxi, people.mingyuan]),
            scheme=chance.choice(schemes),
            entry=entry,
            event="reward_paid",
            amount=chance.randint(-300, 900),
            at=now - dt.timedelta(days=chance.randint(0, 12_000), hours=chance.randint(0, 23)),
        )
    for user in (people.ruoxi, people.mingyuan):
        mine = Point.objects.filter(user=user).exclude(amount=0).select_related("scheme")
        found = next(row for row in board(people.association) if row["user__slug"] == user.slug)
        assert found["points"] == sum(left(point) for point in mine) == total_of(user)


def test_the_trial_compares_last_years_facts_by_both_schemes(people: People) -> None:
    deal = registered(people)
    released(people, deal)
    draft = draft_scheme(
        association_id=people.association.pk,
        actor=people.qiao,
        rules=[{"event": "contract_registered", "base": 100, "per": 0, "cap": 100, "year_cap": 0}],
        year_cap=50,
    )
    found = simulate(draft, clock.today() + dt.timedelta(days=1))
    assert [(one.user.name, one.now, one.then, one.then_held) for one in found.trials] == [
        ("沈若溪", 52, 50, 10),
        ("顾明远", 35, 40, 0),
    ]
    assert found.totals == (87, 90)
    assert simulate(draft, clock.today() - dt.timedelta(days=900)).trials == []
    assert not Point.objects.filter(scheme=draft).exists()


def test_pages_ask_the_database_no_more_for_longer_lists(people: People, client_of: Callable[..., Client]) -> None:
    deal = registered(people)
    reviewer, own = client_of(people.qiao), client_of(people.ruoxi)
    draft_scheme(association_id=people.association.pk, actor=people.qiao, rules=DEFAULT_RULES)
    pages = [
        (own, "/points/"),
        (own, "/points/credit/"),
        (reviewer, f"/points/{people.association.slug}/"),
        (reviewer, f"/points/{people.association.slug}/register/"),
        (reviewer, f"/points/{people.association.slug}/scheme/2/"),
        (reviewer, f"/managers/{people.ruoxi.manager_profile.slug}/credit/"),
    ]

    def counts() -> list[int]:
        found = []
        for browser, address in pages:
            browser.get(address)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert browser.get(address).status_code == 200
            found.append(len(asked))
        return found

    before = counts()
    for position in (1, 2, 3):
        released(people, deal, position) if position > 1 else None
    for _ in range(8):
        fact("training.course.taught", people.association, people.qiao, teacher=people.ruoxi.slug, hours=2)
        need = need_with_evidence(people)
        fact("market.need.published", need, people.qiao)
    after = counts()
    assert all(later <= earlier + 6 for earlier, later in zip(before, after, strict=True)), (before, after)


def test_everyone_sees_what_is_theirs(people: People, client_of: Callable[..., Client]) -> None:
    registered(people)
    entry = Point.objects.filter(user=people.ruoxi)[0].entry
    page = client_of(people.ruoxi).get(f"/points/facts/{entry.uid}/").content.decode()
    assert "沈若溪" in page and "顾明远" not in page and entry.leaf in page
    assert "顾明远" in client_of(people.qiao).get(f"/points/facts/{entry.uid}/").content.decode()
    for other in (people.heng, people.cang, people.stray):
        assert client_of(other).get(f"/points/facts/{entry.uid}/").status_code == 404
        assert client_of(other).get(f"/points/{people.association.slug}/register/").status_code == 404
    assert Client().get(f"/points/facts/{entry.uid}/").status_code == 302
    sheet = client_of(people.qiao).get(f"/points/{people.association.slug}/register/?export=csv")
    assert sheet["Content-Type"].startswith("text/csv") and "顾明远" in sheet.content.decode("utf-8-sig")
    assert client_of(people.ruoxi).get("/points/?export=xlsx").content[:2] == b"PK"
    assert client_of(people.ruoxi).get("/points/?export=exe").status_code == 404
    assert client_of(people.ruoxi).get("/points/?event=nonsense&year=-5&sort=';--&page=x").status_code == 200
