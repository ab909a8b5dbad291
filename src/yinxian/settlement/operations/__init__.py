"""Every write of the books. Permission is the caller's: these verbs know accounts and amounts, never deals."""

from .accounts import open_account
from .escrow import escrow_code, freeze, receive, refund, release, unfreeze
from .payouts import confirm_payout
from .posting import Leg, post, reverse
from .rules import fix_rule

__all__ = [
    "Leg",
    "confirm_payout",
    "escrow_code",
    "fix_rule",
    "freeze",
    "open_account",
    "post",
    "receive",
    "refund",
    "release",
    "reverse",
    "unfreeze",
]
