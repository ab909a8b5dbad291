"""Many listings are read by processes of their own: the same texts and tokens, in the same order."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.market.listings import make_need, make_result
from tests.world import make_people
from yinxian.kernel import indexbuild
from yinxian.kernel.tokenisers import with_streams
from yinxian.market import indexing, indextexts
from yinxian.market.models import Result


@pytest.mark.django_db(transaction=True)
def test_read_apart_they_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert indextexts.can_be_read_apart(), "the tests' database is one that other processes can open"
    with transaction.atomic():
        people = make_people()
        for number in range(25):
            make_result(people, title=f"成果 {number}", confidence="named" if number % 7 == 3 else "network")
        make_need(people)
    monkeypatch.setattr(indextexts, "PART", 4)
    here = list(with_streams(indextexts.texts_after(None)))
    with indextexts.read_apart(None) as given:
        there = list(given)
    assert len(here) == 25 - 4 + 1
    assert [(text.kind, text.pk, list(text.facets), streams) for text, streams in here] == [
        (text.kind, text.pk, list(text.facets), streams) for text, streams in there
    ]
    middle = (here[9][0].kind, here[9][0].pk)
    with indextexts.read_apart(middle) as given:
        assert [text.pk for text, _ in given] == [text.pk for text, _ in here[10:]]


@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_read_apart_finds_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        people = make_people()
        made = [make_result(people, title=f"第{number}种铈锆固溶体") for number in range(30)]
    monkeypatch.setattr(indexbuild, "MANY", 10)
    monkeypatch.setattr(indextexts, "PART", 7)
    assert indexing.reindex() == 30
    found = indexing.index().search(["铈"], network=True, kinds=["result"], limit=50)
    assert (
        {hit.pk for hit in found.hits} == {one.pk for one in made} == set(Result.objects.values_list("pk", flat=True))
    )
