"""Pages and endpoints of associations and members, and the list that goes out and comes back."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.alliances.test_members import QUESTIONS, applied, asked, member
from tests.world import People
from yinxian.alliances.models import Fee, Member, MemberRules
from yinxian.alliances.operations.imports import import_members
from yinxian.kernel.errors import Forbidden, Invalid

ClientOf = Callable[..., Client]


def test_the_whole_way_through_the_pages(people: People, client_of: ClientOf) -> None:
    keeper, person = client_of(people.qiao), client_of(people.stray)
    home = f"/associations/{people.association.slug}/"
    rules = {"questions": "为什么想加入*\n熟悉的行业", "fee_person": "300", "fee_organisation": "0.5万", "months": "12"}
    rules |= {"remind_days": "60、30", "open_to_people": "on"}
    assert keeper.post(f"{home}rules/", rules).status_code == 302
    assert MemberRules.objects.get().fee_organisation_fen == 5_000_00
    assert "为什么想加入" in Client().get(home).content.decode()
    assert person.post(f"{home}join/", {"q1": ""}).status_code == 422
    answer = person.post(f"{home}join/", {"q1": "<b>想</b>认识同行", "applicant": ""})
    one = Member.objects.get()
    assert answer.url == f"/members/{one.slug}/"
    assert 'value="300.00"' in keeper.get(f"{home}rules/").content.decode(), "fen are shown as yuan"
    page = keeper.get(answer.url).content.decode()
    assert "&lt;b&gt;想" in page and "<b>想" not in page
    assert keeper.post(f"{answer.url}decide/", {"answer": "refuse"}).status_code == 422
    assert keeper.post(f"{answer.url}decide/", {"answer": "accept"}).status_code == 302
    assert 'value="300.00"' in keeper.get(answer.url).content.decode(), "the usual fee is offered in yuan"
    today = dt.date(2026, 3, 1)
    given = {"receipt": "R-1", "paid_on": today, "period_from": today, "period_until": "2028-02-29"}
    for amount in ("-1", "1000000000000000000"):
        assert keeper.post(f"{answer.url}fees/", given | {"amount": amount}).status_code == 422
    wrong = given | {"amount": "300", "period_until": "2026-02-28"}
    assert keeper.post(f"{answer.url}fees/", wrong).status_code == 422
    assert not Fee.objects.exists()
    for _ in range(2):
        assert keeper.post(f"{answer.url}fees/", given | {"amount": "300"}).status_code == 302
    assert Fee.objects.get().amount_fen == 300_00
    assert "300.00" in person.get(answer.url).content.decode()
    assert "2028年2月29日" in person.get("/me/memberships/").content.decode()
    assert keeper.get(f"{home}members/?state=active&sort=until").status_code == 200


def test_nobody_sees_another_members_page(people: People, client_of: ClientOf) -> None:
    one = member(people)
    assert client_of(people.heng).get(f"/members/{one.slug}/").status_code == 404
    assert client_of(people.heng).post(f"/members/{one.slug}/fees/").status_code == 404
    assert client_of(people.stray).post(f"/members/{one.slug}/fees/").status_code == 403
    home = f"/associations/{people.association.slug}/"
    for address in ("members/", "members/import/", "rules/", "branches/new/"):
        assert client_of(people.stray).get(home + address).status_code == 403
    assert Client().get(home + "members/").status_code == 302
    assert client_of(people.qiao).get(f"/associations/{people.buyer.slug}/").status_code == 404


def test_the_list_goes_out_and_comes_back(people: People, client_of: ClientOf) -> None:
    member(people)
    keeper = client_of(people.qiao)
    file = keeper.get(f"/associations/{people.association.slug}/members/?format=xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(file))
    assert book.worksheets[0]["A2"].value.endswith("-0001")
    again = import_members(association_id=people.association.pk, actor=people.qiao, data=file, file_name="a.xlsx")
    assert (again.added, again.known, again.problems) == (0, 1, [])
    Member.objects.all().delete()
    back = import_members(association_id=people.association.pk, actor=people.qiao, data=file, file_name="a.xlsx")
    assert back.added == 1 and Member.objects.get().name == "路人"
    csv = keeper.get(f"/associations/{people.association.slug}/members/?format=csv").content
    assert "会员号" in csv.decode("utf-8-sig")


def test_one_wrong_line_and_nothing_is_taken_over(people: People, client_of: ClientOf) -> None:
    good, bad = "甲,2026-01-01,2026-12-31,个人", ("乙,2026-01-01,2025-12-31,个人", ",2026-01-01,,", "丁,x,,", "戊,,,船")
    lines = "\n".join(("姓名,会籍起,会籍止,类别", good, *bad))
    upload = SimpleUploadedFile("名单.csv", lines.encode("gb18030"))
    answer = client_of(people.qiao).post(f"/associations/{people.association.slug}/members/import/", {"file": upload})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "会籍止早于会籍起" in page and page.count('<td class="num">') == 4
    assert not Member.objects.exists()


def test_a_list_of_one_and_sixty_characters(people: People) -> None:
    lines = f"名称,手机号\n甲,13900001111\n{'名' * 60},\n"
    taken = import_members(
        association_id=people.association.pk, actor=people.qiao, data=lines.encode(), file_name="a.csv"
    )
    assert taken.added == 2
    twice = import_members(
        association_id=people.association.pk, actor=people.qiao, data=lines.encode(), file_name="a.csv"
    )
    assert (twice.added, twice.known) == (0, 2)
    with pytest.raises(Invalid):
        import_members(association_id=people.association.pk, actor=people.qiao, data=b"a,b\n1,2", file_name="a.csv")
    with pytest.raises(Forbidden):
        import_members(association_id=people.association.pk, actor=people.heng, data=b"a", file_name="a.csv")


def test_endpoints(people: People, client_of: ClientOf) -> None:
    keeper, person = client_of(people.qiao), client_of(people.stray)
    home = f"/api/v1/alliances/associations/{people.association.slug}"
    given = {"based_on": 0, "questions": QUESTIONS, "fee_person_fen": 30000}
    assert person.put(f"{home}/rules", given, content_type="application/json").status_code == 403
    assert keeper.put(f"{home}/rules", given, content_type="application/json").json()["number"] == 1
    assert keeper.put(f"{home}/rules", given, content_type="application/json").status_code == 409
    assert Client().get(home).json()["questions"][0]["label"] == "为什么想加入"
    made = person.post(f"{home}/members", {"answers": {"q1": "x"}}, content_type="application/json")
    assert made.status_code == 201
    slug = made.json()["slug"]
    again = person.post(f"{home}/members", {"answers": {"q1": "x"}}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "alliances.applied_before")
    decided = keeper.post(
        f"/api/v1/alliances/members/{slug}/decision", {"accept": True}, content_type="application/json"
    )
    assert decided.json()["state"] == "active"
    bad = {"amount_fen": 10**18, "receipt": "1", "paid_on": "2026-01-01", "period_from": "2026-01-01"}
    bad["period_until"] = "2026-12-31"
    for amount in (10**18, -1):
        refused = keeper.post(
            f"/api/v1/alliances/members/{slug}/fees", bad | {"amount_fen": amount}, content_type="application/json"
        )
        assert (refused.status_code, refused.json()["code"]) == (422, "kernel.amount")
    assert keeper.get(f"{home}/members?state=active").json()["count"] == 1
    assert person.get(f"{home}/members").status_code == 403
    assert person.get("/api/v1/alliances/memberships").json()[0]["slug"] == slug


def test_a_list_of_members_costs_the_same_for_one_and_for_forty(
    people: People, client_of: ClientOf, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    asked(people)
    applied(people)
    Member.objects.bulk_create(
        Member(
            slug=f"MBX{n}",
            association=people.association,
            kind="person",
            name=f"会员{n}",
            state="active",
            number=f"X{n}",
            applied_by=people.qiao,
        )
        for n in range(40)
    )
    keeper = client_of(people.qiao)
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        assert keeper.get(f"/associations/{people.association.slug}/members/").status_code == 200
