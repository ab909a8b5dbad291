"""Entries become notices: for whom, how often, and never with anything confidential in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from tests.deals.milestone_world import deliver, pay, planned_deal, step
from tests.market.listings import SECRETS, make_need, make_result
from tests.world import People
from yinxian import journal
from yinxian.journal.models import Entry
from yinxian.market.models import Need, Result
from yinxian.market.operations.results import review_result, submit_result
from yinxian.network.models import Organisation, User
from yinxian.network.operations.organisations import add_member, apply_for_admission, decide_admission
from yinxian.notifications.models import Notice, Preference
from yinxian.notifications.operations.telling import tell
from yinxian.notifications.queries.about import READERS
from yinxian.notifications.table import TABLE

Drain = Callable[[], None]


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_a_submitted_result_is_told_to_the_reviewers_and_not_to_who_submitted_it(people: People, drain: Drain) -> None:
    result = make_result(people, state=Result.State.DRAFT, published_on=None, fresh_until=None)
    submit_result(result_id=result.pk, actor=people.lan)
    drain()
    assert told(people.qiao) == ["market.result.submitted"]
    assert told(people.lan) == told(people.heng) == told(people.stray) == []
    review_result(result_id=result.pk, actor=people.qiao, decision="publish")
    drain()
    assert told(people.lan) == ["market.result.published"]
    assert told(people.qiao) == ["market.result.submitted"]


def test_material_handed_in_asks_the_buyer_and_informs_the_manager(people: People, drain: Drain) -> None:
    deal = planned_deal(people)
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    drain()
    assert "deals.milestone.submitted" in told(people.heng)
    assert "deals.milestone.submitted#manager" in told(people.ruoxi)
    assert "deals.milestone.submitted" not in told(people.lan)
    assert told(people.outsider) == told(people.cang) == []


def test_telling_the_same_entry_again_tells_nobody_twice(people: People, drain: Drain) -> None:
    deal = planned_deal(people)
    pay(people, step(deal, 2))
    drain()
    before = Notice.objects.count()
    assert before
    for entry in Entry.objects.all():
        tell(entry)
    drain()
    assert Notice.objects.count() == before


def test_who_wants_to_hear_nothing_of_a_group_hears_nothing_of_it(people: People, drain: Drain) -> None:
    people.heng.email = "heng@example.org"
    people.heng.save()
    Preference.objects.create(user=people.heng, group="money", in_product=False, by_mail=False)
    Preference.objects.create(user=people.lan, group="deals", in_product=False, by_mail=False)
    deal = planned_deal(people)
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    drain()
    assert not any(kind.startswith(("deals.milestone", "deals.payment")) for kind in told(people.heng))
    assert "deals.milestone.funded" in told(people.lan)


def test_in_the_product_and_by_mail_are_chosen_apart(people: People, drain: Drain) -> None:
    people.heng.email = "heng@example.org"
    people.heng.save()
    Preference.objects.create(user=people.heng, group="money", in_product=False, by_mail=True)
    deal = planned_deal(people)
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    drain()
    notice = Notice.objects.get(user=people.heng, kind="deals.milestone.submitted")
    assert (notice.in_product, notice.by_mail) == (False, True)
    assert not Notice.objects.get(user=people.ruoxi, kind="deals.milestone.submitted#manager").by_mail  # no address


def test_an_applicant_is_told_to_the_association_and_the_answer_to_the_applicant(people: People, drain: Drain) -> None:
    place = Organisation.objects.create(name="新来的公司", kind=Organisation.Kind.BUYER)
    people.outsider.memberships.all().delete()
    people.outsider.memberships.create(organisation=place, role="admin")
    apply_for_admission(organisation_id=place.pk, association_id=people.association.pk, actor=people.outsider)
    drain()
    assert told(people.qiao) == ["network.admission.asked"]
    decide_admission(organisation_id=place.pk, actor=people.qiao, admit=True)
    drain()
    assert told(people.outsider) == ["network.admission.granted"]


def test_who_is_added_to_an_organisation_hears_in_which_role(people: People, drain: Drain) -> None:
    add_member(
        organisation_id=people.supplier.pk, actor=people.lan, phone=str(people.stray.phone), name="路人", role="finance"
    )
    drain()
    notice = Notice.objects.get(user=people.stray)
    assert notice.params == {"title": people.supplier.name, "role": "finance"}
    assert told(people.lan) == []


def test_a_person_who_may_not_sign_in_any_more_is_told_nothing(people: People, drain: Drain) -> None:
    people.qiao.is_active = False
    people.qiao.save()
    result = make_result(people, state=Result.State.DRAFT, published_on=None, fresh_until=None)
    submit_result(result_id=result.pk, actor=people.lan)
    drain()
    assert told(people.qiao) == []


@pytest.mark.parametrize("name", sorted(name for name in TABLE if name.startswith("market.")))
def test_no_notice_about_a_listing_holds_anything_confidential(name: str, people: People) -> None:
    kind = "result" if ".result." in name else "need"
    listing = (make_result if kind == "result" else make_need)(people, confidence="named", title="机密题目")
    data = {"kind": kind, "until": "2026-05-01", "number": 2, "state": "matching"}
    with transaction.atomic():
        entry = journal.record(name, actor=None, subject=listing, data=data)
    assert tell(entry)
    for notice in Notice.objects.filter(entry=entry):
        text = f"{notice.params} {notice.url}"
        assert not any(secret in text for secret in (*SECRETS, "机密题目"))
        assert listing.slug in text


def test_a_lead_is_kept_from_the_two_sides(people: People, drain: Drain) -> None:
    """Before the introduction the buyer and the supplier do not know of the deal."""
    from yinxian.deals.models import Deal

    deal = Deal.objects.create(
        number="2026-0009",
        title="线索",
        need=make_need(people),
        result=make_result(people),
        buyer=people.buyer,
        supplier=people.supplier,
        manager=people.ruoxi,
    )
    for name in ("deals.deal.opened", "deals.deal.moved", "deals.note.added"):
        with transaction.atomic():
            journal.record(name, actor=None, subject=deal, data={"audience": "all", "to": "lead"})
    drain()
    assert told(people.ruoxi)
    assert told(people.heng) == told(people.lan) == []


def test_a_note_for_one_side_is_told_to_that_side_only(people: People, drain: Drain) -> None:
    deal = planned_deal(people)
    with transaction.atomic():
        journal.record("deals.note.added", actor=people.heng, subject=deal, data={"audience": "buyer"})
        journal.record("deals.file.added", actor=people.ruoxi, subject=deal, data={"audience": "supplier"})
    drain()
    assert "deals.note.added" not in told(people.lan) + told(people.ruoxi) + told(people.heng)
    assert "deals.file.added" in told(people.lan)
    assert "deals.file.added" not in told(people.heng)


def test_every_key_of_the_table_finds_its_people_somewhere() -> None:
    from yinxian.notifications.queries import about

    folder = Path(about.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    keys = {key for rules in TABLE.values() for rule in rules for key in rule.who}
    assert {key for key in keys if f'"{key}"' not in source} == set()
    assert Need._meta.label_lower in READERS
