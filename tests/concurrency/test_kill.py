"""kill -9 in the middle of releases, fifty times: the books balance, nothing is paid twice, nothing by half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from tests.conftest import ROOT
from tests.deals.milestone_world import SIGNED, balance, signed_deal
from tests.world import make_people
from yinxian.deals.models import Deal, Milestone
from yinxian.deals.operations import milestones as verbs
from yinxian.journal.models import Entry
from yinxian.settlement.models import Account, Transaction
from yinxian.settlement.queries.books import books_balance
from yinxian.settlement.rules import Split

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 50
DEALS, PARTS = 2, 40
STATEMENTS = 60  # a release takes about thirty: each child is stopped somewhere in its first two


def address() -> str:
    """The test database as DATABASE_URL."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    who = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    return f"postgresql://{who}@{given['HOST']}:{given['PORT'] or 5432}/{given['NAME']}"


@pytest.fixture
def deals(frozen: Callable[[str], None]) -> list[Deal]:
    """Deals whose every milestone is paid for and delivered."""
    frozen("2026-06-25T09:42")
    people = make_people()
    made = []
    for number in range(DEALS):
        deal = signed_deal(people, number=f"LJ-{number}")
        verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=7000)
        lines = [verbs.Planned(f"第 {part} 段", 48_000_000 // PARTS) for part in range(PARTS)]
        for milestone in verbs.plan(deal_id=deal.pk, lines=lines, actor=people.ruoxi):
            verbs.record_payment(
                milestone_id=milestone.pk,
                amount_fen=milestone.amount_fen,
                number=f"HD-{milestone.pk}",
                paid_on=SIGNED,
                payer="澜江暖能电器",
                key=f"form-{milestone.pk}",
                actor=people.heng,
            )
        deal.milestones.update(state=Milestone.State.SUBMITTED)
        made.append(deal)
    return made


@pytest.fixture
def releaser(deals: list[Deal]) -> Iterator[subprocess.Popen[str]]:
    environment = {
        **os.environ,
        "DATABASE_URL": address(),
        "YINXIAN_MODE": "test",
        "YINXIAN_DATA": str(settings.YINXIAN_DATA),
        "DJANGO_SETTINGS_MODULE": "yinxian.config.settings",
    }
    command = [sys.executable, "-m", "tests.concurrency.releaser"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        yield process
        os.killpg(process.pid, signal.SIGKILL)  # whatever failed, nothing is left running


def kill_at(process: subprocess.Popen[str], statement: int) -> None:
    """Let a releaser run to a statement and kill it there (or, when negative, wherever it has got to)."""
    assert process.stdin and process.stdout
    process.stdin.write(f"{statement}\n")
    process.stdin.flush()
    said, pid = process.stdout.readline().split()
    assert said in ("here", "done"), said
    os.kill(int(pid), signal.SIGKILL)
    while (line := process.stdout.readline()) and not line.startswith("gone"):
        assert line.startswith("done")
    assert line == f"gone {signal.SIGKILL.value}\n"


def check() -> int:
    """Every milestone is wholly released or not at all; how many are."""
    assert books_balance() == []
    released = 0
    for milestone in Milestone.objects.select_related("deal"):
        payments = Transaction.objects.filter(key=f"release:{milestone.slug}").count()
        told = Entry.objects.filter(name="deals.milestone.released", subject_id=milestone.pk).count()
        done = milestone.state == Milestone.State.RELEASED
        assert (payments, told, bool(milestone.split)) == (done, done, done), milestone.pk
        released += done
    return released


def test_killed_fifty_times_in_the_middle_nothing_is_lost_or_paid_twice(
    deals: list[Deal], releaser: subprocess.Popen[str]
) -> None:
    chance = random.Random(20260625)
    released, progress = 0, 0
    for round_ in range(KILLS):
        statement = chance.randint(3, STATEMENTS)
        kill_at(releaser, statement if round_ % 2 else -statement)
        now = Milestone.objects.filter(state=Milestone.State.RELEASED).count()
        assert now >= released
        progress += now > released
        released = now
        if round_ % 10 == 9:
            assert check() == released
    assert progress > 5, "the kills never let a release through: they did not come in the middle"
    assert released < DEALS * PARTS, "everything was released before the last kill: make more milestones"
    kill_at(releaser, 10**9)  # the next one is left alone until all is done
    assert check() == DEALS * PARTS
    assert all(balance(f"escrow:{deal.slug}") == 0 for deal in deals)
    due: dict[str, int] = {}
    for content in Milestone.objects.values_list("split", flat=True):
        for line in Split.from_json(content or {}).lines:
            due[line.party] = due.get(line.party, 0) + line.amount_fen
    assert dict(Account.objects.filter(code__startswith="party:").values_list("code", "posted")) == due
    assert sum(due.values()) == DEALS * 48_000_000
