from .accounts import Account, Freeze
from .rules import SplitRule
from .transactions import Entry, Transaction, Zero

__all__ = ["Account", "Entry", "Freeze", "SplitRule", "Transaction", "Zero"]
