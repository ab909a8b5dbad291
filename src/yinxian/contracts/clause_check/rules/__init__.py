"""The rules in the order in which findings of one place are told."""

from .fees import fee_terms
from .figures import amounts_differ, instalments_differ
from .liability import unlimited_liability
from .missing import missing_items, reminders
from .ownership import ownership
from .payments import late_payment, no_deposit
from .promises import all_risk, promise_of_success
from .refunds import refund_on_failure
from .sums import dates, percentages

RULES = (
    promise_of_success,
    all_risk,
    refund_on_failure,
    late_payment,
    no_deposit,
    unlimited_liability,
    ownership,
    fee_terms,
    amounts_differ,
    instalments_differ,
    percentages,
    dates,
    missing_items,
)

__all__ = ["RULES", "reminders"]
