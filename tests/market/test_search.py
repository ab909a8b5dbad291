"""The index: what is in it, who finds what, how it follows and how it is mended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from tests.market.listings import SECRETS, make_need, make_result
from tests.world import People
from yinxian import journal
from yinxian.cli.commands.index import show, standing_text
from yinxian.cli.soundness import index as index_line
from yinxian.market import indexing, search
from yinxian.market.models import Result
from yinxian.market.search import reindex

pytestmark = pytest.mark.django_db


def found(query: str, network: bool = True, **more: object) -> set[tuple[str, int]]:
    return {(hit.kind, hit.pk) for hit in search.search(query, reader_network=network, **more).hits}  # type: ignore[arg-type]


def test_traditional_and_simplified_find_the_same(people: People) -> None:
    result, need = make_result(people), make_need(people)
    reindex()
    both = {("result", result.pk), ("need", need.pk)}
    assert found("一氧化碳") == both
    assert found("燃氣熱水器") == found("燃气热水器") == {("need", need.pk)}


def test_full_text_is_for_the_network_and_teasers_for_all(people: People) -> None:
    result = make_result(people)
    reindex()
    assert found("铈锆固溶体") == {("result", result.pk)}
    assert found("铈锆固溶体", network=False) == set()
    assert found("催化材料", network=False) == {("result", result.pk)}


@pytest.mark.parametrize("secret", SECRETS)
def test_confidential_words_are_in_no_stream(people: People, secret: str) -> None:
    make_result(people)
    make_need(people)
    reindex()
    for network in (True, False):
        assert search.search(secret, reader_network=network, every=True).total == 0


def test_listing_for_the_network_has_no_public_words_and_for_named_none_at_all(people: People) -> None:
    inner = make_result(people, confidence="network")
    make_result(people, confidence="named")
    reindex()
    assert found("一氧化碳", network=False) == set()
    assert found("一氧化碳") == {("result", inner.pk)}


def test_filters_and_kinds_narrow(people: People) -> None:
    result = make_result(people)
    other = make_result(people, field="05", region="370000", modes=["assignment"], trl=3)
    make_need(people)
    reindex()
    assert found("一氧化碳", kinds=["result"], filters={"field": ["05"]}) == {("result", other.pk)}
    assert found("一氧化碳", kinds=["result"], filters={"region": ["33"], "mode": ["licence", "joint"]}) == {
        ("result", result.pk)
    }
    assert found("一氧化碳", kinds=["result"], filters={"trl": ["3", "6"]}) == {
        ("result", result.pk),
        ("result", other.pk),
    }


def test_follower_puts_in_and_takes_out(people: People, drain: Callable[[], None]) -> None:
    result = make_result(people)
    with transaction.atomic():
        journal.record("market.result.published", actor=people.qiao, subject=result)
    drain()
    assert found("一氧化碳") == {("result", result.pk)}
    Result.objects.filter(pk=result.pk).update(state="withdrawn")
    with transaction.atomic():
        journal.record("market.result.withdrawn", actor=people.lan, subject=result)
    drain()
    assert found("一氧化碳") == set()


def test_missing_or_damaged_index_answers_nothing_and_is_made_anew(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    result = make_result(people)
    assert found("一氧化碳") == set()
    assert "cannot be read" in caplog.text
    search.update([])
    assert found("一氧化碳") == {("result", result.pk)}
    (search.index().folder / "meta.json").write_text("damaged")
    assert found("一氧化碳") == set()
    search.update([("result", result.pk)])
    assert found("一氧化碳") == {("result", result.pk)}


@pytest.mark.parametrize(
    "query", ["", " ", "\x00", "\u200b", "' OR 1=1 --", "<script>", "😀", "a" * 5000, "碳" * 200_000]
)
def test_hostile_queries_answer(people: People, query: str) -> None:
    make_result(people)
    reindex()
    assert search.search(query, reader_network=True).total in (0, 1)


def test_daily_check_mends_what_is_missing_or_damaged(people: People) -> None:
    assert search.mend() == 0
    make_result(people)
    assert search.mend() == 1
    assert search.mend() == 0
    (search.index().folder / "meta.json").write_text("damaged")
    assert search.mend() == 1


def test_standing_says_how_far_a_build_is(people: People, capsys: pytest.CaptureFixture[str]) -> None:
    make_result(people)
    make_result(people, confidence="named")
    assert indexing.standing() == indexing.Standing(0, 1, sound=False)
    seen: list[indexing.Standing] = []
    indexing.reindex(lambda progress: (show(progress), seen.append(indexing.standing())))
    (going,) = seen
    assert (going.texts, going.in_database, going.sound) == (0, 1, True), "somebody is at it"
    assert (going.building, going.stopped, going.done, going.total) == (True, False, 1, 1)
    assert going.begun is not None and going.moved is not None and going.begun <= going.moved
    assert "1" in capsys.readouterr().err
    assert indexing.standing() == indexing.Standing(1, 1, sound=True)
    assert index_line() == (True, standing_text(indexing.standing()))


def test_many_changes_are_written_in_parts_and_more_than_a_quarter_anew(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make_result(people, title=f"编号{number}") for number in range(5)]
    reindex()
    monkeypatch.setattr(indexing, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(indexing, "CHUNK", 2)
    Result.objects.filter(pk=made[0].pk).update(state="withdrawn")
    generation = search.index().current
    assert search.update([("result", one.pk) for one in made]) == 4
    assert search.index().current != generation and search.index().count() == 4
    monkeypatch.setattr(indexing, "MOST_AT_ONCE", 100)
    generation = search.index().current
    assert search.update([("result", one.pk) for one in made]) == 4
    assert search.index().current == generation and search.index().count() == 4
