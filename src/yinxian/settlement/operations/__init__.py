"""Every write of the books: accounts and amounts, never deals. Where no verb says who may, its caller does."""

from .accounts import open_account
from .claims import claim, drop_claim, pay_claim
from .engine import Posting, post_many
from .escrow import escrow_code, freeze, receive, refund, release, unfreeze
from .exchanges import at_rate, convert, exchange, most_sold, read_rate, take_back, undo_exchange
from .payouts import confirm_payout, undo_payout
from .periods import close_period
from .posting import Leg, post, reverse
from .requests import seen
from .rules import fix_rule

__all__ = [
    "Leg",
    "Posting",
    "at_rate",
    "claim",
    "close_period",
    "confirm_payout",
    "convert",
    "drop_claim",
    "escrow_code",
    "exchange",
    "fix_rule",
    "freeze",
    "most_sold",
    "open_account",
    "pay_claim",
    "post",
    "post_many",
    "read_rate",
    "receive",
    "refund",
    "release",
    "reverse",
    "seen",
    "take_back",
    "undo_exchange",
    "undo_payout",
    "unfreeze",
]
