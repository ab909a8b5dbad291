"""Release-and-split beside bare SQL of the same entries and beside django-hordak; statements over growing history.

    pip install django-hordak==2.0.0        (only this benchmark needs it; without it that column is left out)
    DATABASE_URL=postgresql://… python benchmarks/settlement.py [SECONDS] [--statements 1000000] [--run 1000000]

It makes databases of its own on that server. Each release has six entries: out of the deal's escrow, to the supplier,
its team, its transfer staff and two managers, by the rule of the deal, under a key, with its entry in the journal.

singly   Every release is a transaction of its own, CLIENTS at once. Bare SQL is pgbench with as many clients: a row
         for the transaction and one statement with its six entries, between BEGIN and END, into tables with the same
         columns, indexes and foreign keys; without guards, journal, balances of accounts, limits, splits, locks.
         django-hordak: a Transaction and six Legs in one atomic block, on as many accounts, as its documentation
         shows; and once more with what its users must add to release no more than is held: the account locked and
         its balance asked.
batches  BATCH releases a transaction, one client. Bare SQL: one statement with that many transactions and six times
         as many entries, its text made beforehand.
ROUNDS rounds, each side in turn, so that what else the machine does meets all of them alike; rates and ratios are the
medians over the rounds. Prints releases a second; the last line is one JSON object, ratios ours over theirs.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.pages import own_database

CLIENTS = 8
ROUNDS = 5
BATCH = 1000
DEALS = 1000
FUNDED = 10**14
AMOUNT = 19_200_000

BARE = """
CREATE TABLE bare_transaction (LIKE settlement_transaction INCLUDING ALL);
CREATE TABLE bare_entry (LIKE settlement_entry INCLUDING ALL);
CREATE SEQUENCE bare_transaction_id;
CREATE SEQUENCE bare_entry_id;
ALTER TABLE bare_transaction ALTER id DROP IDENTITY, ALTER id SET DEFAULT nextval('bare_transaction_id');
ALTER TABLE bare_entry ALTER id DROP IDENTITY, ALTER id SET DEFAULT nextval('bare_entry_id');
ALTER TABLE bare_entry ADD FOREIGN KEY (transaction_id) REFERENCES bare_transaction DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE bare_entry ADD FOREIGN KEY (account_id) REFERENCES settlement_account DEFERRABLE INITIALLY DEFERRED;
"""
HEAD = "slug, key, request_hash, kind, currency, memo, at, booked_on, legs, due_fen, costs_fen, total"
ENTRY = "transaction_id, account_id, line, number, amount, balance, came, at, currency, role, share_bp"
PARTS = ((-19_200_000, "buyer"), (5_091_840, "supplier"), (11_286_912, "inventor"), (594_048, "staff"))
PARTS += ((1_336_320, "manager"), (890_880, "manager"))


def setup() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinxian.config.settings")
    import django

    django.setup()


def prepare() -> None:
    """Deals with money in escrow and a fixed rule; six accounts each."""
    from django.core.management import call_command
    from django.db import transaction

    from yinxian.network.models import User
    from yinxian.settlement.models import Account, SplitRule
    from yinxian.settlement.operations import Leg, Posting, post_many
    from yinxian.settlement.operations.accounts import bank
    from yinxian.settlement.rules import Fee, Role, Share
    from yinxian.settlement.rules import SplitRule as Rule

    call_command("migrate", verbosity=0)
    actor = User.objects.create_user("13900000001", None, name="Benchmark")
    names = ("supplier", "team", "staff", "ma", "mb")
    codes = [f"party:{name}{n}" for n in range(DEALS) for name in names] + [f"escrow:D{n}" for n in range(DEALS)]
    Account.objects.bulk_create(Account(slug=f"A{n}", code=code, name=code) for n, code in enumerate(codes))
    shares = lambda n: (Share(f"party:ma{n}", "A", 6000), Share(f"party:mb{n}", "B", 4000))  # noqa: E731
    SplitRule.objects.bulk_create(
        SplitRule(
            reference=f"D{n}",
            content=Rule(
                supplier=f"party:supplier{n}",
                supplier_name="S",
                contract_fen=48_000_000,
                fee=Fee(bp=1160),
                shares=shares(n),
                reward_bp=7000,
                staff=f"party:staff{n}",
                staff_name="T",
                inventors=(Share(f"party:team{n}", "R", 10_000, Role.INVENTOR),),
            ).to_json(),
            created_by=actor,
        )
        for n in range(DEALS)
    )
    bank()
    with transaction.atomic():
        legs = [[Leg("bank:external", -FUNDED), Leg(f"escrow:D{n}", FUNDED)] for n in range(DEALS)]
        post_many([Posting(f"in-{n}", "escrow.receive", pair) for n, pair in enumerate(legs)], actor=actor)


class Gate(NamedTuple):
    """Where all workers wait until the last is ready, and what they hand back."""

    barrier: Any
    queue: Any


def timed(seconds: float, act: Callable[[int], int], gate: Gate, worker: int) -> None:
    """Act until the time is over; how many releases, in how many seconds. Nobody starts while another still imports."""
    from django.db import connection

    connection.ensure_connection()
    act(-1)
    gc.freeze()  # as `yinxian settle` does; for all of them alike
    gate.barrier.wait(120)
    begun, done, number = time.perf_counter(), 0, 0
    while time.perf_counter() - begun < seconds:
        done += act(number)
        number += 1
    gate.queue.put((worker, done, time.perf_counter() - begun))


def ours_singly(seconds: float, worker: int, gate: Gate) -> None:
    setup()
    from yinxian.network.models import User
    from yinxian.settlement.operations.quick import release_one
    from yinxian.settlement.operations.releases import Release, newest_of

    actor, chance = User.objects.get(name="Benchmark"), random.Random(worker)
    newest_of([f"D{number}" for number in range(DEALS)])  # as a server that has run for a while

    def one(number: int) -> int:
        key = f"s{worker}-{number}-{time.time_ns()}"
        outcome = release_one(Release(f"D{chance.randrange(DEALS)}", AMOUNT, key), actor=actor)
        assert hasattr(outcome, "pk"), outcome
        return 1

    timed(seconds, one, gate, worker)


def ours_in_batches(seconds: float, worker: int, gate: Gate) -> None:
    setup()
    from yinxian.network.models import User
    from yinxian.settlement.operations.releases import Release, release_many

    actor, chance = User.objects.get(name="Benchmark"), random.Random(worker)

    def batch(number: int) -> int:
        stamp = time.time_ns()
        asked = [
            Release(f"D{chance.randrange(DEALS)}", AMOUNT, f"b{worker}-{number}-{stamp}-{n}") for n in range(BATCH)
        ]
        outcomes = release_many(asked, actor=actor)
        assert all(hasattr(one, "pk") for one in outcomes), outcomes[0]
        return BATCH

    timed(seconds, batch, gate, worker)


def bare_in_batches(turn: int, seconds: float, worker: int, gate: Gate) -> None:
    setup()
    import psycopg

    chance = random.Random(worker)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        texts = []
        for number in range(max(4, int(seconds * 20))):
            heads, entries = [], []
            for n in range(BATCH):
                slug, deal = f"B{turn}{number:05x}{n:04x}", chance.randrange(DEALS)
                row = f"'{slug}','k{slug}','{'0' * 64}','escrow.release','CNY','',now(),current_date,6,0,0,0"
                heads.append(f"({row})")
                for place, (amount, role) in enumerate(PARTS):
                    count = (turn * 10_000 + number) * 10_000 + n
                    row = f"{n + 1},{deal * 5 + place + 1},{place + 1},{count * 10 + place},{amount},{count},{count}"
                    entries.append(f"({row},now(),'CNY','{role}',10000)")
            texts.append(
                f"WITH t AS (INSERT INTO bare_transaction ({HEAD}) VALUES {','.join(heads)} RETURNING id), "
                "p AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM t) "
                f"INSERT INTO bare_entry ({ENTRY}) SELECT p.id, v.a, v.line, v.num, v.amount, v.balance, v.came, v.at, "
                f"v.currency, v.role, v.bp FROM (VALUES {','.join(entries)}) "
                "v(n, a, line, num, amount, balance, came, at, currency, role, bp) JOIN p USING (n)"
            )
        gate.barrier.wait(120)
        begun, done = time.perf_counter(), 0
        for text in texts:
            if time.perf_counter() - begun > seconds:
                break
            connection.execute(text)
            done += BATCH
        gate.queue.put((worker, done, time.perf_counter() - begun))


def together(work: Callable[..., None], seconds: float, clients: int) -> float:
    """Run the work in that many processes; releases a second of all together."""
    context = multiprocessing.get_context("spawn")
    gate = Gate(context.Barrier(clients), context.Queue())
    processes = [context.Process(target=work, args=(seconds, n, gate)) for n in range(clients)]
    for process in processes:
        process.start()
    answers = [gate.queue.get(timeout=seconds * 10 + 120) for _ in processes]
    for process in processes:
        process.join()
    return sum(done / took for _, done, took in answers)


def bare_singly(seconds: float) -> float:
    entries = ", ".join(
        f"(currval('bare_transaction_id'), :deal * 5 + {place + 1}, {place + 1}, :key + {place}, {amount}, 0, 0, "
        f"now(), 'CNY', '{role}', 10000)"
        for place, (amount, role) in enumerate(PARTS)
    )
    script = f"""\\set deal random(0, {DEALS - 1})
\\set key random(1, 9000000000000000000)
BEGIN;
INSERT INTO bare_transaction ({HEAD}) VALUES (left(:key::text, 16), :key::text, repeat('0', 64), 'escrow.release',
 'CNY', '', now(), current_date, 6, 0, 0, 0);
INSERT INTO bare_entry ({ENTRY}) VALUES {entries};
END;
"""
    found = shutil.which("pgbench") or next(map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))), None)
    if found is None:
        raise SystemExit("pgbench is needed (Debian: postgresql-contrib)")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [found, "-n", "-c", str(CLIENTS), "-j", str(min(2, CLIENTS)), "-T", str(max(1, round(seconds)))]
        done = subprocess.run(
            [*command, "-f", file.name, os.environ["DATABASE_URL"]], capture_output=True, text=True, check=True
        )
    return float(done.stdout.split("tps = ")[1].split()[0])


def hordak_setup() -> None:
    import dj_database_url
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "mptt", "hordak"],
            DATABASES={"default": dj_database_url.parse(os.environ["HORDAK_URL"])},
            USE_TZ=True,
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            DEFAULT_CURRENCY="CNY",
            CURRENCIES=("CNY",),
        )
    django.setup()


def hordak_prepare() -> None:
    hordak_setup()
    from django.core.management import call_command
    from hordak.models import Account, AccountType

    call_command("migrate", verbosity=0)
    kinds = (AccountType.asset, *[AccountType.liability] * (len(PARTS) - 1))
    each = [(place, n) for place in range(len(PARTS)) for n in range(DEALS)]
    Account.objects.bulk_create(
        Account(name=f"{PARTS[place][1]} {n}", code=f"{place}{n:04d}", type=kinds[place], currencies=["CNY"], **root)
        for tree, (place, n) in enumerate(each, 1)
        for root in [{"lft": 1, "rght": 2, "level": 0, "tree_id": tree}]
    )


def hordak_checked(seconds: float, worker: int, gate: Gate) -> None:
    hordak_singly(seconds, worker, gate, check=True)


def hordak_singly(seconds: float, worker: int, gate: Gate, check: bool = False) -> None:
    hordak_setup()
    from django.db import transaction
    from hordak.models import Account, Leg, Transaction
    from moneyed import Money

    places = [list(Account.objects.filter(code__startswith=str(n)).order_by("code")) for n in range(len(PARTS))]
    chance = random.Random(worker)

    def one(number: int) -> int:
        with transaction.atomic():
            made = Transaction.objects.create(description=f"release {worker}-{number}")
            deal = chance.randrange(DEALS)
            for place, (fen, _) in enumerate(PARTS):
                account = places[place][deal]
                if check and fen < 0:
                    assert Account.objects.select_for_update().get(pk=account.pk).get_balance() is not None
                side = {"credit": Money(-fen / 100, "CNY")} if fen < 0 else {"debit": Money(fen / 100, "CNY")}
                Leg.objects.create(transaction=made, account=account, **side)
        return 1

    timed(seconds, one, gate, worker)


def prepare_hordak(server: str) -> bool:
    """A database of its own for django-hordak; False where it is not installed."""
    try:
        import hordak  # noqa: F401
    except ImportError:
        print("django-hordak is not installed: left out (pip install django-hordak==2.0.0)")
        return False
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS yinxian_hordak WITH (FORCE)")
        connection.execute("CREATE DATABASE yinxian_hordak")
    os.environ["HORDAK_URL"] = server.rsplit("/", 1)[0] + "/yinxian_hordak"
    context = multiprocessing.get_context("spawn")
    first = context.Process(target=hordak_prepare)
    first.start()
    first.join()
    return True


def in_turn(seconds: float, with_hordak: bool) -> list[dict[str, float]]:
    """Every side once a round; the rates of each round."""
    found = []
    for number in range(ROUNDS):
        rates = {"single": together(ours_singly, seconds, CLIENTS), "single_sql": bare_singly(seconds)}
        if with_hordak:
            rates["single_hordak"] = together(hordak_singly, seconds, CLIENTS)
            rates["single_hordak_checked"] = together(hordak_checked, seconds, CLIENTS)
        rates["batch"] = together(ours_in_batches, seconds, 1)
        rates["batch_sql"] = together(partial(bare_in_batches, number), seconds, 1)
        print("  ".join(f"{name} {rate:.0f}/s" for name, rate in rates.items()), flush=True)
        found.append(rates)
    return found


def statements(most: int) -> dict[str, float]:
    """Milliseconds of a statement of one month (its sums and a page of 50) at growing history of one account."""
    import datetime as dt

    from django.db import transaction

    from yinxian.kernel import clock
    from yinxian.network.models import User
    from yinxian.settlement.models import Account
    from yinxian.settlement.operations import Leg, Posting, open_account, post_many
    from yinxian.settlement.queries.statements import statement

    actor = User.objects.get(name="Benchmark")
    account = open_account(code="party:history", name="History")
    open_account(code="bank:history", name="Source", min_balance=None)
    found, so_far, start = {}, 0, dt.datetime(2010, 1, 1, tzinfo=dt.UTC)
    for size in [10_000, 100_000, 1_000_000]:
        if size > most:
            break
        while so_far < size:
            with clock.at(start + dt.timedelta(minutes=5 * so_far)), transaction.atomic():
                asked = [
                    Posting(f"h-{so_far + n}", "adjustment", [Leg("bank:history", -1), Leg("party:history", 1)])
                    for n in range(min(2500, size - so_far))
                ]
                post_many(asked, actor=actor)
            so_far += len(asked)
        fresh = Account.objects.get(pk=account.pk)
        times = []
        for number in range(60):
            day = (start + dt.timedelta(minutes=5 * (so_far * (number + 1) // 61))).date()
            begun = time.perf_counter()
            one = statement(fresh, day - dt.timedelta(days=30), day)
            rows = one.entries[:50]
            times.append((time.perf_counter() - begun) * 1000)
            assert one.closing_fen == one.opening_fen + one.in_fen - one.out_fen and rows
        found[f"statement_ms_{size}"] = round(median(times), 2)
        print(f"statement of 31 days over {size:>9,} entries: {found[f'statement_ms_{size}']} ms")
    return found


def run_of(rows: int) -> dict[str, float]:
    """A file of releases as `yinxian settle` works it off: stopped in the middle, gone on with, each paid once."""
    from yinxian.network.models import User
    from yinxian.settlement.models import Transaction
    from yinxian.settlement.operations.runs import begin_run, work_off

    actor, chance = User.objects.get(name="Benchmark"), random.Random(5)
    User.objects.filter(pk=actor.pk).update(is_superuser=True)
    actor.refresh_from_db()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "releases.csv"
        with path.open("w") as file:
            file.writelines(f"D{chance.randrange(DEALS)},1920.00,{n}\n" for n in range(rows))
        run = begin_run(path=path, actor=actor)
        gc.freeze()
        begun = time.perf_counter()
        half = work_off(run=run, path=path, actor=actor, after=lambda one: one.done < rows // 2)
        assert half.done < rows or rows <= BATCH
        done = work_off(run=half, path=path, actor=actor, after=told)
        took = time.perf_counter() - begun
    assert (done.done, done.refused) == (rows, 0)
    assert Transaction.objects.filter(key__startswith=f"{done.slug}:").count() == rows
    print(f"run of {rows:,} releases, stopped once: {rows / took:.1f}/s")
    return {"run_rows": rows, "run_rate": round(rows / took, 1)}


def told(run: Any) -> bool:
    if run.done % 100_000 == 0:
        print(f"  {run.done:,} / {run.total:,}", flush=True)
    return True


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", nargs="?", type=float, default=10.0)
    parser.add_argument("--statements", type=int, default=100_000, help="the longest history")
    parser.add_argument("--run", type=int, default=20_000, help="releases of one file")
    options = parser.parse_args()
    server = os.environ.get("DATABASE_URL")
    if not server:
        raise SystemExit("Give a PostgreSQL server: DATABASE_URL=postgresql://user@host/name")
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"DATABASE_URL": own_database(server), "YINXIAN_DATA": data, "YINXIAN_MODE": "test"}
        setup()
        from django.db import connection

        prepare()
        with connection.cursor() as cursor:
            cursor.execute(BARE)
        rounds = in_turn(options.seconds, prepare_hordak(server))
        rates = {name: median(one[name] for one in rounds) for name in rounds[0]}
        for name, rate in rates.items():
            print(f"{name:22} {rate:10.1f} releases/s", flush=True)
        found = run_of(options.run) | statements(options.statements)
        from yinxian.settlement.queries.books import books_balance

        assert books_balance() == []

    def over(ours: str, theirs: str) -> float | None:
        return median(one[ours] / one[theirs] for one in rounds) if theirs in rates else None

    ratios = {
        "batch_vs_sql": over("batch", "batch_sql"),
        "single_vs_sql": over("single", "single_sql"),
        "single_vs_hordak": over("single", "single_hordak"),
        "single_vs_hordak_checked": over("single", "single_hordak_checked"),
    }
    rounded = {name: value and round(value, 3) for name, value in ratios.items()}
    print(json.dumps(rounded | {f"{name}_rate": round(rate, 1) for name, rate in rates.items()} | found))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
