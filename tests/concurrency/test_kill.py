"""kill -9 to the HTTP server in the middle of releases, fifty times: the books balance, nothing is paid twice,
nothing by half, and every answer that was given still holds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.concurrency.killing import Presser, Servers, pressing
from tests.conftest import ROOT
from tests.deals.milestone_world import SIGNED, balance, signed_deal
from tests.world import People, make_people, person
from yinxian.deals.models import Deal, Milestone
from yinxian.deals.operations import milestones as verbs
from yinxian.journal.models import Entry
from yinxian.network.models import Membership
from yinxian.network.operations.people import make_token
from yinxian.settlement.models import Account, Transaction
from yinxian.settlement.queries.books import books_balance
from yinxian.settlement.rules import Split

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 50
DEALS, PARTS = 2, 40
STATEMENTS = 80  # a release takes about forty: each server is killed somewhere in its first two


@pytest.fixture
def people(frozen: Callable[[str], None]) -> People:
    frozen("2026-06-25T09:42")
    return make_people()


def paid_deals(people: People, parts: int) -> list[Deal]:
    """Deals whose every milestone is paid for and delivered."""
    made = []
    for number in range(DEALS):
        deal = signed_deal(people, number=f"LJ-{number}")
        verbs.fix_split(deal_id=deal.pk, actor=people.lan, reward_bp=7000)
        lines = [verbs.Planned(f"第 {part} 段", 48_000_000 // parts) for part in range(parts)]
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


def two_who_release(people: People, port: int) -> list[Presser]:
    """Two people of the buyer who go through the same milestones at the same time."""
    second = person("赵会", "13800000020", (people.buyer, Membership.Role.FINANCE))
    slugs = list(Milestone.objects.order_by("position", "pk").values_list("slug", flat=True))
    return [Presser(port, make_token(actor=who, name="放款")[1], list(slugs)) for who in (people.heng, second)]


def halves() -> list[Milestone]:
    """Milestones that are neither wholly released (once) nor untouched."""
    found = []
    for milestone in Milestone.objects.select_related("deal"):
        payments = Transaction.objects.filter(key=f"release:{milestone.slug}").count()
        told = Entry.objects.filter(name="deals.milestone.released", subject_id=milestone.pk).count()
        done = milestone.state == Milestone.State.RELEASED
        if (payments, told, bool(milestone.split)) != (done, done, done):
            found.append(milestone)
    return found


def released() -> set[str]:
    return set(Milestone.objects.filter(state=Milestone.State.RELEASED).values_list("slug", flat=True))


def check_answers(pressers: list[Presser]) -> None:
    """What was answered is so: one of the two released a milestone, the other was told that it is done."""
    done = released()
    for presser in pressers:
        for slug, answer in presser.answers.items():
            assert slug in done
            assert answer in [(200, "released"), (409, "deals.already_released")]
    both = pressers[0].answers.keys() & pressers[1].answers.keys()
    for slug in both:
        assert sorted(presser.answers[slug][0] for presser in pressers) == [200, 409], slug


def test_killed_fifty_times_in_the_middle_nothing_is_lost_or_paid_twice(people: People) -> None:
    deals = paid_deals(people, PARTS)
    chance = random.Random(20260625)
    seen, progress = set[str](), 0
    with Servers() as servers:
        pressers = two_who_release(people, servers.port)
        for round_ in range(KILLS):
            statement = chance.randint(3, STATEMENTS)
            servers.start(statement if round_ % 2 else -statement)
            threads = pressing(pressers)
            servers.hear("here")
            servers.kill()
            for thread in threads:
                thread.join()
            now = released()
            assert now >= seen, "what was released is not released any more"
            progress += now > seen
            seen = now
            check_answers(pressers)
            if round_ % 10 == 9:
                assert (books_balance(), halves()) == ([], [])
        environment, port = servers.environment, servers.port
    assert progress > 5, "the kills never let a release through: they did not come in the middle"
    assert len(seen) < DEALS * PARTS, "everything was released before the last kill: make more milestones"
    finish(environment, port, pressers)
    assert (books_balance(), halves()) == ([], [])
    assert len(released()) == DEALS * PARTS
    assert all(balance(f"escrow:{deal.slug}") == 0 for deal in deals)
    due: dict[str, int] = {}
    for content in Milestone.objects.values_list("split", flat=True):
        for line in Split.from_json(content or {}).lines:
            due[line.party] = due.get(line.party, 0) + line.amount_fen
    assert dict(Account.objects.filter(code__startswith="party:").values_list("code", "posted")) == due
    assert sum(due.values()) == DEALS * 48_000_000


def finish(environment: dict[str, str], port: int, pressers: list[Presser]) -> None:
    """The command itself, with its worker, is left alone until all is done, and stopped as one stops it."""
    command = [sys.executable, "-m", "yinxian", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as served:
        try:
            for thread in pressing(pressers):
                thread.join()
            served.send_signal(signal.SIGINT)
            assert served.wait(60) == 0
        finally:
            if served.poll() is None:
                os.killpg(served.pid, signal.SIGKILL)
    assert not any(presser.left for presser in pressers)
    check_answers(pressers)


def test_without_the_transaction_one_kill_leaves_a_release_by_half(people: People) -> None:
    """The control: the same kill, each statement committed for itself."""
    paid_deals(people, 2)
    with Servers("halves") as servers:
        pressers = two_who_release(people, servers.port)[:1]
        servers.start(1, 'UPDATE "deals_milestone"')
        threads = pressing(pressers)
        servers.hear("here")
        servers.kill()
        for thread in threads:
            thread.join()
    assert len(halves()) == 1
