"""What the database refuses about the books, whoever asks. See kernel.guards.

An entry's arrival keeps the transaction's total and the account's posted sum. Neither can be written otherwise:
a changed total must be the sum of the entries; a changed posted sum must be the old one plus the newest entry.
"""

from yinxian.kernel.guards import Keep, Refuse, append_only

ENTRY, TRANSACTION, ACCOUNT, ZERO = (
    "settlement_entry",
    "settlement_transaction",
    "settlement_account",
    "settlement_zero",
)
GUARDS = (
    *append_only(ENTRY),
    *append_only("settlement_splitrule"),
    Keep(
        "settlement_keep_sums",
        ENTRY,
        (
            f"UPDATE {TRANSACTION} SET total = total + NEW.amount WHERE id = NEW.transaction_id",
            f"UPDATE {ACCOUNT} SET posted = posted + NEW.amount, last_entry = NEW.id WHERE id = NEW.account_id",
        ),
    ),
    Refuse(
        "settlement_one_currency",
        ENTRY,
        "INSERT",
        f"NEW.currency <> (SELECT currency FROM {TRANSACTION} WHERE id = NEW.transaction_id) "
        f"OR NEW.currency <> (SELECT currency FROM {ACCOUNT} WHERE id = NEW.account_id)",
    ),
    Refuse("settlement_total_starts_at_zero", TRANSACTION, "INSERT", "NEW.total <> 0"),
    Refuse(
        "settlement_total_is_the_sum",
        TRANSACTION,
        "UPDATE OF total",
        f"NEW.total <> (SELECT COALESCE(SUM(amount), 0) FROM {ENTRY} WHERE transaction_id = NEW.id)",
    ),
    Refuse(
        "settlement_request_stays",
        TRANSACTION,
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.key <> OLD.key OR NEW.request_hash <> OLD.request_hash OR NEW.kind <> OLD.kind "
        "OR NEW.currency <> OLD.currency OR COALESCE(NEW.reverses_id, 0) <> COALESCE(OLD.reverses_id, 0)",
    ),
    Refuse("settlement_transaction_delete", TRANSACTION, "DELETE"),
    Refuse("settlement_transaction_truncate", TRANSACTION, "TRUNCATE"),
    Refuse("settlement_posted_starts_at_zero", ACCOUNT, "INSERT", "NEW.posted <> 0 OR NEW.last_entry <> 0"),
    Refuse(
        "settlement_posted_is_counted",
        ACCOUNT,
        "UPDATE",
        "NEW.currency <> OLD.currency OR NEW.code <> OLD.code OR ((NEW.posted <> OLD.posted "
        "OR NEW.last_entry <> OLD.last_entry) AND NOT (NEW.last_entry > OLD.last_entry "
        f"AND NEW.last_entry = (SELECT MAX(id) FROM {ENTRY} WHERE account_id = NEW.id) "
        f"AND NEW.posted = OLD.posted + (SELECT amount FROM {ENTRY} WHERE id = NEW.last_entry)))",
    ),
    Refuse("settlement_account_truncate", ACCOUNT, "TRUNCATE"),
    Refuse("settlement_only_zero", ZERO, "INSERT", "NEW.id <> 0"),
    Refuse("settlement_zero_stays", ZERO, "UPDATE"),
    Refuse("settlement_zero_delete", ZERO, "DELETE"),
    Refuse("settlement_zero_truncate", ZERO, "TRUNCATE"),
)
