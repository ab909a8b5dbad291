"""Home for each role, and for nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.deals.milestone_world import deliver, pay, planned_deal, step
from tests.market.listings import make_need, make_result
from tests.world import People
from yinxian.deals.operations import milestones as verbs
from yinxian.journal.operations.work import drain
from yinxian.matching.models import Candidate

ClientOf = Callable[..., Client]


def main(client: Client, path: str = "/") -> str:
    page = client.get(path).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_nobody_is_told_what_it_is_and_where_to_sign_in(db: None) -> None:
    page = main(Client())
    for word in ("从一句需求", "/accounts/login/", "/verify/", "需求书", "到账"):
        assert word in page
    assert page.count("btn-primary") == 1


def test_who_is_new_is_told_what_to_do_first(people: People, client_of: ClientOf) -> None:
    page = main(client_of(people.stray))
    assert "登记您的单位，或请同事把您加进去" in page
    assert "接下来" not in page
    outside = main(client_of(people.outsider, acting=people.outside))
    assert "申请加入协会" in outside
    assert "发布第一项成果" in main(client_of(people.cang, acting=people.second_supplier))


def test_each_role_sees_its_own(people: People, client_of: ClientOf) -> None:
    deal = planned_deal(people)
    pay(people, step(deal, 1))
    verbs.accept_and_release(milestone_id=step(deal, 1).pk, actor=people.heng)
    pay(people, step(deal, 2))
    deliver(people, step(deal, 2))
    manager = main(client_of(people.ruoxi, acting=people.agency))
    buyer = main(client_of(people.heng, acting=people.buyer))
    supplier = main(client_of(people.lan, acting=people.supplier))
    association = main(client_of(people.qiao, acting=people.association))
    for page in (manager, buyer, supplier):
        assert deal.title in page
    assert "需求走到了哪里" in manager
    assert "积分" in manager
    assert "今年已付出" in buyer
    assert "9.60 万元" in buyer
    assert "今年已到" in supplier
    assert deal.title not in association
    assert deal.number not in association
    assert "家会员单位" in association
    for page in (manager, buyer, supplier, association):
        assert page.count("btn-primary") == 1


def test_the_agencys_finance_sees_its_managers_deals(people: People, client_of: ClientOf) -> None:
    deal = planned_deal(people)
    deal.agency = people.agency
    deal.save()
    page = main(client_of(people.yuan, acting=people.agency))
    assert "谁在跑什么" in page
    assert "沈若溪" in page
    assert deal.title in page


def test_a_stranger_sees_nothing_of_others(people: People, client_of: ClientOf) -> None:
    deal = planned_deal(people)
    for user, place in ((people.cang, people.second_supplier), (people.outsider, people.outside)):
        for path in ("/", "/todo/", "/matches/", "/matches/?kind=results"):
            page = main(client_of(user, acting=place), path)
            assert deal.title not in page
            assert deal.number not in page


def test_all_things_to_do_are_on_one_list(people: People, client_of: ClientOf) -> None:
    for number in range(11):
        make_need(people, title=f"需求第 {number} 号", state="submitted")
    client = client_of(people.ruoxi, acting=people.agency)
    assert main(client).count("<time>") == 8
    assert "全部 11 件" in main(client)
    assert main(client, "/todo/").count("<time>") == 11
    assert Client().get("/todo/").status_code == 302


def test_my_needs_and_results_lead_to_their_matches(people: People, client_of: ClientOf) -> None:
    need, result = make_need(people), make_result(people)
    Candidate.objects.create(need=need, result=result, state="shortlisted", score=79)
    page = main(client_of(people.ruoxi), "/matches/")
    assert f"/needs/{need.slug}/match/" in page
    assert f"/results/{result.slug}/match/" in main(client_of(people.lan), "/matches/")
    home = main(client_of(people.ruoxi, acting=people.agency))
    assert "已入围，等引荐" in home
    assert "已入围，等引荐" not in main(client_of(people.lan, acting=people.supplier))
    type(result).objects.filter(pk=result.pk).update(confidence="named")
    assert result.title not in main(client_of(people.ruoxi, acting=people.agency))
    assert Client().get("/matches/").status_code == 302


def test_english_pages_hold_no_chinese_of_ours(people: People, client_of: ClientOf) -> None:
    for user, place in ((people.stray, None), (people.qiao, people.association), (people.yuan, people.agency)):
        user.name_en = "Somebody"
        user.save()
        client = client_of(user, acting=place)
        client.cookies["django_language"] = "en"
        for path in ("/", "/todo/", "/matches/", "/search/", "/notices/", "/notices/preferences/"):
            page = main(client, path)
            assert not any("\u4e00" <= letter <= "\u9fff" for letter in page), (path, page)


def test_a_plain_member_of_an_association_is_not_sent_to_review(people: People, client_of: ClientOf) -> None:
    people.mingyuan.memberships.create(organisation=people.association, role="member")
    page = main(client_of(people.mingyuan, acting=people.association))
    assert "/review/" not in page
    assert "录入一条需求" in page


def test_programs_get_the_same_things_to_do_and_the_same_search(people: People, client_of: ClientOf) -> None:
    need = make_need(people, title="要核实的需求", state="submitted")
    client = client_of(people.ruoxi, acting=people.agency)
    (one,) = client.get("/api/v1/portal/todo").json()
    assert (one["title"], one["text"]) == ("新交来的需求，先核实", "要核实的需求")
    assert one["url"] == f"/needs/{need.slug}/"
    drain()  # a follower keeps the directory's cards
    found = client.get("/api/v1/portal/search", {"q": "沈若溪"}).json()
    assert found["kind"] == "managers"
    assert found["items"][0]["title"] == "沈若溪"
    assert Client().get("/api/v1/portal/todo").status_code == 401
