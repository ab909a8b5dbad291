"""Contacts stand nowhere before both sides have acknowledged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.deals.introducing import (
    BUYER_PHONE,
    CONTACTS,
    SUPPLIER_MAIL,
    SUPPLIER_PHONE,
    acknowledged,
    make_need,
    offered,
)
from tests.world import People
from yinxian.deals.models import Introduction
from yinxian.journal.models import Entry


def pages(introduction: Introduction) -> list[str]:
    at = reverse("deals:introduction", args=[introduction.slug])
    return [
        reverse("deals:introductions"),
        f"{reverse('deals:introductions')}?export=csv",
        at,
        f"{at}terms/",
        f"{at}receipt/",
        f"{at}receipt.json",
        "/api/v1/deals/introductions",
        f"/api/v1/deals/introductions/{introduction.slug}",
        f"/api/v1/deals/introductions/{introduction.slug}/receipt",
        f"/verify/?receipt={introduction.slug}",
    ]


def everything_said(browser: Client, introduction: Introduction) -> str:
    return "".join(browser.get(url).content.decode("utf-8", "replace") for url in pages(introduction))


def test_nobody_reads_a_contact_before_both_have_acknowledged(
    people: People, client_of: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        introduction = offered(people, need=make_need(people, manager=None))
        for user in (people.ruoxi, people.mingyuan, people.heng, people.lan, people.yuan, people.qiao, people.stray):
            text = everything_said(client_of(user), introduction)
            assert not any(contact in text for contact in CONTACTS), user.name
        assert not any(contact in everything_said(Client(), introduction) for contact in CONTACTS)
    spoken = " ".join(f"{record.getMessage()}" for record in caplog.records if record.name.startswith("yinxian"))
    journal = str(list(Entry.objects.values_list("data", flat=True)))
    assert not any(contact in spoken + journal for contact in CONTACTS)


def test_then_both_sides_and_the_manager_see_them_and_nobody_else(
    people: People, client_of: Callable[..., Client]
) -> None:
    introduction = acknowledged(people)
    for user, sees in (
        (people.ruoxi, True),
        (people.heng, True),
        (people.lan, True),
        (people.mingyuan, False),
        (people.yuan, False),
        (people.qiao, False),
        (people.stray, False),
    ):
        browser = client_of(user)
        page = browser.get(reverse("deals:introduction", args=[introduction.slug])).content.decode()
        api: Any = browser.get(f"/api/v1/deals/introductions/{introduction.slug}").json()
        for contact in (BUYER_PHONE, SUPPLIER_PHONE, SUPPLIER_MAIL):
            assert (contact in page) is sees, user.name
            assert (contact in str(api)) is sees, user.name
    receipt = introduction.receipt.document
    journal = str(list(Entry.objects.values_list("data", flat=True)))
    assert not any(contact in str(receipt) + journal for contact in CONTACTS)
