"""Levels, what they ask, and the facts that count."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from tests.world import People
from yinxian import journal
from yinxian.credentials.models import Level, LevelVersion, Proof
from yinxian.credentials.operations.levels import create_level, edit_level, retire_level, take_standard_levels
from yinxian.credentials.operations.proofs import record_proof, withdraw_proofs
from yinxian.credentials.queries.levels import current_version, facts_of, levels_of
from yinxian.credentials.requirements import all_met, answers
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid


def fact(people: People, **data: Any) -> Entry:
    with transaction.atomic():
        return journal.record("tests.fact", actor=None, subject=people.ruoxi, data=data)


def test_the_standard_ladder_leaves_open_what_nobody_has_published(people: People) -> None:
    made = take_standard_levels(association_id=people.association.pk, actor=people.qiao)
    assert [level.name for level in levels_of(people.association)] == [level.name for level in made]
    asked = current_version(made[0]).requirements
    assert [line["at_least"] for line in asked if line["kind"] == "hours"] == [None] * 4
    with pytest.raises(Conflict):
        take_standard_levels(association_id=people.association.pk, actor=people.qiao)
    assert Level.objects.count() == 3


def test_a_stranger_edits_nothing(people: People) -> None:
    with pytest.raises(Forbidden):
        take_standard_levels(association_id=people.association.pk, actor=people.ruoxi)
    level = take_standard_levels(association_id=people.association.pk, actor=people.qiao)[0]
    with pytest.raises(Forbidden):
        edit_level(level_id=level.pk, actor=people.heng, values={}, based_on=1)
    with pytest.raises(Forbidden):
        retire_level(level_id=level.pk, actor=people.heng)
    assert LevelVersion.objects.filter(level=level).count() == 1
    assert not Level.objects.get(pk=level.pk).retired_at


def test_an_edit_is_a_new_version_and_two_at_once_are_told(people: People) -> None:
    level = create_level(
        association_id=people.association.pk, actor=people.qiao, values={"name": "低空经济专员", "rank": 1}
    )
    asked = {"requirements": [{"kind": "hours", "name": "skills", "at_least": 24}], "valid_months": 36}
    edit_level(level_id=level.pk, actor=people.qiao, values=asked, based_on=1)
    with pytest.raises(Conflict) as refused:
        edit_level(level_id=level.pk, actor=people.qiao, values=asked, based_on=1)
    assert "2" in refused.value.sentence
    assert [version.number for version in level.versions.all()] == [2, 1]
    assert level.versions.get(number=1).requirements == []


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "wishes", "at_least": 1},
        {"kind": "hours", "name": "cooking", "at_least": 1},
        {"kind": "exam", "at_least": -1},
        {"kind": "exam", "at_least": 10**30},
        {"kind": "exam", "at_least": True},
        {"kind": "exam", "at_least": "60"},
        {"kind": "level", "name": "0", "at_least": 1},
    ],
)
def test_a_requirement_that_makes_no_sense_is_refused(people: People, line: dict[str, Any]) -> None:
    level = take_standard_levels(association_id=people.association.pk, actor=people.qiao)[0]
    with pytest.raises(Invalid):
        edit_level(level_id=level.pk, actor=people.qiao, values={"requirements": [line]}, based_on=1)
    assert level.versions.count() == 1


def test_facts_are_counted_once_in_the_units_of_the_requirement(people: People) -> None:
    hours, exam, deal = fact(people), fact(people), fact(people)
    level = take_standard_levels(association_id=people.association.pk, actor=people.qiao)[0]
    for _again in range(2):
        record_proof(user_id=people.ruoxi.pk, kind="hours", name="skills", amount=25 * 60 + 59, entry=hours, title="课")
    record_proof(user_id=people.ruoxi.pk, kind="exam", name=level.slug, amount=8250, entry=exam, title="考试")
    record_proof(user_id=people.ruoxi.pk, kind="contract", name="02", amount=48_000_000, entry=deal, title="合同")
    wanted = [
        {"kind": "hours", "name": "skills", "at_least": 24},
        {"kind": "hours", "name": "", "at_least": 26},
        {"kind": "exam", "name": "", "at_least": 82},
        {"kind": "contracts", "name": "", "at_least": 1},
        {"kind": "amount", "name": "", "at_least": 48_000_001},
        {"kind": "tracks", "name": "", "at_least": 1},
        {"kind": "internship", "name": "", "at_least": None},
        {"kind": "level", "name": "1", "at_least": 1},
    ]
    found = answers(wanted, facts_of(people.ruoxi), level=level.slug, held={})
    assert [answer.have for answer in found] == [25, 25, 82, 1, 48_000_000, 1, 0, 0]
    assert [answer.met for answer in found] == [True, False, True, True, False, True, True, False]
    assert [answer.missing for answer in found][4] == 1 and not all_met(found)
    assert found[0].by[0].entry == hours
    assert Entry.objects.filter(name="credentials.proof.recorded").count() == 3


def test_a_fact_that_is_undone_counts_no_more(people: People) -> None:
    signed, annulled = fact(people), fact(people)
    record_proof(user_id=people.ruoxi.pk, kind="contract", name="02", amount=100, entry=signed, title="合同")
    assert [withdraw_proofs(entry=signed, by=annulled), withdraw_proofs(entry=signed, by=annulled)] == [1, 0]
    assert not facts_of(people.ruoxi).exists()
    assert Proof.objects.get().withdrawn_by == annulled


@pytest.mark.parametrize(("kind", "name", "amount"), [("hours", "x", 1), ("luck", "", 1), ("exam", "", -1)])
def test_a_fact_of_no_known_kind_is_refused(people: People, kind: str, name: str, amount: int) -> None:
    with pytest.raises(Invalid):
        record_proof(user_id=people.ruoxi.pk, kind=kind, name=name, amount=amount, entry=fact(people), title="?")
    assert not Proof.objects.exists()
