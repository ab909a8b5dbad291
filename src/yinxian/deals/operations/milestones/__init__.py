"""Every write to a payment plan: one verb a function."""

from .closing import accept_and_release, refund
from .disputes import decide, dispute
from .foreign import record_foreign_payment, return_foreign
from .invoices import ask_for_invoice, send_invoice
from .payments import record_payment, undo_payment
from .planning import Planned, plan
from .splitting import fix_split
from .work import request_changes, submit

__all__ = [
    "Planned",
    "accept_and_release",
    "ask_for_invoice",
    "decide",
    "dispute",
    "fix_split",
    "plan",
    "record_foreign_payment",
    "record_payment",
    "refund",
    "request_changes",
    "return_foreign",
    "send_invoice",
    "submit",
    "undo_payment",
]
