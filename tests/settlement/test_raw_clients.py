"""The database refuses by itself, also from the client programs that come with it: sqlite3 and psql."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from django.db import connection

from tests.settlement.books import REFERENCE, Books
from tests.world import People
from yinxian.settlement.models import Account, Entry, Transaction
from yinxian.settlement.operations import freeze, receive
from yinxian.settlement.queries.books import books_balance

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = (
    "INSERT INTO settlement_transaction (id, slug, key, request_hash, kind, currency, memo, at, booked_on, legs, "
    "due_fen, costs_fen, total) VALUES ({pk}, 'X{pk}', 'x{pk}', 'x', 'adjustment', 'CNY', '', '{at}', '{day}', {legs}, "
    "0, 0, 0);"
)
ROW = "({pk}, {account}, {line}, {number}, {amount}, {balance}, {came}, '{at}', 'CNY', '')"
COLUMNS = "transaction_id, account_id, line, number, amount, balance, came, at, currency, role"


@pytest.fixture
def paid(transactional_db: None, people: People, books: Books) -> Books:
    receive(reference=REFERENCE, amount_fen=1000, key="in", actor=people.heng)
    freeze(reference=REFERENCE, amount_fen=400, key="f", actor=people.heng)
    return books


def shell(sql: str) -> subprocess.CompletedProcess[str]:
    """The database's own client program, with what it does unless told otherwise."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        program, words = "sqlite3", ["-bail", str(given["NAME"])]
    else:
        program, words = "psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", given["NAME"]]
        words += ["-h", given["HOST"] or "127.0.0.1", "-p", str(given["PORT"] or 5432), "-U", given["USER"]]
    if shutil.which(program) is None:
        pytest.skip(f"needs {program} (Debian: sqlite3, postgresql-client)")
    environment = {**os.environ, "PGPASSWORD": given.get("PASSWORD") or ""}
    return subprocess.run([program, *words], input=sql, env=environment, capture_output=True, text=True, check=False)


def transfer(amount: int, *, back: int | None = None, pragma: str = "PRAGMA foreign_keys = ON;", legs: int = 2) -> str:
    """SQL that moves an amount from escrow to the supplier as the ledger would; ``back`` is the other leg."""
    escrow = Account.objects.get(code=f"escrow:{REFERENCE}")
    supplier = Account.objects.get(code__startswith="party:", owner_organisation__kind="supplier")
    last = Entry.objects.order_by("-at").values_list("at", flat=True)[0]
    pk = 900_000
    at = last.strftime("%Y-%m-%d %H:%M:%S.%f") + ("" if connection.vendor == "sqlite" else "+00")
    day = Transaction.objects.order_by("-pk").values_list("booked_on", flat=True)[0]
    out = -amount if back is None else back
    rows = []
    for line, (account, fen) in enumerate([(supplier, amount), (escrow, out)], 1):
        rows.append(
            ROW.format(
                pk=pk,
                account=account.pk,
                line=line,
                number=account.entries_count + 1,
                amount=fen,
                balance=account.posted + fen,
                came=account.came + max(fen, 0),
                at=at,
            )
        )
    entries = f"INSERT INTO settlement_entry ({COLUMNS}) VALUES {', '.join(rows)};"
    begin = pragma if connection.vendor == "sqlite" else ""
    return f"{begin} BEGIN; {HEAD.format(pk=pk, at=at, day=day, legs=legs)} {entries} COMMIT;"


def standing() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Account, Entry, Transaction)]


def refused(sql: str) -> str:
    before = standing()
    done = shell(sql)
    assert done.returncode != 0, sql
    assert standing() == before
    return done.stderr


def test_what_is_right_is_taken_from_the_shell_too(paid: Books) -> None:
    """The control: the same words with nothing wrong."""
    done = shell(transfer(600))
    assert done.returncode == 0, done.stderr
    assert paid.balances() == [-1000, 400, 600, 0]
    assert books_balance() == []


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"amount": 600, "back": -599}, id="unbalanced"),
        pytest.param({"amount": 1001}, id="more than is held"),
        pytest.param({"amount": 601}, id="what is frozen"),
        pytest.param({"amount": 600, "legs": 3}, id="half a transaction"),
    ],
)
def test_a_wrong_transaction_is_refused(paid: Books, wrong: dict[str, int]) -> None:
    assert "refused" in (said := refused(transfer(**wrong))) or "constraint" in said.lower(), said  # type: ignore[arg-type]  # plain integers


def test_sqlite_posts_nothing_while_foreign_keys_are_off(paid: Books) -> None:
    """The sqlite3 shell turns them off unless asked; then half a transaction could be committed."""
    if connection.vendor != "sqlite":
        assert shell(transfer(600)).returncode == 0
        return
    assert "settlement_foreign_keys_on" in refused(transfer(600, pragma=""))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE settlement_entry SET amount = amount * 2;",
        "DELETE FROM settlement_entry;",
        "UPDATE settlement_transaction SET memo = 'other';",
        "DELETE FROM settlement_transaction;",
        "UPDATE settlement_account SET posted = posted + 1 WHERE code LIKE 'escrow:%';",
        "UPDATE settlement_account SET posted = 0, came = 0, entries_count = 0;",
        "DELETE FROM settlement_account WHERE entries_count > 0;",
        "INSERT INTO settlement_zero (id) VALUES (7);",
        "DELETE FROM settlement_zero;",
        "DELETE FROM journal_entry;",
    ],
)
def test_nothing_is_changed_or_removed(paid: Books, sql: str) -> None:
    refused(sql)


@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["settlement_entry", "settlement_transaction", "settlement_closing", "journal_entry"])
def test_nothing_is_truncated(paid: Books, table: str) -> None:
    refused(f"TRUNCATE {table} CASCADE;")
