from .accounts import Account, Freeze
from .banking import BankAccount, BankFile, BankLine, Payee, PaymentItem, PaymentOrder
from .claims import Claim
from .exchanges import Exchange
from .periods import Closing
from .requests import Request
from .rules import SplitRule
from .runs import Run, RunFault
from .transactions import Entry, Transaction, Zero

__all__ = [
    "Account",
    "BankAccount",
    "BankFile",
    "BankLine",
    "Claim",
    "Closing",
    "Entry",
    "Exchange",
    "Freeze",
    "Payee",
    "PaymentItem",
    "PaymentOrder",
    "Request",
    "Run",
    "RunFault",
    "SplitRule",
    "Transaction",
    "Zero",
]
