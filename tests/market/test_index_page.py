"""The index's own page: how far a build is, since when, what to do when it stands still; and lists that never fail."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.test import Client

from tests.market.listings import make_need, make_result
from tests.world import People
from yinxian.kernel import clock, indexbuild
from yinxian.market import indexing
from yinxian.market.search import reindex

pytestmark = pytest.mark.django_db
PAGE = "/review/index/"


def begun(done: int = 300, total: int = 1200, minutes_ago: int = 0) -> None:
    """A build that has said how far it is; nobody is at it unless ``somebody_is_at_it``."""
    root = indexing.index().root
    root.mkdir(parents=True, exist_ok=True)
    state = {"name": "g9", "since": 0, "total": total, "done": 0, "after": None, "ready": False}
    (root / indexbuild.STATE).write_text(json.dumps(state))
    (root / indexbuild.SIGN).write_text(str(done))
    (root / indexbuild.LOCK).touch()
    at = clock.now().timestamp() - 60 * minutes_ago
    for name in (indexbuild.STATE, indexbuild.SIGN, indexbuild.LOCK):
        os.utime(root / name, (at, at))


@contextmanager
def somebody_is_at_it() -> Iterator[None]:
    with (indexing.index().root / indexbuild.LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def test_a_whole_index_says_so_and_one_that_lacks_texts_says_what_to_do(
    people: People, client_of: Callable[..., Client]
) -> None:
    make_result(people)
    reindex()
    client = client_of(people.qiao)
    page = client.get(PAGE)
    assert page.context["state"]["code"] == "whole" and "齐全" in page.content.decode()
    make_need(people)
    page = client.get(PAGE)
    assert page.context["state"]["code"] == "behind" and page.context["state"]["missing"] == 1
    assert "yinxian worker" in page.content.decode()


def test_a_build_says_how_far_it_is_and_since_when(people: People, client_of: Callable[..., Client]) -> None:
    make_result(people)
    reindex()
    begun()
    client = client_of(people.qiao)
    with somebody_is_at_it():
        text = client.get(PAGE).content.decode()
        fragment = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
        told = client.get("/api/v1/market/index").json()
    assert "正在重建" in text and "300 / 1,200 条（25%）" in text and "开始于" in text and "--rebuild" not in text
    assert "<html" not in fragment and "every 3s" in fragment
    assert (told["done"], told["total"], told["percent"], told["stopped"]) == (300, 1200, 25, False)


@pytest.mark.parametrize(("alive", "code"), [(True, "slow"), (False, "stopped")])
def test_a_build_that_stands_still_says_what_to_do(
    people: People, client_of: Callable[..., Client], alive: bool, code: str
) -> None:
    reindex()
    begun(minutes_ago=30)
    client = client_of(people.qiao)
    if alive:
        with somebody_is_at_it():
            page = client.get(PAGE)
    else:
        page = client.get(PAGE)
    assert page.context["state"]["code"] == code
    assert "yinxian index --rebuild" in page.content.decode()
    assert clock.now() - page.context["state"]["begun"] > dt.timedelta(minutes=29)


def test_the_page_is_for_reviewers(people: People, client_of: Callable[..., Client]) -> None:
    for other in (people.ruoxi, people.heng, people.stray):
        assert client_of(other).get(PAGE).status_code == 403
        assert client_of(other).get("/api/v1/market/index").status_code == 403
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize("how", ["missing", "damaged", "half built", "being built"])
def test_no_list_fails_while_there_is_no_whole_index(
    people: People, client_of: Callable[..., Client], how: str
) -> None:
    result, need = make_result(people), make_need(people)
    reindex()
    root = indexing.index().root
    if how == "missing":
        shutil.rmtree(root)
    if how == "damaged":
        for file in root.rglob("*.json"):
            file.write_bytes(b"\x00nothing")
    if how in ("half built", "being built"):
        begun()
    client = client_of(people.ruoxi)
    addresses = (
        "/results/", "/results/?q=一氧化碳", "/needs/?q=一氧化碳", "/search/?q=一氧化碳", "/searches/", "/matches/",
        f"/needs/{need.slug}/match/", f"/results/{result.slug}/match/", f"/needs/{need.slug}/alike/",
        "/results/export/csv/?q=一氧化碳",
    )  # fmt: skip
    if how == "being built":
        with somebody_is_at_it():
            answers = {address: client.get(address).status_code for address in addresses}
    else:
        answers = {address: client.get(address).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 200)
    assert client_of(people.qiao).get(PAGE).status_code == 200
