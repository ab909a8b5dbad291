"""Whatever is done to the books in whatever order, twice, by two workers: balances, sums, limits, once only."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.concurrency.races import at_once
from tests.settlement.books import Books as Opened
from tests.settlement.books import open_books
from tests.world import People, make_people
from yinxian.journal.models import Entry as JournalEntry
from yinxian.kernel import clock
from yinxian.kernel.errors import Refusal
from yinxian.settlement import operations as ledger
from yinxian.settlement.models import Account, Closing, Entry, Transaction
from yinxian.settlement.operations.releases import Release, release_many
from yinxian.settlement.queries.books import books_balance
from yinxian.settlement.queries.statements import statement
from yinxian.settlement.rules import Fee, Share, SplitRule

FEN = st.one_of(st.integers(1, 400), st.integers(-2, 0), st.sampled_from([10**15, 10**18]))
QUICK = settings(
    max_examples=20, stateful_step_count=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
START = dt.datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)


class Books(RuleBasedStateMachine):
    """The model beside the ledger: what must lie in escrow, what is frozen, what each key did."""

    people: People
    books: Opened
    days = examples = 0  # the calendar goes on from one example to the next, as closed periods do
    keys = Bundle("keys")
    frozen = Bundle("frozen")

    def __init__(self) -> None:
        super().__init__()
        self.held = self.kept = self.number = 0
        self.answers: dict[str, tuple[Any, Any]] = {}
        self.read: dict[dt.date, int] = {}
        type(self).examples += 1
        self.reference = f"M{type(self).examples}"

    @initialize()
    def open(self) -> None:
        """An escrow of its own in the one set of books, with a rule that has a cap."""
        with self.now():
            code = f"escrow:{self.reference}"
            self.escrow = ledger.open_account(code=code, name="托管户", owner_organisation=self.people.buyer)
            shares = (Share(self.books.manager.code, "沈若溪", 10_000),)
            fee = Fee(bp=1160, cap_fen=300)
            fixed = SplitRule(self.books.supplier.code, "江北理工大学", 10**6, fee=fee, shares=shares)
            ledger.fix_rule(reference=self.reference, rule=fixed, actor=self.people.ruoxi)

    def now(self) -> Any:
        return clock.at(START + dt.timedelta(days=self.days, minutes=self.number))

    def key(self) -> str:
        self.number += 1
        return f"{self.reference}-{self.number}"

    def attempt(self, key: str, act: Any) -> Any:
        """Do it; None when it is refused. What it did is what its key answers from now on."""
        with self.now():
            try:
                done = act()
            except Refusal:
                return None
        self.answers[key] = (act, done.pk)
        return done

    @rule(target=keys, amount=FEN)
    def fund(self, amount: int) -> str:
        key = self.key()
        given = {"reference": self.reference, "amount_fen": amount, "key": key, "actor": self.people.heng}
        done = self.attempt(key, lambda: ledger.receive(**given))
        assert (done is not None) == (0 < amount <= 10**15)
        self.held += amount if done else 0
        return key

    @rule(target=keys, amount=FEN)
    def release(self, amount: int) -> str:
        key = self.key()

        def act() -> Transaction:
            outcome = release_many([Release(self.reference, amount, key)], actor=self.people.heng)[0]
            if isinstance(outcome, Refusal):
                raise outcome
            return Transaction.objects.get(pk=outcome.pk)

        done = self.attempt(key, act)
        assert (done is not None) == (0 < amount <= self.held - self.kept)
        self.held -= amount if done else 0
        return key

    @rule(target=keys, amount=FEN)
    def refund(self, amount: int) -> str:
        key = self.key()
        given = {"reference": self.reference, "amount_fen": amount, "key": key, "actor": self.people.lan}
        done = self.attempt(key, lambda: ledger.refund(**given))
        assert (done is not None) == (0 < amount <= self.held - self.kept)
        self.held -= amount if done else 0
        return key

    @rule(target=frozen, amount=FEN)
    def dispute(self, amount: int) -> tuple[str, int]:
        key = self.key()
        with self.now():
            try:
                ledger.freeze(reference=self.reference, amount_fen=amount, key=key, actor=self.people.heng)
            except Refusal:
                assert not 0 < amount <= self.held - self.kept
                return key, 0
        self.kept += amount
        return key, amount

    @rule(one=consumes(frozen))
    def decide(self, one: tuple[str, int]) -> None:
        key, amount = one
        if amount:
            with self.now():
                ledger.unfreeze(key=key, actor=self.people.heng)
                with pytest.raises(Refusal):
                    ledger.unfreeze(key=key, actor=self.people.heng)
            self.kept -= amount

    @rule(key=keys)
    def reverse(self, key: str) -> None:
        """The opposite of anything that was posted; twice is refused."""
        found = Transaction.objects.filter(key=key).first()
        if found is None:
            return
        change = sum(found.entries.filter(account=self.escrow).values_list("amount", flat=True))
        with self.now():
            try:
                ledger.reverse(transaction_id=found.pk, key=f"r{key}", actor=self.people.heng)
            except Refusal:
                return
        if not self.answers.get(f"r{key}"):
            self.answers[f"r{key}"] = (None, found.pk)
            self.held -= change

    @rule(key=keys)
    def retry(self, key: str) -> None:
        """The same key and request again: the same transaction, and nothing moves."""
        if key in self.answers:
            act, pk = self.answers[key]
            before = Entry.objects.count(), JournalEntry.objects.count()
            with self.now():
                assert act().pk == pk
            assert (Entry.objects.count(), JournalEntry.objects.count()) == before

    @rule(key=keys, amount=st.integers(1, 50))
    def another_request_under_the_key(self, key: str, amount: int) -> None:
        if key in self.answers:
            legs = [ledger.Leg(self.books.bank.code, -amount), ledger.Leg(self.books.manager.code, amount)]
            with self.now(), pytest.raises(Refusal):
                ledger.post(key=key, kind="adjustment", legs=legs, actor=self.people.heng)

    @rule(days=st.integers(1, 3))
    def close(self, days: int) -> None:
        """A day passes; what was read of it is written down; the day before it is closed."""
        type(self).days += days
        with self.now():
            yesterday = clock.today() - dt.timedelta(days=1)
            self.read[yesterday] = self.held
            ledger.close_period(closed_to=yesterday, actor=self.people.qiao, key=self.key())
            with pytest.raises(Refusal):
                legs = [ledger.Leg(self.books.bank.code, -1), ledger.Leg(self.books.manager.code, 1)]
                ledger.post(key=self.key(), kind="adjustment", legs=legs, actor=None, booked_on=yesterday)

    @rule(amount=st.integers(1, 300))
    def two_workers(self, amount: int) -> None:
        """Two at once for the same money: as much goes as is there, and no more."""
        moment, free = START + dt.timedelta(days=self.days, minutes=self.number), self.held - self.kept

        def take(key: str) -> Transaction:
            with clock.at(moment):
                return ledger.refund(reference=self.reference, amount_fen=amount, key=key, actor=self.people.lan)

        one, two = self.key(), self.key()
        outcomes = at_once(lambda: take(one), lambda: take(two), lambda: take(one))
        done = {found.pk for found in outcomes if isinstance(found, Transaction)}
        assert all(isinstance(found, Transaction | Refusal) for found in outcomes), outcomes
        assert len(done) == min(2, free // amount)
        self.held -= amount * len(done)

    @invariant()
    def the_books_are_as_the_model_says(self) -> None:
        if not hasattr(self, "escrow"):
            return
        escrow = Account.objects.get(pk=self.escrow.pk)
        assert (escrow.posted, escrow.min_balance) == (self.held, self.kept)
        assert sum(Account.objects.values_list("posted", flat=True)) == 0
        for day, held in self.read.items():
            assert statement(escrow, until=day).closing_fen == held


@pytest.mark.django_db(transaction=True)
def test_whatever_is_done_in_whatever_order_by_two_workers() -> None:
    """With real commits, so that a second connection takes part."""
    with clock.at(START):
        Books.people, Books.days, Books.examples = make_people(), 0, 0
        Books.books = open_books(Books.people)
    type(Books.people.qiao).objects.filter(pk=Books.people.qiao.pk).update(is_superuser=True)
    Books.people.qiao.refresh_from_db()
    run_state_machine_as_test(Books, settings=QUICK)
    assert Transaction.objects.count() > 5 and Closing.objects.exists(), "the machine hardly moved"
    assert books_balance() == []
    assert JournalEntry.objects.filter(name="settlement.transaction.posted").count() == Transaction.objects.count()
