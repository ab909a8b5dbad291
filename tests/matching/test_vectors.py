"""A dense model in the product's own match: vectors kept in step by the worker, counted, shown, and done without."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from tests.matching.small_model import Misbehaving, make_model, serve
from tests.matching.world import Market
from tests.world import People
from yinxian import journal
from yinxian.cli.commands import match as command
from yinxian.cli.soundness import vectors as line
from yinxian.journal.operations.work import drain
from yinxian.market import search
from yinxian.market.models import Result
from yinxian.matching.engine.dense import NoModel, unit_rows
from yinxian.matching.engine.vectors import Vectors
from yinxian.matching.engine.wanted import Wanted
from yinxian.matching.engine.weights import PRIOR
from yinxian.matching.operations.vectors import keep_vectors
from yinxian.matching.queries import dense, match_need, match_result, why
from yinxian.matching.queries.index import ask
from yinxian.matching.queries.ranking import rank_need

SAYINGS = ["一氧化碳催化烟道热水器室温低温", "铜锰催化剂消除一氧化碳", "海水腐蚀密封泵", "燃烧室回火大风热水器"]


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path, market: Market) -> Iterator[Any]:
    """A data folder of its own, with the index in it; nothing that failed before counts."""
    settings.YINXIAN_DATA = tmp_path / "data"
    search.reindex()
    dense.fault_of.cache_clear()
    yield settings
    dense.fault_of.cache_clear()


@pytest.fixture
def model(own_folder: Any, tmp_path: Path) -> Any:
    """A small real model in a folder; the worker has made the vectors."""
    own_folder.YINXIAN_DENSE = str(make_model(tmp_path / "model", SAYINGS, characters=True))
    drain()
    return own_folder


@pytest.fixture
def server() -> Iterator[str]:
    with serve() as address:
        yield address


@pytest.fixture
def endpoint(own_folder: Any, server: str) -> Any:
    """An endpoint whose vectors say how much a text speaks of pumps and of flues."""
    own_folder.YINXIAN_DENSE, own_folder.YINXIAN_DENSE_SECONDS = f"{server}/topics", 2.0
    own_folder.YINXIAN_DENSE_KEY = "secret"
    drain()
    return own_folder


def parts(found: Any) -> dict[str, float | None]:
    return {match.listing.slug: match.signals.points.get("dense") for match in [*found.matches, *found.related]}


@pytest.mark.django_db
def test_without_a_model_nothing_of_it_is_seen(market: Market, people: People) -> None:
    found = match_need(market.need, people.ruoxi)
    assert found.vectors == dense.OFF
    assert not any(parts(found).values())
    assert keep_vectors() == 0
    assert line()[0]


@pytest.mark.django_db
def test_a_model_counts_as_a_part_of_its_own_and_says_so(
    model: Any, market: Market, people: People, client_of: Any
) -> None:
    found = match_need(market.need, people.ruoxi)
    assert found.vectors == dense.USED
    given = {slug: points for slug, points in parts(found).items() if points}
    assert len(given) > 1 and min(given.values()) < 0 < max(given.values())
    assert all(abs(points) <= 6 for points in given.values())
    one = why(market.need, market.ceria, people.ruoxi)
    assert one.signals.points["dense"] == given[market.ceria.slug]
    page = client_of(people.ruoxi).get(f"/needs/{market.need.slug}/match/{market.ceria.slug}/")
    assert "意思相近（语义模型）" in page.content.decode()
    other = match_result(market.ceria, people.ruoxi)
    assert other.vectors == dense.USED
    assert PRIOR["dense"] == 1


@pytest.mark.django_db
def test_confidential_words_reach_no_model(endpoint: Any, market: Market) -> None:
    sent = json.dumps(Misbehaving.seen, ensure_ascii=False)
    assert market.ceria.title in sent
    for secret in ("绝密", "铱钌", "13912345678", market.named.title):
        assert secret not in sent
    assert Misbehaving.seen[-1]["key"] == "Bearer secret"


@pytest.mark.django_db
def test_what_no_word_brings_up_is_found_by_the_model(endpoint: Any, market: Market, people: People) -> None:
    answer = ask(Wanted().in_words("烟道泵泵泵"), kind="result")
    only_near = [pk for pk, relevance in answer.relevance.items() if not relevance]
    assert max(answer.near.of, key=lambda pk: (answer.near.of[pk], -pk)) == market.pump.pk
    assert only_near and set(only_near) <= set(answer.near.of)
    narrowed = ask(Wanted().in_words("烟道泵泵泵"), kind="result", filters={"field": ["07"]})
    assert all(narrowed.relevance.values())


@pytest.mark.django_db
def test_the_worker_follows_changes_and_sends_only_what_changed(endpoint: Any, market: Market, people: People) -> None:
    sound, said = line()
    assert sound, said
    Misbehaving.seen.clear()
    journal.record("market.result.edited", actor=people.lan, subject=market.burner)  # nothing in its words
    drain()
    assert not [asked for asked in Misbehaving.seen if asked["input"] != ["引线"]]
    Result.objects.filter(pk=market.burner.pk).update(problem="烟" * 20)
    Result.objects.filter(pk=market.pump.pk).update(state=Result.State.WITHDRAWN)
    for changed in (market.burner, market.pump):
        journal.record("market.result.edited", actor=people.lan, subject=changed)
    drain()
    asked = [text for row in Misbehaving.seen for text in row["input"]]
    assert len(asked) == 1 and "烟烟烟" in asked[0]
    vectors = dense.vectors_of(dense.model_given())  # type: ignore[arg-type]  # there is one
    assert set(vectors.of("result", [market.burner.pk, market.pump.pk])) == {market.burner.pk}
    flue = unit_rows([[0, 1, 0.0]], 1)[0]
    nearest = [pk for pk, _ in vectors.nearest("result", flue, 10)]
    assert market.burner.pk == nearest[0] and market.pump.pk not in nearest
    assert line()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["error", "broken", "few", "uneven"])
def test_with_the_endpoint_gone_the_match_goes_on_and_says_so(
    endpoint: Any, market: Market, people: People, client_of: Any, server: str, how: str
) -> None:
    full = match_need(market.need, people.ruoxi)
    dense._asked.cache_clear()
    mark = dense.model_given()
    assert mark is not None
    endpoint.YINXIAN_DENSE = f"{server}/{how}"
    dense.vectors_of(mark).path.rename(dense.vectors_of(dense.model_given()).path)  # type: ignore[arg-type]
    found = match_need(market.need, people.ruoxi)
    assert found.vectors == dense.WITHOUT and not any(parts(found).values())
    assert {match.listing.pk for match in found.matches} <= {
        match.listing.pk for match in [*full.matches, *full.related]
    }
    client: Client = client_of(people.ruoxi)
    for language, told in (("zh-hans", "语义模型这会儿用不上"), ("en", "semantic model")):
        client.cookies["django_language"] = language
        page = client.get(f"/needs/{market.need.slug}/match/")
        assert page.status_code == 200 and told in page.content.decode()
    assert client.get(f"/api/v1/matching/needs/{market.need.slug}/candidates").json()["vectors"] == "without"
    assert not line()[0]


@pytest.mark.django_db
def test_a_failing_endpoint_is_left_alone_for_a_while(
    own_folder: Any, market: Market, people: People, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_folder.YINXIAN_DENSE = f"{server}/error"
    Misbehaving.seen.clear()
    drain()
    asked = len(Misbehaving.seen)
    assert asked == 1
    match_need(market.need, people.ruoxi)
    keep_vectors()
    assert len(Misbehaving.seen) == asked
    own_folder.YINXIAN_DENSE = f"{server}/topics"
    later = time.monotonic() + dense.ALONE + 1
    monkeypatch.setattr(dense.time, "monotonic", lambda: later)
    drain()
    assert match_need(market.need, people.ruoxi).vectors == dense.USED


@pytest.mark.django_db
def test_a_folder_that_is_no_model_is_said_by_check_and_stops_no_match(
    own_folder: Any, market: Market, people: People, tmp_path: Path
) -> None:
    own_folder.YINXIAN_DENSE = str(tmp_path / "none")
    drain()
    assert match_need(market.need, people.ruoxi).matches
    sound, said = line()
    assert not sound and "none" in said


@pytest.mark.django_db
def test_the_command_says_when_it_went_without(
    endpoint: Any, market: Market, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], server: str
) -> None:
    for name in ("start", "prepare_data", "migrate"):
        monkeypatch.setattr(command, name, lambda *_given: None)
    made = argparse.ArgumentParser()
    command.arguments(made)
    assert command.run(made.parse_args([market.need.slug, "--json"])) == 0
    told = capsys.readouterr()
    assert not told.err
    assert any("dense" in row["signals"] for row in json.loads(told.out))
    endpoint.YINXIAN_DENSE = f"{server}/error"
    assert command.run(made.parse_args([market.need.slug, "--json"])) == 0
    told = capsys.readouterr()
    assert told.err and json.loads(told.out)


def vectors_in_market() -> int:
    return dense.standing().listed


@pytest.mark.django_db
def test_another_model_under_the_same_address_makes_everything_anew(endpoint: Any, market: Market) -> None:
    model = dense.model_given()
    assert model is not None
    vectors = dense.vectors_of(model)
    vectors.tell("length", "7")
    assert not line()[0]
    drain()
    assert line()[0]
    assert vectors.counted()[0] == vectors_in_market()
    with pytest.raises(NoModel):
        vectors.put([(("result", 1), "x", np.ones(7, dtype=np.float32))], [], [])
    assert vectors.counted() == (0, 0)
    assert not line()[0]
    drain()
    assert line()[0]
    assert rank_need(market.need)[0].signals.points.get("dense")


@pytest.mark.django_db
def test_vectors_of_a_model_no_longer_used_are_dropped(endpoint: Any, market: Market, tmp_path: Path) -> None:
    endpoint.YINXIAN_DENSE = str(make_model(tmp_path / "other", SAYINGS, characters=True))
    drain()
    assert {path.name.split(".")[0] for path in dense.folder().iterdir()} == {dense.model_given().mark}  # type: ignore[union-attr]  # there is one


def test_above_a_size_a_graph_answers_with_what_came_after_it(tmp_path: Path) -> None:
    pytest.importorskip("faiss")
    rows = unit_rows(np.random.default_rng(5).normal(size=(300, 16)), 300)
    vectors, all_of_them = Vectors(tmp_path / "v.sqlite3", exact=100), Vectors(tmp_path / "v.sqlite3")
    vectors.put([(("result", pk), "d", row) for pk, row in enumerate(rows[:200], 1)], [], [])
    assert vectors.nearest("result", rows[0], 3) == []
    assert vectors.keep_graphs(["result", "need"]) == 1
    assert vectors.keep_graphs(["result"]) == 0
    vectors.put([(("result", 201), "d", rows[200])], [("result", 6)], [])
    for place in (0, 5, 200):
        exact = all_of_them.nearest("result", rows[place], 5)
        assert [pk for pk, _ in vectors.nearest("result", rows[place], 5)] == [pk for pk, _ in exact]
    assert 6 not in dict(vectors.nearest("result", rows[5], 50))
    vectors.put([(("result", pk), "d", row) for pk, row in enumerate(rows[201:], 202)], [], [])
    assert vectors.keep_graphs(["result"]) == 1
    assert len(list(tmp_path.glob("*.faiss"))) == 1
    assert vectors.nearest("result", rows[250], 1)[0][0] == 251


def test_rows_that_became_few_again_are_all_searched(tmp_path: Path) -> None:
    rows = unit_rows(np.random.default_rng(6).normal(size=(30, 8)), 30)
    vectors = Vectors(tmp_path / "v.sqlite3", exact=20)
    vectors.put([(("result", pk), "d", row) for pk, row in enumerate(rows, 1)], [], [])
    assert vectors.nearest("result", rows[0], 3) == []
    vectors.exact = 40
    vectors.put([], [("result", 30)], [])
    assert [pk for pk, _ in vectors.nearest("result", rows[3], 1)] == [4]
    assert len(vectors.nearest("result", rows[3], 50)) == 29


@pytest.mark.django_db
def test_before_the_worker_has_begun_everything_waits(own_folder: Any, server: str) -> None:
    own_folder.YINXIAN_DENSE = f"{server}/topics"
    found = dense.standing()
    assert found.listed and found.waiting == found.listed and not found.up_to_date
    assert not line()[0]
