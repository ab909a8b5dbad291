"""`yinxian match --why` and `yinxian brief --model`, called as the command calls them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.market.listings import make_result
from tests.market.model_server import Model, serve
from tests.world import People
from yinxian.cli.commands import brief, match
from yinxian.cli.words import Stop
from yinxian.market import indexing
from yinxian.market.models import Need
from yinxian.market.operations.briefs import submit_need

WORDS = "水泥窑的滤袋三个月就破。希望寿命≥1年，粉尘≤10mg/m³。"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is started already: by the tests."""
    for command in (brief, match):
        monkeypatch.setattr(command, "start", lambda *_args, **_given: None)
    monkeypatch.setattr(match, "prepare_data", lambda _folder: None)
    monkeypatch.setattr(match, "migrate", lambda: None)


def options(command: Any, *words: str) -> argparse.Namespace:
    made = argparse.ArgumentParser()
    command.arguments(made)
    return made.parse_args(words)


@pytest.fixture
def need(people: People, settings: Any, tmp_path: Path) -> Need:
    settings.YINXIAN_DATA = tmp_path
    make_result(people)
    found = submit_need(
        owner_id=people.buyer.pk,
        actor=people.ruoxi,
        raw_words="热水器一氧化碳偏高，要求低于50ppm。",
        title="一氧化碳消除",
    )
    indexing.reindex()
    return found


@pytest.mark.django_db
def test_why_gives_the_parts_and_the_reasons_of_one_result(
    started: None, need: Need, people: People, capsys: pytest.CaptureFixture[str]
) -> None:
    result = make_result(people)
    indexing.reindex()
    assert match.run(options(match, need.slug, "--why", result.slug, "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["slug"] == result.slug and told["signals"] and told["reasons"]
    assert match.run(options(match, need.slug, "--why", result.slug)) == 0
    assert result.slug in capsys.readouterr().out


@pytest.mark.django_db
def test_why_wants_a_need_and_a_result_that_are_there(started: None, need: Need) -> None:
    with pytest.raises(Stop):
        match.run(options(match, need.slug, "--why", "R-none"))
    with pytest.raises(Stop):
        match.run(options(match, "-", "--why", "R-none"))


@pytest.fixture
def model(settings: Any) -> Iterator[Model]:
    with serve(Model()) as running:
        settings.YINXIAN_MODEL_URL, settings.YINXIAN_MODEL_KEY = running.url, ""
        settings.YINXIAN_MODEL_NAME, settings.YINXIAN_MODEL_SECONDS = "any", 0.5
        yield running


def test_a_model_drafts_and_when_it_fails_the_rules_do(
    started: None, model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "need.txt"
    path.write_text(WORDS, "utf-8")
    assert brief.run(options(brief, "--model", "--json", str(path))) == 0
    assert json.loads(capsys.readouterr().out)["problem"] == "滤袋三个月就破"
    model.mode = "prose"
    assert brief.run(options(brief, "--model", "--json", str(path))) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["indicators"] and told.err


def test_without_a_model_it_says_what_to_set(started: None, settings: Any, tmp_path: Path) -> None:
    settings.YINXIAN_MODEL_URL = ""
    with pytest.raises(Stop):
        brief.run(options(brief, "--model", str(tmp_path / "need.txt")))
