"""A bank line booked by two at once becomes one payment; a statement handed in by two at once is taken once."""

from __future__ import annotations

from functools import partial

import pytest

from tests.concurrency.races import at_once
from tests.deals.milestone_world import planned_deal, step
from tests.settlement.statements_xml import OWN, camt
from tests.world import Role, make_people, person
from yinxian.deals.models import BankReceipt
from yinxian.deals.operations.banking import book_line
from yinxian.kernel.errors import Conflict
from yinxian.settlement.models import BankFile, BankLine
from yinxian.settlement.operations.banking import set_bank_account, take_statement
from yinxian.settlement.queries.books import books_balance

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_hand_in_and_book_the_same_have_one_effect() -> None:
    people = make_people()
    deal = planned_deal(people)
    deal.agency = people.agency
    deal.save()
    second = person("钱二", "13800000041", (people.agency, Role.ADMIN))
    bank = set_bank_account(
        organisation_id=people.agency.pk, actor=people.yuan, holder="中心", number=OWN, bank_name="工行"
    )
    data = camt([("96000.00", "2026-03-25", "R-1", "澜江暖能电器", "LJ-2026-0137")])
    both = (people.yuan, second)
    taken = at_once(
        *(partial(take_statement, bank_account_id=bank.pk, actor=who, data=data, name="a.xml") for who in both)
    )
    assert {one.pk for one in taken} == {BankFile.objects.get().pk}
    line = BankLine.objects.get()
    milestone = step(deal, 1)
    outcomes = at_once(*(partial(book_line, line_id=line.pk, milestone_id=milestone.pk, actor=who) for who in both))
    assert sorted(isinstance(one, Conflict) for one in outcomes) == [False, True]
    assert BankReceipt.objects.count() == 1 and books_balance() == []
