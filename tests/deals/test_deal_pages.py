"""Pages of deals: what each reader sees, what a form keeps, how many queries a page makes."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.deals.deal_world import make_deal, make_signed
from tests.world import People
from yinxian.deals.models import Deal
from yinxian.deals.operations.records import add_file, add_meeting, add_note
from yinxian.journal.models import Entry
from yinxian.kernel import clock

Browser = Callable[..., Client]


def page(client: Client, deal: Deal, name: str = "deal") -> Any:
    return client.get(reverse(f"deals:{name}", args=[deal.slug]))


def test_everyone_in_the_deal_opens_its_page_and_nobody_else_does(people: People, client_of: Browser) -> None:
    deal = make_signed(people)
    for inside in (people.ruoxi, people.mingyuan, people.heng, people.lan, people.yuan):
        shown = page(client_of(inside), deal)
        assert shown.status_code == 200
        assert deal.title in shown.content.decode()
    for outside in (people.cang, people.qiao, people.outsider, people.stray):
        for name in ("deal", "jot", "meeting", "add_file", "add_member", "move", "register", "draft_contract"):
            assert page(client_of(outside), deal, name).status_code == 404
        for fmt in ("json", "xlsx"):
            assert client_of(outside).get(reverse("deals:evidence", args=[deal.slug, fmt])).status_code == 404


def test_nobody_is_sent_to_sign_in(people: People) -> None:
    deal = make_deal(people)
    for url in (reverse("deals:deals"), reverse("deals:board"), reverse("deals:deal", args=[deal.slug])):
        assert Client().get(url).status_code == 302


def test_the_thread_stands_where_the_deal_stands(people: People, client_of: Browser) -> None:
    deal = make_signed(people)
    steps = page(client_of(people.ruoxi), deal).context["steps"]
    assert [step.state for step in steps] == ["done"] * 6 + ["now", "todo", "todo"]
    assert steps[1].note == "第1版已签认" and steps[5].note == "48.00 万元"


@pytest.mark.parametrize("state", [state.value for state in Deal.State])
def test_the_page_of_every_state_is_drawn(people: People, client_of: Browser, state: str) -> None:
    deal = make_signed(people)
    deal.state, deal.state_before = state, "performing"
    deal.save()
    for reader in (people.ruoxi, people.heng, people.lan):
        shown = page(client_of(reader), deal)
        assert shown.status_code == 200
        assert shown.content.decode().count("btn-primary") <= 1


def test_a_note_for_one_side_reaches_no_other(people: People, client_of: Browser) -> None:
    deal = make_deal(people)
    secret = {
        people.ruoxi: "经理人自己的底牌",
        people.heng: "需方最高能出五十万",
        people.lan: "供方最低三十万也做",
    }
    for author, words in secret.items():
        add_note(deal_id=deal.pk, actor=author, words=words, audience="own")
    add_note(deal_id=deal.pk, actor=people.heng, words="下周三看样机", audience="all")
    readers = {people.ruoxi: "manager", people.mingyuan: "manager", people.heng: "buyer", people.lan: "supplier"}
    own = {"manager": secret[people.ruoxi], "buyer": secret[people.heng], "supplier": secret[people.lan]}
    for reader, side in readers.items():
        client = client_of(reader)
        files = [client.get(reverse("deals:evidence", args=[deal.slug, "json"])).content.decode()]
        for text in (page(client, deal).content.decode(), *files):
            assert own[side] in text and "下周三看样机" in text
            assert not any(words in text for other, words in own.items() if other != side)
    told = Entry.objects.filter(name="deals.note.added").order_by("pk")
    assert [entry.organisations for entry in told][:3] == [[people.agency.pk], [people.buyer.pk], [people.supplier.pk]]
    assert not any(words in json.dumps(entry.body(), ensure_ascii=False) for entry in told for words in own.values())


def test_files_of_one_side_are_not_found_by_the_other(people: People, client_of: Browser) -> None:
    deal = make_deal(people)
    mine = add_file(deal_id=deal.pk, actor=people.heng, upload=SimpleUploadedFile("底价.txt", b"fifty"), audience="own")
    url = reverse("deals:file", args=[deal.slug, mine.slug])
    assert b"".join(client_of(people.heng).get(url).streaming_content) == b"fifty"
    for other in (people.lan, people.ruoxi, people.stray):
        assert client_of(other).get(url).status_code == 404
    assert "底价" not in page(client_of(people.lan), deal).content.decode()


def test_meetings_of_one_side_are_neither_told_nor_counted(people: People, client_of: Browser) -> None:
    deal = make_deal(people, state="negotiating")
    add_meeting(
        deal_id=deal.pk,
        actor=people.heng,
        at=clock.now(),
        place="内部会议室",
        people="周衡",
        minutes="先压价",
        audience="own",
    )
    inside, outside = page(client_of(people.heng), deal), page(client_of(people.lan), deal)
    assert "先压价" in inside.content.decode() and inside.context["steps"][4].note == "1次会面"
    assert "内部会议室" not in outside.content.decode() and outside.context["steps"][4].note == "洽谈"


def test_the_supplier_is_not_told_of_drafts_and_of_the_buyers_evidence(people: People, client_of: Browser) -> None:
    from django.db import transaction

    from yinxian import journal
    from yinxian.deals.operations.contracts import draft_deal_contract

    deal = make_deal(people)
    with transaction.atomic():
        journal.record("market.need.evidence_added", actor=people.ruoxi, subject=deal.need)
        journal.record("market.need.unheard_of", actor=people.ruoxi, subject=deal.need)
        journal.record("deals.introduction.proposed", actor=people.ruoxi, subject=deal.introduction)  # type: ignore[arg-type]
    draft_deal_contract(deal_id=deal.pk, kind="development", actor=people.ruoxi)
    for party in (people.lan, people.heng):
        text = page(client_of(party), deal).content.decode()
        assert "HT20" not in text and "分成" not in text and "技术开发合同" not in text
    assert "佐证" not in page(client_of(people.lan), deal).content.decode()
    assert "佐证" in page(client_of(people.heng), deal).content.decode()
    assert "分成" in page(client_of(people.mingyuan), deal).content.decode()


def test_the_story_names_what_happened_in_both_languages(people: People, client_of: Browser) -> None:
    deal = make_signed(people)
    client = client_of(people.ruoxi)
    assert "合同金额 48.00 万元" in page(client, deal).content.decode()
    client.cookies["django_language"] = "en"
    shown = page(client, deal)
    assert shown.status_code == 200 and shown.headers["Content-Language"] == "en"


def test_the_evidence_file_proves_its_entries(people: People, client_of: Browser, drain: Callable[[], None]) -> None:
    from yinxian.journal.operations.sealing import seal

    deal = make_signed(people)
    drain()
    seal()
    told = json.loads(client_of(people.heng).get(reverse("deals:evidence", args=[deal.slug, "json"])).content)
    assert told["number"] == deal.number and told["events"]
    assert all(event["inclusion"] and len(event["leaf"]) == 64 for event in told["events"])
    book = openpyxl.load_workbook(
        BytesIO(client_of(people.heng).get(reverse("deals:evidence", args=[deal.slug, "xlsx"])).content)
    )
    assert book.active is not None and book.active.max_row == len(told["events"]) + 1
    assert client_of(people.heng).get(reverse("deals:evidence", args=[deal.slug, "exe"])).status_code == 404


def test_who_reads_english_reads_a_persons_english_name(people: People, client_of: Browser) -> None:
    deal = make_signed(people)
    people.ruoxi.name_en = "Shen Ruoxi"
    people.ruoxi.save()
    for language, shown, other in (("en", "Shen Ruoxi", "沈若溪"), ("zh-hans", "沈若溪", "Shen Ruoxi")):
        browser = client_of(people.heng)
        browser.cookies["django_language"] = language
        for url in (reverse("deals:deals"), reverse("deals:deal", args=[deal.slug])):
            head = browser.get(url).content.decode().partition("<main")[2].partition('class="knots"')[0]
            assert shown in head and other not in head, url
