"""Links without an account: used once, by the person they were sent to, in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse

from tests.deals.introducing import BUYER_PHONE, CONTACTS, SUPPLIER_PHONE, offered
from tests.world import People
from yinxian.deals.models import Acknowledgement, Introduction
from yinxian.deals.operations.acknowledgements import acknowledge, invite_side
from yinxian.deals.operations.introductions import withdraw_introduction
from yinxian.kernel import clock
from yinxian.network.models import SignedLink

AGREE = {"agree": "1", "name": "薛求真", "post": "技术部长"}


def invited(people: People, introduction: Introduction, side: str = "buyer", recipient: str = "薛求真") -> str:
    token = invite_side(introduction_id=introduction.pk, actor=people.ruoxi, side=side, recipient=recipient)
    return reverse("deals:invitation", args=[token])


def nothing_answered(introduction: Introduction) -> bool:
    return not Acknowledgement.objects.filter(introduction=introduction).exists()


def test_a_person_without_an_account_answers_on_the_page_behind_the_link(people: People) -> None:
    introduction, browser = offered(people), Client()
    url = invited(people, introduction)
    page = browser.get(url)
    text = page.content.decode()
    assert page.status_code == 200
    for shown in ("江北理工大学", "11.60%", "24 个月", "新材料", "江苏", "沈若溪"):
        assert shown in text
    assert not any(contact in text.replace("薛求真", "") for contact in CONTACTS)
    assert page["Referrer-Policy"] == "same-origin"
    assert browser.post(url, AGREE).status_code == 302
    answer = Acknowledgement.objects.get()
    assert (answer.side, answer.agreed, answer.name, answer.how) == ("buyer", True, "薛求真", "link")
    waiting = browser.get(url).content.decode()
    assert "等另一方答复" in waiting
    assert SUPPLIER_PHONE not in waiting


def test_after_both_the_used_links_show_contacts_and_give_the_receipt(people: People) -> None:
    introduction, browser = offered(people), Client()
    buyer, supplier = invited(people, introduction), invited(people, introduction, "supplier", "龚给力")
    assert browser.get(f"{buyer}receipt.json").status_code == 404
    browser.post(buyer, AGREE)
    browser.post(supplier, AGREE | {"name": "龚 给力", "post": "教授"})
    for url in (buyer, supplier):
        text = browser.get(url).content.decode()
        assert SUPPLIER_PHONE in text and BUYER_PHONE in text
        assert browser.get(f"{url}receipt.json").json()["statement"]["introduction"] == introduction.slug


def test_a_used_link_shows_contacts_for_a_week_and_no_longer(people: People) -> None:
    introduction, browser = offered(people), Client()
    buyer, supplier = invited(people, introduction), invited(people, introduction, "supplier", "龚给力")
    browser.post(buyer, AGREE)
    browser.post(supplier, AGREE | {"name": "龚 给力", "post": "教授"})
    assert "之后这个链接不再显示联系方式" in browser.get(buyer).content.decode()
    with clock.at(clock.now() + dt.timedelta(days=8)):
        late = browser.get(buyer)
        assert late.status_code == 409 and "不再显示联系方式" in late.content.decode()
        assert not any(contact in late.content.decode() for contact in CONTACTS)
        assert browser.get(f"{buyer}receipt.json").status_code == 409


def test_a_link_answered_long_ago_is_read_when_the_other_side_answers_late(people: People) -> None:
    introduction, browser = offered(people), Client()
    buyer = invited(people, introduction)
    browser.post(buyer, AGREE)
    SignedLink.objects.update(expires_at=clock.now() - dt.timedelta(days=1))
    assert browser.get(buyer).status_code == 409
    supplier = invited(people, introduction, "supplier", "龚给力")
    browser.post(supplier, AGREE | {"name": "龚 给力", "post": "教授"})
    assert SUPPLIER_PHONE in browser.get(buyer).content.decode()


def test_the_manager_is_warned_when_a_side_has_no_contact(people: People, client_of: Callable[..., Client]) -> None:
    introduction = offered(people)
    url = reverse("deals:introduction", args=[introduction.slug])
    assert "看不到怎样联系" not in client_of(people.ruoxi).get(url).content.decode()
    introduction.result.__class__.objects.update(contact_phone="", contact_email="")
    assert "需方看不到怎样联系供方" in client_of(people.ruoxi).get(url).content.decode()
    assert "看不到怎样联系" not in client_of(people.heng).get(url).content.decode()


def test_a_link_is_used_once(people: People) -> None:
    introduction, browser = offered(people), Client()
    url = invited(people, introduction)
    browser.post(url, AGREE)
    again = browser.post(url, {**AGREE, "decline": "1"})
    assert "已经用过" in again.content.decode()
    assert Acknowledgement.objects.get().agreed


def test_another_person_is_told_and_the_link_is_not_used_up(people: People) -> None:
    introduction, browser = offered(people), Client()
    url = invited(people, introduction)
    text = browser.post(url, {**AGREE, "name": "别的人"}).content.decode()
    assert "姓名不一致" in text
    assert 'value="别的人"' in text
    assert nothing_answered(introduction)
    assert SignedLink.objects.get().used_at is None
    nameless = browser.post(url, {"agree": "1", "name": "", "post": ""})
    assert nameless.status_code == 200 and nothing_answered(introduction)


def test_the_other_side_the_manager_and_a_share_holder_cannot_use_it(
    people: People, client_of: Callable[..., Client]
) -> None:
    introduction = offered(people)
    url = invited(people, introduction)
    for user, words in ((people.lan, "另一方"), (people.ruoxi, "有报酬"), (people.mingyuan, "有报酬")):
        assert words in client_of(user).post(url, AGREE).content.decode()
    assert nothing_answered(introduction)
    assert client_of(people.heng).post(url, AGREE).status_code == 302


def test_expired_replaced_withdrawn_and_unknown_links_say_so(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-11T10:00")
    introduction, browser = offered(people), Client()
    first = invited(people, introduction)
    second = invited(people, introduction)
    assert browser.get(first).status_code == 409
    assert "已被撤回" in browser.get(first).content.decode()
    assert browser.get(second).status_code == 200
    frozen("2026-03-26T10:00")
    assert "已过期" in browser.get(second).content.decode()
    assert browser.post(second, AGREE).status_code == 409
    third = invited(people, introduction)
    withdraw_introduction(introduction_id=introduction.pk, actor=people.ruoxi)
    assert browser.post(third, AGREE).status_code == 409
    assert browser.get("/i/not-a-token/").status_code == 409
    assert browser.get(f"/i/{'x' * 5000}/").status_code == 409
    assert nothing_answered(introduction)


def test_a_link_after_a_colleague_answered_is_no_longer_needed(people: People) -> None:
    introduction, browser = offered(people), Client()
    url = invited(people, introduction)
    acknowledge(introduction_id=introduction.pk, side="buyer", agreed=True, post="部长", actor=people.heng)
    assert "已有人答复过" in browser.get(url).content.decode()
    assert "已经有人答复过" in browser.post(url, AGREE).content.decode()
    assert Acknowledgement.objects.get().user == people.heng
    acknowledge(introduction_id=introduction.pk, side="supplier", agreed=True, post="处长", actor=people.lan)
    assert SUPPLIER_PHONE not in browser.get(url).content.decode()


def test_the_link_is_shown_once_and_only_its_hash_is_kept(people: People, client_of: Callable[..., Client]) -> None:
    introduction, manager = offered(people), client_of(people.ruoxi)
    page = manager.post(
        reverse("deals:introduction_invite", args=[introduction.slug, "buyer"]), {"buyer-recipient": "薛求真"}
    ).content.decode()
    url = page.split('id="link">')[1].split("<")[0]
    token = urlsplit(url).path.strip("/").split("/")[1]
    assert Client().get(urlsplit(url).path).status_code == 200
    assert "data:image/svg+xml" in page
    assert token not in str(list(SignedLink.objects.values()))
    assert token not in manager.get(reverse("deals:introduction", args=[introduction.slug])).content.decode()
    stranger = client_of(people.heng).post(
        reverse("deals:introduction_invite", args=[introduction.slug, "buyer"]), {"buyer-recipient": "我自己"}
    )
    assert stranger.status_code in (403, 422)
    assert SignedLink.objects.count() == 1
