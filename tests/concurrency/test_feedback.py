"""Two at once on a brief's lines, on a model's draft, on an association's concept: one effect, the other is told."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.concurrency.races import at_once
from tests.world import make_people
from yinxian.kernel.errors import Conflict
from yinxian.market.operations.briefs import submit_need
from yinxian.market.operations.drafts import ask_draft
from yinxian.market.operations.feedback import take_out
from yinxian.matching.models import OwnConcept
from yinxian.matching.operations.concepts import Written, add_concept, edit_concept

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "滤袋三个月就破。希望寿命≥1年，粉尘≤10mg/m³。"


def test_of_two_who_take_out_a_line_at_once_one_is_told_and_one_line_is_gone() -> None:
    people = make_people()
    need = submit_need(owner_id=people.buyer.pk, actor=people.ruoxi, raw_words=WORDS)
    before = len(need.current_brief.content["indicators"])
    take = partial(take_out, need_id=need.pk, line="indicators", place=0, seen=1)
    outcomes = at_once(partial(take, actor=people.ruoxi), partial(take, actor=people.heng))
    assert sum(isinstance(one, Conflict) for one in outcomes) == 1, outcomes
    need.refresh_from_db()
    assert need.briefs.count() == 2
    assert len(need.briefs.order_by("-number")[0].content["indicators"]) == before - 1


def test_two_who_ask_for_a_draft_at_once_get_the_same_one(settings: Any) -> None:
    settings.YINXIAN_MODEL_URL, settings.YINXIAN_MODEL_NAME = "http://127.0.0.1:9/v1", "any"
    people = make_people()
    need = submit_need(owner_id=people.buyer.pk, actor=people.ruoxi, raw_words=WORDS)
    asked = at_once(*(partial(ask_draft, need_id=need.pk, actor=who) for who in (people.ruoxi, people.heng)))
    assert {one.pk for one in asked} == {need.drafts.get().pk}


def test_of_two_who_change_a_concept_at_once_one_is_told(settings: Any, tmp_path: Path) -> None:
    settings.YINXIAN_DATA = tmp_path
    people = make_people()
    concept = add_concept(
        association_id=people.association.pk, actor=people.qiao, written=Written(zh=("烟道插片",), en=("flue insert",))
    )
    change = partial(edit_concept, concept_id=concept.pk, actor=people.qiao, based_on=1)
    outcomes = at_once(
        partial(change, written=Written(zh=("烟道插片", "甲说法"), en=("flue insert",))),
        partial(change, written=Written(zh=("烟道插片", "乙说法"), en=("flue insert",))),
    )
    assert sum(isinstance(one, Conflict) for one in outcomes) == 1, outcomes
    assert OwnConcept.objects.get().version == 2
