"""The sheet of a split: every step with its article; floors of the reward by law and place."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.deals.milestone_world import deliver, pay, planned_deal, refused, signed_deal, step
from tests.world import People
from yinxian.contracts.models import Contract
from yinxian.deals.floors import Declared, hold, main_of
from yinxian.deals.models import Deal
from yinxian.deals.operations import milestones as verbs
from yinxian.deals.queries.sheets import sheet
from yinxian.kernel.errors import Conflict, Forbidden, Invalid

WORKED_EXAMPLE = {
    "放款额": 19_200_000,
    "本次应付服务费": 2_227_200,
    "净收入": 16_972_800,
    "奖励": 11_880_960,
    "转移人员": 594_048,
    "供方留存": 5_091_840,
    "各方合计": 19_200_000,
}


def test_the_worked_example_step_by_step(people: People) -> None:
    deal = planned_deal(people)
    found = sheet(people.ruoxi, step(deal, 3))
    figures = {one.label: one.fen for one in found.steps}
    assert {label: figures[label] for label in WORKED_EXAMPLE} == WORKED_EXAMPLE
    how = {one.label: one.how for one in found.steps}
    assert how["本次应付服务费"] == "192,000.00 × 11.60%"
    assert how["奖励"] == "169,728.00 × 70.00%"
    articles = {one.label: one.article for one in found.steps}
    assert articles["奖励"] == "浙江省促进科技成果转化条例第 37 条"
    assert articles["本次应付服务费"] == "民法典第 963 条"
    assert [(one.policy.key, one.fen) for one in found.hints] == [("bonus-half", 5_940_480), ("stamp-duty", 14_400)]


@pytest.mark.parametrize("who", ["heng", "mingyuan", "stray"])
def test_who_may_not_see_every_part_gets_no_sheet(people: People, client_of: Callable[..., Client], who: str) -> None:
    milestone = step(planned_deal(people), 3)
    with pytest.raises(Forbidden):
        sheet(getattr(people, who), milestone)
    for ending in ("split/", "split.pdf"):
        answer = client_of(getattr(people, who)).get(f"/milestones/{milestone.slug}/{ending}")
        assert answer.status_code in (403, 404)


def test_a_deal_without_a_rule_has_no_sheet(people: People) -> None:
    deal = signed_deal(people)
    milestone = deal.milestones.create(position=1, title="定金", amount_fen=100)
    with pytest.raises(Conflict):
        sheet(people.ruoxi, milestone)


def test_page_and_paper_say_the_same_before_and_after_the_release(
    people: People, client_of: Callable[..., Client]
) -> None:
    deal = planned_deal(people)
    milestone = step(deal, 2)
    browser = client_of(people.lan)
    before = browser.get(f"/milestones/{milestone.slug}/split/").content.decode()
    assert "试算" in before
    pay(people, milestone)
    deliver(people, milestone)
    verbs.accept_and_release(milestone_id=milestone.pk, actor=people.heng)
    after = browser.get(f"/milestones/{milestone.slug}/split/").content.decode()
    assert "试算" not in after and "96,000.00 × 11.60%" in after
    answer = browser.get(f"/milestones/{milestone.slug}/split.pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "11,136.00" in text and "59,404.80" in text and "963" in text


def test_ladder_cap_and_the_last_release_are_told(people: People) -> None:
    tiers = [{"up_to_fen": 20_000_000, "bp": 1500}, {"up_to_fen": None, "bp": 1000}]
    deal = signed_deal(people, fee_kind="ladder", fee_ladder=tiers, fee_rate_bp=None)
    verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=5000, cap_fen=3_000_000)
    deal.refresh_from_db()
    milestone = deal.milestones.create(position=1, title="全部", amount_fen=48_000_000)
    found = sheet(people.ruoxi, milestone)
    fee = next(one for one in found.steps if one.label == "本次应付服务费")
    assert fee.fen == 3_000_000 and "阶梯" in fee.how and "封顶 30,000.00" in fee.how


def state_university(people: People, deal: Deal, kind: str) -> None:
    people.supplier.nature = "022"
    people.supplier.save()
    deal.contract = Contract.objects.create(
        number="HT-9", kind=kind, title="x", buyer=people.buyer, supplier=people.supplier, created_by=people.ruoxi
    )
    deal.save()


@pytest.mark.parametrize("kind", ["assignment", "licence"])
def test_a_state_university_cannot_go_below_the_law(people: People, kind: str) -> None:
    deal = signed_deal(people)
    state_university(people, deal, kind)
    refused(
        "deals.reward_below_the_law",
        lambda: verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=4999),
    )
    assert verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=5000).split_rule


def test_development_and_other_suppliers_are_warned_or_left_alone(people: People) -> None:
    deal = signed_deal(people)
    state_university(people, deal, "development")
    verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=0)
    day = deal.signed_on
    assert day is not None
    assert hold(people.supplier, day, Declared(0, 500), False) == []
    said = hold(people.buyer, day, Declared(4000, 500), True)
    assert len(said) == 2 and "70.00%" in said[0] and "50.00%" in said[1]


def test_main_contributors_are_marked_and_held_against_their_floor(people: People) -> None:
    deal = signed_deal(people)
    team = [("甲", 4000, True), ("乙", 6000)]
    assert main_of(team) == 4000
    verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=7000, inventors=team)
    deal.refresh_from_db()
    milestone = deal.milestones.create(position=1, title="全部", amount_fen=48_000_000)
    together = next(one for one in sheet(people.lan, milestone).steps if one.label == "主要贡献人员合计")
    assert together.how == "占奖励 38.00%"
    day = deal.signed_on
    assert day is not None
    said = hold(people.supplier, day, Declared(7000, 500, 4000), True)
    assert len(said) == 2 and "70.00%" in said[0] and "50.00%" in said[1]


def test_the_form_names_the_place_s_rule_and_warns(people: People, client_of: Callable[..., Client]) -> None:
    deal = signed_deal(people)
    browser = client_of(people.lan)
    page = browser.get(f"/deals/{deal.slug}/split/").content.decode()
    assert "浙江省促进科技成果转化条例第 37 条" in page and 'value="70.00"' in page
    form = {"reward": "60", "staff": "5", "inventor-TOTAL_FORMS": "0", "inventor-INITIAL_FORMS": "0"}
    answer = browser.post(f"/deals/{deal.slug}/split/", form, follow=True)
    assert "低于净收入的 70.00%" in answer.content.decode()
    with pytest.raises(Invalid):
        state_university(people, deal, "licence")
        hold(people.supplier, deal.signed_on or deal.changed_at.date(), Declared(0, 500), True)
