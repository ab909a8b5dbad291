"""Two people at the same contract at the same moment; without the lock the same test shows the fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from tests.concurrency.races import Meeting, at_once
from tests.world import People
from yinxian.contracts.models import Approval, Contract
from yinxian.contracts.operations import approve_contract, fill_contract
from yinxian.contracts.operations import contracts as contract_operations
from yinxian.contracts.queries.contracts import missing
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict

pytestmark = pytest.mark.django_db(transaction=True)


def test_both_sides_approve_at_once_and_it_is_agreed_once(people: People, offered: Contract) -> None:
    outcomes = at_once(
        lambda: approve_contract(contract_id=offered.pk, actor=people.heng, revision=1),
        lambda: approve_contract(contract_id=offered.pk, actor=people.lan, revision=1),
    )
    assert not [found for found in outcomes if isinstance(found, Exception)]
    offered.refresh_from_db()
    assert offered.state == "agreed"
    assert Entry.objects.filter(name="contracts.contract.agreed").count() == 1


def test_one_side_twice_at_once_says_yes_once(people: People, offered: Contract) -> None:
    def yes() -> Contract:
        return approve_contract(contract_id=offered.pk, actor=people.heng, revision=1)

    outcomes = at_once(yes, yes)
    assert sum(isinstance(found, Conflict) for found in outcomes) == 1
    assert Approval.objects.count() == 1


def change(contract: Contract, people: People, title: str) -> Callable[[], Any]:
    return lambda: fill_contract(
        contract_id=contract.pk,
        actor=people.ruoxi,
        revision=1,
        title=title,
        sub_kind=contract.sub_kind,
        data=contract.data,
        amount_fen=contract.amount_fen,
    )


def test_two_changes_at_once_leave_one_and_tell_the_other(people: People, offered: Contract) -> None:
    outcomes = at_once(change(offered, people, "甲"), change(offered, people, "乙"))
    (refused,) = [found for found in outcomes if isinstance(found, Exception)]
    assert isinstance(refused, Conflict) and refused.code == "contracts.changed_meanwhile"
    offered.refresh_from_db()
    assert offered.revision == 2 and not missing(offered)


@pytest.mark.postgresql
def test_without_the_lock_the_second_change_is_told_nothing(
    people: People, offered: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: SQLite lets one writer in at a time, so only PostgreSQL can show it. The database still keeps the
    history in order, but with an error instead of a sentence."""
    monkeypatch.setattr(contract_operations, "locked", lambda pk: Contract.objects.get(pk=pk))
    Meeting().at(monkeypatch, contract_operations, "template_of")
    outcomes = at_once(change(offered, people, "甲"), change(offered, people, "乙"))
    (broken,) = [found for found in outcomes if isinstance(found, Exception)]
    assert isinstance(broken, IntegrityError)
