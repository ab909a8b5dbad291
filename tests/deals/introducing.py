"""What the tests of introductions begin from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.world import People
from yinxian.deals.models import Introduction
from yinxian.deals.operations.acknowledgements import acknowledge
from yinxian.deals.operations.introductions import draft_introduction, offer_introduction, propose_shares
from yinxian.deals.operations.shares import answer_share
from yinxian.deals.terms import Part, Terms
from yinxian.market.models import Need, Result

BUYER_PHONE, SUPPLIER_PHONE = "13911112222", "13733334444"
BUYER_MAIL, SUPPLIER_MAIL = "xuqiu@lanjiang.example", "gongji@jiangbei.example"
CONTACTS = (BUYER_PHONE, SUPPLIER_PHONE, BUYER_MAIL, SUPPLIER_MAIL, "薛求真", "龚给力")
TERMS = Terms(fee_rate_bp=1160)


def make_need(people: People, **given: Any) -> Need:
    fields = {
        "title": "燃气热水器一氧化碳低温催化消除",
        "raw_words": "热水器冷启动时一氧化碳高，想在三百度以下消掉。",
        "field": "07",
        "region": "330100",
        "owner": people.buyer,
        "manager": people.ruoxi,
        "created_by": people.heng,
        "state": Need.State.PUBLISHED,
        "published_on": dt.date(2026, 3, 1),
        "contact_name": "薛求真",
        "contact_phone": BUYER_PHONE,
        "contact_email": BUYER_MAIL,
    }
    return Need.objects.create(**{**fields, **given})


def make_result(people: People, **given: Any) -> Result:
    fields = {
        "title": "钴锰复合氧化物低温一氧化碳催化剂",
        "teaser": "室温起燃的一氧化碳催化剂。",
        "field": "05",
        "region": "320100",
        "owner": people.supplier,
        "created_by": people.lan,
        "state": Result.State.PUBLISHED,
        "published_on": dt.date(2026, 2, 1),
        "contact_name": "龚给力",
        "contact_phone": SUPPLIER_PHONE,
        "contact_email": SUPPLIER_MAIL,
    }
    return Result.objects.create(**{**fields, **given})


def parts(people: People, *, ruoxi: int = 6000, mingyuan: int = 4000) -> list[Part]:
    return [
        Part(bp=ruoxi, user_id=people.ruoxi.pk, work="需求翻译与对接"),
        Part(bp=mingyuan, user_id=people.mingyuan.pk, work="成果挖掘"),
    ]


def drafted(people: People, **given: Any) -> Introduction:
    need, result = given.pop("need", None) or make_need(people), given.pop("result", None) or make_result(people)
    fields = {
        "actor": people.ruoxi,
        "subject": "热水器一氧化碳低温催化消除",
        "terms": TERMS,
        "shares": parts(people),
        "agency_id": people.agency.pk,
    }
    return draft_introduction(need_id=need.pk, result_id=result.pk, **{**fields, **given})


def offered(people: People, **given: Any) -> Introduction:
    introduction = drafted(people, **given)
    manager = introduction.manager
    propose_shares(introduction_id=introduction.pk, actor=manager)
    for share in introduction.shares.filter(accepted_at=None):
        holder = share.user or people.yuan
        answer_share(share_id=share.pk, actor=holder, accept=True, version=1)
    return offer_introduction(introduction_id=introduction.pk, actor=manager)


def acknowledged(people: People, **given: Any) -> Introduction:
    introduction = offered(people, **given)
    acknowledge(introduction_id=introduction.pk, side="buyer", agreed=True, post="技术部长", actor=people.heng)
    return acknowledge(
        introduction_id=introduction.pk, side="supplier", agreed=True, post="技术转移处长", actor=people.lan
    )
