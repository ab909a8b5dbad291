"""`yinxian settle` and `yinxian books`: a file of releases is stopped, goes on, and pays nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.settlement.books import REFERENCE, Books, open_books
from tests.world import People
from yinxian.deals.models import Deal
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.network.models import Membership
from yinxian.settlement.models import Account, RunFault, Transaction
from yinxian.settlement.models import Run as RunRow
from yinxian.settlement.operations import fix_rule, receive
from yinxian.settlement.operations.runs import begin_run, work_off
from yinxian.settlement.queries.books import books_balance
from yinxian.settlement.rules import Fee, Share, SplitRule

Act = Callable[[], object]


@pytest.fixture
def funded(people: People) -> Books:
    """1,000.00 yuan in an escrow with a rule; qiao is the association's treasurer as well."""
    books = open_books(people)
    shares = (Share(books.manager.code, "沈若溪", 10_000),)
    rule = SplitRule(books.supplier.code, "江北理工大学", 10**6, fee=Fee(bp=1000, cap_fen=250), shares=shares)
    fix_rule(reference=REFERENCE, rule=rule, actor=people.ruoxi)
    receive(reference=REFERENCE, amount_fen=100_000, key="in", actor=people.heng)
    Membership.objects.filter(user=people.qiao).update(role=Membership.Role.FINANCE)
    return books


NONSENSE = ["", "DTEST", "DTEST,0.005", "DTEST,-1", "DTEST,1e99", "DTEST,abc,x", "NOBODY,1", "DTEST,1000000,too much"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "releases.csv"
    rows = [f"{REFERENCE},10.00,第 {number} 笔" for number in range(20)]
    path.write_text("\n".join([*rows[:9], *NONSENSE, *rows[9:]]) + "\n", encoding="utf-8")
    return path


def test_a_file_is_stopped_goes_on_and_pays_nothing_twice(funded: Books, people: People, file: Path) -> None:
    told: list[int] = []

    def stop_after_the_second(run: RunRow) -> bool:
        told.append(run.done)
        return len(told) < 2

    begun = begin_run(path=file, actor=people.qiao)
    half = work_off(run=begun, path=file, actor=people.qiao, after=stop_after_the_second, piece=5)
    assert (half.done, told, half.finished_at) == (10, [5, 10], None)
    with pytest.raises(Conflict):  # another process that still thinks it stands at the beginning
        work_off(run=begun, path=file, actor=people.qiao, piece=5)
    again = begin_run(path=file, actor=people.qiao)
    assert again.pk == begun.pk
    done = work_off(run=again, path=file, actor=people.qiao, piece=5)
    assert (done.done, done.total, done.refused, done.released_fen) == (28, 28, 8, 20_000)
    assert done.finished_at is not None
    assert funded.balances() == [-100_000, 80_000, 19_750, 250], "the cap counts over all rows"
    assert Transaction.objects.filter(kind="escrow.release").count() == 20
    faults = dict(RunFault.objects.values_list("row", "code"))
    assert list(faults) == list(range(10, 18))
    assert faults[16] == "settlement.no_rule" and faults[17] == "settlement.insufficient"
    work_off(run=done, path=file, actor=people.qiao)
    assert funded.balances() == [-100_000, 80_000, 19_750, 250]
    assert books_balance() == []


def test_a_deals_own_money_and_other_people_are_refused(funded: Books, people: People, tmp_path: Path) -> None:
    from tests.deals.milestone_world import planned_deal

    deal: Deal = planned_deal(people)
    path = tmp_path / "deal.csv"
    path.write_text(f"{deal.slug},1.00\n")
    for who in (people.heng, people.ruoxi, people.stray):
        with pytest.raises(Forbidden):
            begin_run(path=path, actor=who)
    done = work_off(run=begin_run(path=path, actor=people.qiao), path=path, actor=people.qiao)
    assert (done.refused, RunFault.objects.get().code) == (1, "settlement.of_a_deal")
    assert Account.objects.get(code=f"escrow:{deal.slug}").posted == 0
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(Invalid):
        begin_run(path=tmp_path / "empty.csv", actor=people.qiao)


def test_the_commands_answer_in_one_sentence(run: Run, tmp_path: Path) -> None:
    for words in (
        ["settle", str(tmp_path / "nothing.csv"), "--as", "13800000001"],
        ["settle", str(tmp_path / "nothing.csv"), "--as", "1"],
        ["books", "--out", str(tmp_path)],
        ["books", "--out", "/proc/nothing/books"],
    ):
        done = run(*words)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    assert run("books").stdout.startswith('option "title"')
    assert run("books", "--format", "hledger", "--out", str(tmp_path / "b.journal")).returncode == 0
    assert "balances" in (tmp_path / "b.journal").read_text()
