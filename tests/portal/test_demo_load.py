"""The demo's year, loaded: every state is there, the books balance, and loading it again changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.db.models import Sum
from django.test import override_settings

from yinxian.contracts.models import Contract
from yinxian.deals.models import BypassAlarm, Deal, Introduction, Milestone
from yinxian.journal.models import Entry, Parked, Seal
from yinxian.kernel import clock
from yinxian.market.models import Correction, ImportRun, Need, Result
from yinxian.matching.models import Candidate
from yinxian.network.models import ManagerProfile, Organisation, User
from yinxian.portal.demo.content import records
from yinxian.portal.demo.load import DEMO_PASSWORD, DEMO_PEOPLE, load
from yinxian.portal.queries.triage import not_looked_at, triage_of
from yinxian.settlement.models import Account, Closing
from yinxian.settlement.queries import plaintext
from yinxian.settlement.queries.books import books_balance

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo-load")]  # loaded once, by one process
NOW = dt.datetime(2026, 3, 4, 15, 30, tzinfo=clock.SHANGHAI)


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """The demo, loaded once for all tests of this module, and taken back after them."""
    folder = tmp_path_factory.mktemp("demo")
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": str(folder / "files")}}
    told: list[str] = []
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(override_settings(YINXIAN_DATA=folder, STORAGES={**settings.STORAGES, "default": files}))
        stack.enter_context(transaction.atomic())
        stack.enter_context(clock.at(NOW))
        assert load(clock.today(), told.append)
        told += [f"mailed: {message.subject}" for message in mail.outbox]
        yield told
        transaction.set_rollback(True)


def everything() -> dict[str, list[tuple[object, ...]]]:
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in apps.get_models()}


def test_a_year_is_loaded_and_a_second_time_changes_nothing(loaded: list[str]) -> None:
    assert Result.objects.count() == len(records("result"))
    assert Need.objects.count() == len(records("need")) + sum(len(one["row"]) for one in records("list"))
    assert (Organisation.objects.count(), ManagerProfile.objects.count()) == (21, 12)
    before = everything()
    assert not load(clock.today(), pytest.fail)
    assert everything() == before


def test_everything_stands_where_the_story_says(loaded: list[str]) -> None:
    for need in records("need"):
        assert Need.objects.get(source_key=need["key"]).state == need["state"], need["key"]
    for result in records("result"):
        assert Result.objects.get(source_key=result["key"]).state == result.get("state", "published"), result["key"]
    titles = {deal["title"]: deal["state"] for deal in records("deal")}
    assert dict(Deal.objects.values_list("title", "state")) == titles
    assert set(titles.values()) == set(Deal.State.values)
    assert Introduction.objects.count() == len(records("introduction"))
    assert Candidate.objects.filter(state="shortlisted", score__gte=50).count() >= 20


def test_the_books_balance_and_the_worked_example_is_in_them(loaded: list[str]) -> None:
    assert Account.objects.aggregate(total=Sum("posted"))["total"] == 0
    deal = Deal.objects.get(title="燃气热水器一氧化碳低温催化消除")
    states = list(deal.milestones.values_list("state", "amount_fen"))
    assert states == [
        (Milestone.State.RELEASED, 9_600_000),
        (Milestone.State.RELEASED, 9_600_000),
        (Milestone.State.SUBMITTED, 19_200_000),
        (Milestone.State.UNFUNDED, 9_600_000),
    ]
    escrow = Account.objects.get(code=f"escrow:{deal.slug}")
    assert escrow.posted == 19_200_000
    second = deal.milestones.get(position=2).kept_split
    assert second is not None
    paid = {line.name: line.amount_fen for line in second.lines}
    assert sum(paid.values()) == 9_600_000
    assert (paid["沈若溪"], paid["顾明远"]) == (668_160, 445_440)
    assert deal.milestones.get(position=3).files.count() == 1


def test_a_part_was_released_and_periods_are_closed(loaded: list[str]) -> None:
    part = Milestone.objects.get(title="全片区普查")
    assert (part.state, part.released_fen) == (Milestone.State.CHANGES, 15_000_000)
    assert Closing.objects.count() == 3
    assert books_balance() == []


@pytest.mark.parametrize("fmt", ["beancount", "hledger"])
def test_others_accept_the_books_and_come_to_the_same_totals(loaded: list[str], tmp_path: Path, fmt: str) -> None:
    lines = list(plaintext.write(Account.objects.all(), fmt))
    file = tmp_path / f"books.{plaintext.FORMATS[fmt]}"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ours = {plaintext.place_of(one): one.posted for one in Account.objects.filter(currency="CNY") if one.posted}
    assert len(ours) > 20
    theirs = _of_beancount(file) if fmt == "beancount" else _of_hledger(file)
    assert theirs == ({place.lower(): fen for place, fen in ours.items()} if fmt == "hledger" else ours)
    entry = next(n for n, line in enumerate(lines) if line.startswith("  ") and line.endswith(".00 CNY"))
    damaged = [*lines[:entry], lines[entry].replace(".00 CNY", ".01 CNY"), *lines[entry + 1 :]]
    file.write_text("\n".join(damaged) + "\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        _of_beancount(file) if fmt == "beancount" else _of_hledger(file)


def _of_beancount(file: Path) -> dict[str, int]:
    checked = subprocess.run([_beside("bean-check"), str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr[:2000] + checked.stdout[:2000]
    from beancount import loader
    from beancount.core import realization

    entries, errors, _ = loader.load_file(str(file))
    assert not errors
    found = {}
    for account in realization.iter_children(realization.realize(entries)):
        for position in account.balance:
            found[account.account] = int(position.units.number * 100)
    return found


def _of_hledger(file: Path) -> dict[str, int]:
    hledger = shutil.which("hledger")
    if hledger is None:
        pytest.skip("needs hledger (Debian: hledger)")
    words = [hledger, "-f", str(file), "balance", "--flat", "--no-total", "-O", "csv"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:2000]
    rows = list(csv.reader(done.stdout.splitlines()))[1:]
    return {place: int(Decimal(figure.removesuffix(" CNY")) * 100) for place, figure in rows}


def _beside(program: str) -> str:
    """A program of the environment that runs the tests."""
    return str(Path(sys.executable).with_name(program))


def test_nothing_happened_in_the_future_and_nobody_was_mailed(loaded: list[str]) -> None:
    now = clock.now()
    assert not Entry.objects.filter(at__gt=now).exists()
    assert Entry.objects.filter(at__lt=now - dt.timedelta(days=330)).exists()
    assert Seal.objects.count() > 12
    assert not Parked.objects.exists()
    assert len(loaded) == 1 and not [line for line in loaded if line.startswith("mailed")]


def test_the_one_bypass_raises_the_one_alarm(loaded: list[str]) -> None:
    alarm = BypassAlarm.objects.select_related("introduction__manager").get()
    assert alarm.introduction.manager.name == "许望川"


def test_visitors_can_sign_in_with_the_password_of_the_demo(loaded: list[str]) -> None:
    for visitor in DEMO_PEOPLE:
        user = User.objects.get(phone=visitor.phone)
        assert user.name == visitor.name and user.check_password(DEMO_PASSWORD)
        assert visitor.part(True) and visitor.part(False)


def test_two_contracts_came_on_paper_and_one_kind_of_each_is_there(loaded: list[str]) -> None:
    assert Contract.objects.filter(on_paper=True, scans__pages__gte=2).distinct().count() == 2
    assert set(Contract.objects.values_list("kind", flat=True)) == {str(kind) for kind in Contract.SUB_KINDS}
    assert not Contract.objects.exclude(state=Contract.State.AGREED).exists()


def test_a_list_is_sorted_out_and_a_wrong_line_set_right(loaded: list[str]) -> None:
    run = ImportRun.objects.get(kind="needs")
    found = triage_of(run, run.created_by)
    assert run.state == ImportRun.State.DONE and found.count() == 12
    assert {need.buying for need in found} == {"plan", "unclear", "common"}
    assert not_looked_at(found) == 0
    assert found.filter(best_fit__score__gt=0).exists()
    (taken_out,) = Correction.objects.filter(need__in=found)
    assert (taken_out.line, taken_out.kind) == ("indicators", "removed")
