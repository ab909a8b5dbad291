"""Dense vectors: a small real model made here as sentence-transformers keeps it, and an endpoint that misbehaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.matching.small_model import Misbehaving, make_model, serve
from yinxian.matching.engine.dense import Endpoint, Nearest, NoModel, encoder_at, unit_rows

THINGS = ["热泵 干燥 污泥", "污泥 脱水 干燥", "果蔬 保鲜 冷链", "保鲜 膜 果蔬", "轴承 润滑 脂", "润滑 油 轴承"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("model"), THINGS)


def test_a_folder_by_path_puts_the_same_matter_first(folder: Path) -> None:
    encoder = encoder_at(str(folder))
    rows = encoder.encode(THINGS)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    nearest = Nearest(rows).search(encoder.encode(["干燥 污泥"])[0], 2)
    assert {place for place, _ in nearest} == {0, 1}
    assert encoder.encode(["", "从未见过"]).shape == (2, 4)


def test_what_is_no_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoModel):
        encoder_at(str(tmp_path / "none"))
    (tmp_path / "modules.json").write_text('[{"type": "sentence_transformers.models.StaticEmbedding"}]')
    with pytest.raises(NoModel):
        encoder_at(str(tmp_path))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serve() as address:
        yield address


def test_an_endpoint_is_asked_in_batches_and_its_order_is_put_right(server: str) -> None:
    texts = ["字" * (n + 1) for n in range(70)]
    rows = encoder_at(f"{server}/well/", model="m", key="k").encode(texts)
    assert rows.shape == (70, 2)
    assert [round(float(row[0] / row[1])) for row in rows] == list(range(1, 71))
    assert [len(asked["input"]) for asked in Misbehaving.seen[-2:]] == [64, 6]
    assert Misbehaving.seen[-1]["key"] == "Bearer k"
    assert Endpoint(f"{server}/well").encode([]).shape[0] == 0


@pytest.mark.parametrize(
    "how", ["few", "twice", "words", "uneven", "endless", "other", "list", "broken", "error", "cut"]
)
def test_an_endpoint_that_misbehaves_gives_no_vectors(server: str, how: str) -> None:
    with pytest.raises(NoModel):
        Endpoint(f"{server}/{how}", seconds=2).encode(["一", "二", "三"])


def test_an_endpoint_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(NoModel):
        Endpoint("http://127.0.0.1:9", seconds=1).encode(["一"])


def test_faiss_above_a_size_finds_what_exact_search_finds() -> None:
    pytest.importorskip("faiss")
    rows = unit_rows(np.random.default_rng(3).normal(size=(600, 16)), 600)
    exact, quick = Nearest(rows), Nearest(rows, exact=100)
    both = [len({p for p, _ in exact.search(row, 5)} & {p for p, _ in quick.search(row, 5)}) for row in rows[:20]]
    assert sum(both) >= 95
    assert exact.search(rows[7], 1)[0][0] == 7
    assert Nearest(rows[:0]).search(rows[0], 3) == []


def test_a_shelf_with_a_model_ranks_by_it_too(folder: Path, tmp_path: Path) -> None:
    from yinxian.matching.engine.shelf import Paper, Shelf

    papers = [Paper(str(place), text) for place, text in enumerate(THINGS)]
    orders = []
    for name, encoder in (("with", encoder_at(str(folder))), ("without", None)):
        shelf = Shelf(tmp_path / name, papers, encoder=encoder)
        shelf.build()
        orders.append({one.key: one.score for one in shelf.rank("", "热泵 污泥", dt.date(2026, 1, 1))})
    assert orders[0].keys() == orders[1].keys()
    assert orders[0] != orders[1]
