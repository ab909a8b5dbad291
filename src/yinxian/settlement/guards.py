"""What the database refuses about the books, whoever asks. See kernel.guards and docs/adr/0023.

All entries of a transaction arrive together (PostgreSQL: in one statement; SQLite: in order, and the commit fails on
the deferred ``total`` when one is missing). Each entry continues its account: the next number, the balance before plus
its amount, no earlier moment. The account's own figures follow the newest entry and cannot be written otherwise.
"""

from yinxian.kernel.guards import Keep, Raw, Refuse, append_only

ENTRY, TRANSACTION, ACCOUNT, ZERO, CLOSING = (
    "settlement_entry",
    "settlement_transaction",
    "settlement_account",
    "settlement_zero",
    "settlement_closing",
)
CLOSED = f"NEW.booked_on <= (SELECT MAX(closed_to) FROM {CLOSING})"
CHANGED = (
    " OR ".join(
        f"COALESCE(NEW.{name}, {none}) <> COALESCE(OLD.{name}, {none})"
        for name, none in (
            *((name, "0") for name in ("id", "legs", "due_fen", "costs_fen", "reverses_id", "rule_id", "actor_id")),
            *((name, "''") for name in ("slug", "key", "request_hash", "kind", "currency", "memo")),
        )
    )
    + " OR NEW.at <> OLD.at OR NEW.booked_on <> OLD.booked_on"
)

ON_POSTGRESQL = f"""DECLARE
  one bigint; entries bigint; whole boolean; kept bigint;
BEGIN
  SELECT MIN(transaction_id), COUNT(*), MIN(transaction_id) = MAX(transaction_id) AND SUM(amount) = 0
      AND MIN(line) = 1 AND MAX(line) = COUNT(*) AND COUNT(DISTINCT account_id) = COUNT(*)
    INTO one, entries, whole FROM fresh;
  IF whole THEN
    UPDATE {ACCOUNT} a SET posted = f.balance, came = f.came, entries_count = f.number, last_at = f.at
    FROM fresh f, {TRANSACTION} t
    WHERE t.id = one AND t.legs = entries AND f.currency = t.currency AND f.at = t.at
      AND a.id = f.account_id AND f.currency = a.currency AND f.number = a.entries_count + 1
      AND f.balance = a.posted + f.amount AND f.came = a.came + GREATEST(f.amount, 0)
      AND f.at >= COALESCE(a.last_at, f.at);
    GET DIAGNOSTICS kept = ROW_COUNT;
    IF kept = entries THEN RETURN NULL; END IF;
  END IF;
  IF EXISTS (
    SELECT 1 FROM fresh f LEFT JOIN {TRANSACTION} t ON t.id = f.transaction_id
    GROUP BY f.transaction_id, t.legs
    HAVING SUM(f.amount) <> 0 OR t.legs IS NULL OR COUNT(*) <> t.legs OR MIN(f.line) <> 1 OR MAX(f.line) <> t.legs
      OR BOOL_OR(f.currency <> t.currency OR f.at <> t.at)
  ) THEN RAISE EXCEPTION 'refused: settlement_transaction_whole' USING ERRCODE = '23000'; END IF;
  IF EXISTS (
    SELECT 1 FROM (
      SELECT account_id, number, amount, balance, came, at, currency,
        LAG(number) OVER one AS number_before, LAG(balance) OVER one AS balance_before,
        LAG(came) OVER one AS came_before, LAG(at) OVER one AS at_before
      FROM fresh WINDOW one AS (PARTITION BY account_id ORDER BY number)
    ) f LEFT JOIN {ACCOUNT} a ON a.id = f.account_id
    WHERE a.id IS NULL OR f.currency <> a.currency
      OR f.number <> COALESCE(f.number_before, a.entries_count) + 1
      OR f.balance <> COALESCE(f.balance_before, a.posted) + f.amount
      OR f.came <> COALESCE(f.came_before, a.came) + GREATEST(f.amount, 0)
      OR f.at < COALESCE(f.at_before, a.last_at, f.at)
      OR f.balance < a.min_balance
  ) THEN RAISE EXCEPTION 'refused: settlement_entry_continues' USING ERRCODE = '23000'; END IF;
  UPDATE {ACCOUNT} a SET posted = f.balance, came = f.came, entries_count = f.number, last_at = f.at FROM (
    SELECT DISTINCT ON (account_id) account_id, balance, came, number, at FROM fresh ORDER BY account_id, number DESC
  ) f WHERE a.id = f.account_id;
  RETURN NULL;
END;"""
"""One transaction in which each account has one entry, as nearly all are, is checked and kept by one update; what that
does not keep, the queries after it name."""

ON_SQLITE = (
    Refuse("settlement_foreign_keys_on", ENTRY, "INSERT", "(SELECT foreign_keys FROM pragma_foreign_keys) = 0"),
    Refuse(
        "settlement_entry_continues",
        ENTRY,
        "INSERT",
        f"NOT EXISTS (SELECT 1 FROM {ACCOUNT} a WHERE a.id = NEW.account_id AND NEW.currency = a.currency "
        "AND NEW.number = a.entries_count + 1 AND NEW.balance = a.posted + NEW.amount "
        "AND NEW.came = a.came + MAX(NEW.amount, 0) AND NEW.at >= COALESCE(a.last_at, NEW.at))",
    ),
    Refuse(
        "settlement_transaction_whole",
        ENTRY,
        "INSERT",
        f"NOT EXISTS (SELECT 1 FROM {TRANSACTION} t WHERE t.id = NEW.transaction_id AND NEW.currency = t.currency "
        f"AND NEW.at = t.at AND NEW.line = 1 + (SELECT COUNT(*) FROM {ENTRY} WHERE transaction_id = t.id) "
        "AND NEW.line <= t.legs AND (NEW.line = t.legs) = (t.total + NEW.amount = 0))",
    ),
    Keep(
        "settlement_keep_sums",
        ENTRY,
        (
            f"UPDATE {TRANSACTION} SET total = total + NEW.amount WHERE id = NEW.transaction_id",
            f"UPDATE {ACCOUNT} SET posted = NEW.balance, came = NEW.came, entries_count = NEW.number, "
            "last_at = NEW.at WHERE id = NEW.account_id",
        ),
    ),
    Refuse(
        "settlement_total_is_the_sum",
        TRANSACTION,
        "UPDATE OF total",
        f"NEW.total <> (SELECT COALESCE(SUM(amount), 0) FROM {ENTRY} WHERE transaction_id = NEW.id)",
    ),
)
FIGURES = (
    "(NEW.posted <> OLD.posted OR NEW.came <> OLD.came OR NEW.entries_count <> OLD.entries_count "
    "OR COALESCE(NEW.last_at, OLD.opened_at) <> COALESCE(OLD.last_at, OLD.opened_at))"
)
FOLLOWS = (
    f"NEW.entries_count > OLD.entries_count AND EXISTS (SELECT 1 FROM {ENTRY} e WHERE e.account_id = NEW.id "
    "AND e.number = NEW.entries_count AND e.balance = NEW.posted AND e.came = NEW.came AND e.at = NEW.last_at)"
)
GUARDS = (
    *append_only(ENTRY),
    *append_only("settlement_splitrule"),
    *append_only(CLOSING),
    *append_only("settlement_exchange"),
    *append_only("settlement_claim"),
    *(one.on("sqlite") for one in ON_SQLITE),
    Raw(
        "settlement_keep_books",
        ENTRY,
        "postgresql",
        f"AFTER INSERT ON {ENTRY} REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT",
        ON_POSTGRESQL,
        by_index=True,
    ),
    Refuse("settlement_transaction_insert", TRANSACTION, "INSERT", f"NEW.total <> 0 OR {CLOSED}").on("sqlite"),
    Raw(
        "settlement_transactions_begin",
        TRANSACTION,
        "postgresql",
        f"AFTER INSERT ON {TRANSACTION} REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT",
        f"""
  IF EXISTS (
    SELECT 1 FROM fresh WHERE total <> 0 OR booked_on <= (SELECT MAX(closed_to) FROM {CLOSING})
  ) THEN RAISE EXCEPTION 'refused: settlement_transaction_insert' USING ERRCODE = '23000'; END IF;
  RETURN NULL;""",
    ),
    Refuse("settlement_request_stays", TRANSACTION, "UPDATE", CHANGED).on("sqlite"),
    Refuse("settlement_transaction_update", TRANSACTION, "UPDATE").on("postgresql"),
    Refuse("settlement_transaction_delete", TRANSACTION, "DELETE"),
    Refuse("settlement_transaction_truncate", TRANSACTION, "TRUNCATE"),
    Refuse(
        "settlement_account_starts_empty",
        ACCOUNT,
        "INSERT",
        "NEW.posted <> 0 OR NEW.came <> 0 OR NEW.entries_count <> 0 OR NEW.last_at IS NOT NULL",
    ),
    Refuse(
        "settlement_posted_is_counted",
        ACCOUNT,
        "UPDATE",
        f"NEW.currency <> OLD.currency OR NEW.code <> OLD.code OR ({FIGURES} AND NOT ({FOLLOWS}))",
    ).on("sqlite"),
    Raw(
        "settlement_figures_follow",
        ACCOUNT,
        "postgresql",
        f"BEFORE UPDATE ON {ACCOUNT} FOR EACH ROW WHEN (pg_trigger_depth() = 0)",
        f"""
  IF NEW.currency <> OLD.currency OR NEW.code <> OLD.code OR {FIGURES}
  THEN RAISE EXCEPTION 'refused: settlement_figures_follow' USING ERRCODE = '23000'; END IF;
  RETURN NEW;""",
    ),
    Refuse("settlement_account_delete", ACCOUNT, "DELETE", "OLD.entries_count > 0"),
    Refuse("settlement_account_truncate", ACCOUNT, "TRUNCATE"),
    Refuse("settlement_closing_order", CLOSING, "INSERT", f"NEW.closed_to <= (SELECT MAX(closed_to) FROM {CLOSING})"),
    Refuse("settlement_only_zero", ZERO, "INSERT", "NEW.id <> 0"),
    Refuse("settlement_zero_stays", ZERO, "UPDATE"),
    Refuse("settlement_zero_delete", ZERO, "DELETE"),
    Refuse("settlement_zero_truncate", ZERO, "TRUNCATE"),
)
