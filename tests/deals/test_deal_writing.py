"""What people write on a deal: notes, meetings, files, the team; and what they may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.deals.deal_world import make_contract, make_deal, make_introduction, make_signed
from tests.world import People
from yinxian.deals.models import Deal, DealFile, Meeting, Note, TeamMember
from yinxian.deals.operations.deals import move_deal, open_deal, set_next
from yinxian.deals.operations.records import add_file, add_meeting, add_member, add_note, jot, remove_member
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid

Browser = Callable[..., Client]


def page(client: Client, deal: Deal, name: str = "deal") -> Any:
    return client.get(reverse(f"deals:{name}", args=[deal.slug]))


def test_jotting_is_all_or_nothing(people: People) -> None:
    deal = make_deal(people)
    with pytest.raises(Invalid):
        jot(deal_id=deal.pk, actor=people.ruoxi, words="去过了", action="再去", on=dt.date(2020, 1, 1))
    assert not Note.objects.exists()
    jot(deal_id=deal.pk, actor=people.ruoxi, words="去过了", action="再去", on=clock.today())
    deal.refresh_from_db()
    assert Note.objects.count() == 1 and deal.next_action == "再去"


def test_a_note_from_the_page_keeps_what_was_typed_when_it_is_refused(people: People, client_of: Browser) -> None:
    deal = make_deal(people)
    url = reverse("deals:jot", args=[deal.slug])
    given = {"text": "看过样机，压降偏大", "audience": "own", "action": "催数据", "on": "2020-01-01"}
    refused = client_of(people.ruoxi).post(url, given)
    assert refused.status_code == 422
    assert "看过样机，压降偏大" in refused.content.decode() and not Note.objects.exists()
    assert client_of(people.ruoxi).post(url, {**given, "on": "2099-01-01"}).status_code == 302
    assert client_of(people.ruoxi).post(url, {"audience": "own"}).status_code == 422


def test_the_same_note_sent_twice_is_one(people: People) -> None:
    deal = make_deal(people)
    for _ in range(2):
        add_note(deal_id=deal.pk, actor=people.ruoxi, words="重复", audience="all")
    assert Note.objects.count() == 1 == Entry.objects.filter(name="deals.note.added").count()


def test_strangers_write_nothing(people: People) -> None:
    deal = make_deal(people)
    before = Entry.objects.count()
    for stranger in (people.cang, people.qiao, people.stray):
        with pytest.raises(Forbidden):
            add_note(deal_id=deal.pk, actor=stranger, words="我也在", audience="all")
        with pytest.raises(Forbidden):
            add_meeting(deal_id=deal.pk, actor=stranger, at=clock.now(), place="某处", people="某人")
        with pytest.raises(Forbidden):
            add_file(deal_id=deal.pk, actor=stranger, upload=SimpleUploadedFile("a.txt", b"a"))
        with pytest.raises(Forbidden):
            add_member(deal_id=deal.pk, actor=stranger, name="某人", profession="lawyer")
    with pytest.raises(Forbidden):
        add_note(deal_id=deal.pk, actor=people.heng, words="冒充供方", audience="supplier")
    assert not Note.objects.exists() and not Meeting.objects.exists() and not DealFile.objects.exists()
    assert Entry.objects.count() == before


def test_files_are_measured_and_named_safely(people: People, settings: Any) -> None:
    deal = make_deal(people)
    settings.YINXIAN_UPLOAD_BYTES = 1000
    with pytest.raises(Invalid) as empty:
        add_file(deal_id=deal.pk, actor=people.lan, upload=SimpleUploadedFile("空.pdf", b""))
    with pytest.raises(Invalid) as large:
        add_file(deal_id=deal.pk, actor=people.lan, upload=SimpleUploadedFile("大.pdf", b"x" * 1001))
    assert (empty.value.code, large.value.code) == ("kernel.empty_file", "kernel.too_large")
    hostile = SimpleUploadedFile("x", b"\x00\xff binary")
    hostile._name = "..\\..\\<b>\u202egnp.exe"
    kept = add_file(deal_id=deal.pk, actor=people.lan, upload=hostile)
    assert "/" not in kept.name and "<" not in kept.name and "\u202e" not in kept.name
    again = SimpleUploadedFile("另一个名字.bin", b"\x00\xff binary")
    assert add_file(deal_id=deal.pk, actor=people.lan, upload=again) == kept


def test_typed_markup_is_shown_as_text(people: People, client_of: Browser) -> None:
    deal = make_deal(people)
    words = "<script>alert(1)</script>'; DROP TABLE deals; --"
    add_note(deal_id=deal.pk, actor=people.ruoxi, words=words, audience="all")
    add_member(deal_id=deal.pk, actor=people.ruoxi, name="<b>律师</b>", profession="lawyer")
    set_next(deal_id=deal.pk, action="<img src=x>", on=clock.today(), actor=people.ruoxi)
    text = page(client_of(people.lan), deal).content.decode()
    assert "<script>alert" not in text and "<b>律师</b>" not in text and "<img src=x>" not in text
    assert "&lt;script&gt;" in text


def test_a_lawyer_with_an_account_reads_what_their_side_reads(people: People, client_of: Browser) -> None:
    deal = make_deal(people)
    add_note(deal_id=deal.pk, actor=people.lan, words="供方内部意见", audience="own")
    given = {"name": "苍律师", "profession": "lawyer", "side": "supplier", "phone": "13800000007"}
    url = reverse("deals:add_member", args=[deal.slug])
    assert client_of(people.lan).post(url, {**given, "phone": "19999999999"}).status_code == 422
    assert client_of(people.lan).post(url, given).status_code == 302
    with pytest.raises(Conflict):
        add_member(
            deal_id=deal.pk, actor=people.lan, name="又", profession="lawyer", side="supplier", user_id=people.cang.pk
        )
    with pytest.raises(Forbidden):
        add_member(deal_id=deal.pk, actor=people.lan, name="又", profession="lawyer", side="buyer")
    assert "供方内部意见" in page(client_of(people.cang), deal).content.decode()
    member = TeamMember.objects.get(user=people.cang)
    with pytest.raises(Forbidden):
        remove_member(deal_id=deal.pk, member_id=member.pk, actor=people.heng)
    remove_member(deal_id=deal.pk, member_id=member.pk, actor=people.ruoxi)
    assert page(client_of(people.cang), deal).status_code == 404


def test_moving_from_the_page(people: People, client_of: Browser) -> None:
    deal = make_deal(people)
    url = reverse("deals:move", args=[deal.slug])
    assert client_of(people.ruoxi).post(url, {"to": "nda", "was": "introduced"}).status_code == 302
    late = client_of(people.ruoxi).post(url, {"to": "negotiating", "was": "introduced"})
    assert late.status_code == 422 and "保密" in late.content.decode()
    assert client_of(people.ruoxi).post(url, {"to": "completed", "was": "nda"}).status_code == 422
    assert client_of(people.heng).post(url, {"to": "negotiating", "was": "nda"}).status_code == 403
    deal.refresh_from_db()
    assert deal.state == "nda"


def test_who_may_not_do_a_thing_is_not_shown_its_form(people: People, client_of: Browser) -> None:
    deal = make_deal(people)
    for name in ("draft_contract", "register", "move"):
        assert page(client_of(people.heng), deal, name).status_code == 403
    assert page(client_of(people.mingyuan), deal, "add_member").status_code == 403


def test_opening_from_the_introduction(people: People, client_of: Browser) -> None:
    introduction = make_introduction(people)
    url = reverse("deals:open_deal", args=[introduction.slug])
    assert client_of(people.ruoxi).get(url).status_code == 405
    assert client_of(people.stray).post(url).status_code == 404
    assert client_of(people.heng).post(url).status_code == 403
    assert not Deal.objects.exists()
    assert client_of(people.ruoxi).post(url).status_code == 302
    assert Deal.objects.count() == 1


def test_a_lead_is_noted_from_the_page_by_a_manager_only(people: People, client_of: Browser) -> None:
    from tests.deals.introducing import make_need, make_result

    need, result = make_need(people), make_result(people)
    url = reverse("deals:lead", args=[need.slug, result.slug])
    assert client_of(people.heng).post(url).status_code == 403
    assert not Deal.objects.exists()
    for _ in range(2):
        assert client_of(people.ruoxi).post(url, follow=True).status_code == 200
    lead = Deal.objects.get()
    assert lead.state == "lead" and page(client_of(people.heng), lead).status_code == 404
    text = client_of(people.ruoxi).get(reverse("deals:introduce", args=[need.slug, result.slug])).content.decode()
    assert url in text


def test_drafting_from_the_page_leads_to_the_form(people: People, client_of: Browser) -> None:
    deal = make_deal(people)
    url = reverse("deals:draft_contract", args=[deal.slug])
    sent = client_of(people.ruoxi).post(url, {"kind": "development:commissioned"})
    deal.refresh_from_db()
    assert deal.contract is not None
    assert sent.headers["Location"] == reverse("contracts:edit_contract", args=[deal.contract.slug])


def test_lists_sort_filter_and_export(people: People, client_of: Browser) -> None:
    make_signed(people)
    make_deal(people, tag="二")
    client = client_of(people.ruoxi)
    url = reverse("deals:deals")
    assert len(client.get(url).context["page"].object_list) == 2
    assert len(client.get(url, {"state": "signed"}).context["page"].object_list) == 1
    assert len(client.get(url, {"q": "消除二"}).context["page"].object_list) == 1
    assert client.get(url, {"sort": "amount"}).context["page"].object_list[0].state == "signed"
    assert client.get(url, {"sort": "'; --", "page": "x", "state": "none"}).status_code == 200
    book = openpyxl.load_workbook(BytesIO(client.get(url, {"export": "xlsx"}).content))
    assert book.active is not None and book.active.max_row == 3
    assert "480000.00" in client.get(url, {"export": "csv"}).content.decode("utf-8-sig")
    assert client_of(people.stray).get(url).context["page"].paginator.count == 0


def test_the_association_reads_outlines_only(people: People, client_of: Browser) -> None:
    deal = make_signed(people)
    text = client_of(people.qiao).get(reverse("deals:outlines")).content.decode()
    assert "技术开发合同" in text and "10–50" in text
    assert deal.title not in text and deal.number not in text and people.buyer.name not in text
    exported = client_of(people.qiao).get(reverse("deals:outlines"), {"export": "csv"}).content.decode("utf-8-sig")
    assert deal.title not in exported and people.buyer.name not in exported
    assert "技术开发合同" not in client_of(people.stray).get(reverse("deals:outlines")).content.decode()


def test_pages_make_the_same_number_of_queries_whatever_the_rows(
    people: People, client_of: Browser, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    deal = make_signed(people)
    client = client_of(people.ruoxi)
    urls = (reverse("deals:deals"), reverse("deals:board"), reverse("deals:deal", args=[deal.slug]))

    def counts() -> list[int]:
        found = []
        for url in urls:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(url).status_code == 200
            found.append(len(queries))
        return found

    first = counts()
    for number in range(12):
        add_note(deal_id=deal.pk, actor=people.ruoxi, words=f"第{number}条", audience="all")
        another = open_deal(make_introduction(people, tag=str(number)).pk, people.ruoxi)
        if number % 2:
            make_contract(people, move_deal(deal_id=another.pk, to="negotiating", actor=people.ruoxi))
    second = counts()
    assert second[0] == first[0] and second[2] == first[2]
    assert second[1] <= first[1] + 2, "one query a column that has deals"
