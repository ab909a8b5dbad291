"""The table of an import: sorted by worth, narrowed, exported; the best fit comes cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.market.listings import make_result
from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.market import indexing
from yinxian.market.models import ImportRun, Need
from yinxian.market.operations.briefs import new_version
from yinxian.market.operations.imports import preview_import, queue_import, run_import
from yinxian.market.operations.listings import record
from yinxian.market.operations.results import withdraw_result
from yinxian.matching.followers import find_best_fits, find_best_fits_again
from yinxian.matching.models import BestFit
from yinxian.matching.operations import keep_best_fits
from yinxian.matching.queries.best import stale_fits

LIST = (
    "需求编号,需求名称,需求内容\n"
    "1,平台,随着国家战略推进，本行业普遍面临共性问题，拟开展产业技术创新平台建设，需要资金支持。\n"
    "2,一氧化碳消除,热水器一氧化碳偏高，客户要求整改，每年损失30万元。目标：一氧化碳≤50ppm，预算50万元，6个月内完成。\n"
    "3,除尘,除尘\n"
)


@pytest.fixture
def run(people: People) -> ImportRun:
    made = preview_import(
        kind="needs", data=LIST.encode(), file_name="榜单.csv", owner_id=people.buyer.pk, actor=people.heng
    )
    queue_import(run_id=made.pk, actor=people.heng)
    return run_import(run_id=made.pk)


def test_a_plan_to_buy_comes_first_and_talk_last(
    people: People, run: ImportRun, client_of: Callable[..., Client]
) -> None:
    client = client_of(people.heng)
    rows = client.get(f"/import/{run.slug}/triage/").context["rows"]
    assert [row["need"].title for row in rows] == ["一氧化碳消除", "除尘", "平台"]
    assert [row["code"] for row in rows] == ["plan", "unclear", "common"]
    only = client.get(f"/import/{run.slug}/triage/?kind=plan&sort=vague").context["rows"]
    assert [row["need"].title for row in only] == ["一氧化碳消除"]
    assert client.get(f"/import/{run.slug}/triage/?kind=x&sort=x&page=99").status_code == 200


def test_it_can_be_taken_away_as_a_file(people: People, run: ImportRun, client_of: Callable[..., Client]) -> None:
    text = client_of(people.heng).get(f"/import/{run.slug}/triage/?export=csv").content.decode("utf-8-sig")
    assert text.splitlines()[1].split(",")[1] == "一氧化碳消除" and "写明了预算" in text


def test_the_best_fit_is_a_cell_of_its_own(people: People, run: ImportRun, client_of: Callable[..., Client]) -> None:
    make_result(people)
    need = Need.objects.get(title="一氧化碳消除")
    client = client_of(people.heng)
    assert f"/needs/{need.slug}/best-fit/" in client.get(f"/import/{run.slug}/triage/").content.decode()
    assert f"/needs/{need.slug}/match/" in client.get(f"/needs/{need.slug}/best-fit/").content.decode()


def test_others_do_not_see_the_run_or_the_needs(
    people: People, run: ImportRun, client_of: Callable[..., Client]
) -> None:
    need = Need.objects.get(title="一氧化碳消除")
    for other in (people.lan, people.stray):
        assert client_of(other).get(f"/import/{run.slug}/triage/").status_code == 404
        assert client_of(other).get(f"/needs/{need.slug}/best-fit/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_list(
    people: People,
    run: ImportRun,
    client_of: Callable[..., Client],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    client = client_of(people.heng)
    with django_assert_max_num_queries(20):
        client.get(f"/import/{run.slug}/triage/")


def test_the_list_is_sorted_by_the_fits_that_were_found_beforehand(
    people: People, run: ImportRun, client_of: Callable[..., Client], settings: Any, tmp_path: Path
) -> None:
    settings.YINXIAN_DATA = tmp_path
    make_result(people)
    indexing.reindex()
    client = client_of(people.heng)
    page = client.get(f"/import/{run.slug}/triage/?sort=fit")
    assert page.context["waiting"] == 3
    find_best_fits([Entry.objects.get(name="market.import.finished")])
    page = client.get(f"/import/{run.slug}/triage/?sort=fit")
    assert page.context["waiting"] == 0
    fits = [row["need"].best_fit.score for row in page.context["rows"]]
    assert fits == sorted(fits, reverse=True) and fits[0] > 0
    assert page.context["rows"][0]["need"].title == "一氧化碳消除"
    text = client.get(f"/import/{run.slug}/triage/?sort=fit&export=csv").content.decode("utf-8-sig")
    assert text.splitlines()[1].split(",")[-2] == str(fits[0])


def test_looking_twice_keeps_one_fit_a_need(people: People, run: ImportRun) -> None:
    make_result(people)
    needs = list(Need.objects.values_list("pk", flat=True))
    assert keep_best_fits(needs) == keep_best_fits(needs) == len(needs)
    assert BestFit.objects.count() == len(needs)


def test_the_list_is_sorted_by_what_speaks_for_and_what_against(
    people: People, run: ImportRun, client_of: Callable[..., Client]
) -> None:
    client = client_of(people.heng)
    speaks_for = client.get(f"/import/{run.slug}/triage/?sort=for").context["rows"]
    assert speaks_for[0]["need"].title == "一氧化碳消除"
    assert [row["need"].speaks_for for row in speaks_for] == sorted(
        (row["need"].speaks_for for row in speaks_for), reverse=True
    )
    against = client.get(f"/import/{run.slug}/triage/?sort=against").context["rows"]
    assert against[0]["need"].title == "平台" and against[0]["need"].speaks_against < -1
    for row in against:
        signs = row["need"].signs
        assert row["need"].speaks_for == sum(one["weight"] for one in signs if one["weight"] > 0)
        assert row["need"].speaks_against == sum(one["weight"] for one in signs if one["weight"] < 0)


def test_a_fit_that_is_known_is_not_looked_for_again(
    people: People, run: ImportRun, client_of: Callable[..., Client]
) -> None:
    shelf = make_result(people)
    need = Need.objects.get(title="一氧化碳消除")
    BestFit.objects.create(need=need, result=shelf, score=61)
    page = client_of(people.heng).get(f"/import/{run.slug}/triage/").content.decode()
    assert f"/needs/{need.slug}/best-fit/" not in page and shelf.title in page


def fit_of(title: str) -> BestFit:
    return BestFit.objects.select_related("result").get(need__title=title)


def test_a_better_result_a_brief_and_a_withdrawal_are_followed(
    people: People, run: ImportRun, settings: Any, tmp_path: Path, drain: Callable[[], None]
) -> None:
    settings.YINXIAN_DATA = tmp_path
    shelf = make_result(people)
    indexing.reindex()
    drain()
    assert fit_of("一氧化碳消除").result == shelf
    looked = fit_of("除尘").looked_at

    need = Need.objects.get(title="一氧化碳消除")
    brief = need.current_brief
    assert brief is not None
    before = fit_of(need.title).looked_at
    new_version(need_id=need.pk, actor=people.heng, content={**brief.content, "scene": "排烟口"}, seen=1)
    drain()
    assert fit_of(need.title).looked_at > before
    assert fit_of("除尘").looked_at == looked  # nothing that concerns it happened

    withdraw_result(result_id=shelf.pk, actor=people.lan)
    drain()
    assert fit_of(need.title).result is None


def test_needs_that_stand_in_no_index_are_looked_at_by_day(
    people: People, run: ImportRun, settings: Any, tmp_path: Path
) -> None:
    settings.YINXIAN_DATA = tmp_path
    keep_best_fits(Need.objects.values_list("pk", flat=True))
    assert fit_of("一氧化碳消除").result is None
    shelf = make_result(people)
    indexing.reindex()
    assert stale_fits() == set()  # no result has changed, as far as the journal knows
    record("edited", shelf, people.lan)
    assert len(stale_fits()) == 3
    find_best_fits_again(clock.today())
    assert fit_of("一氧化碳消除").result == shelf and stale_fits() == set()
