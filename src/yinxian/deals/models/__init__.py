from .banking import BankMatch
from .deals import Deal, DealNumber
from .introductions import Acknowledgement, BypassAlarm, Introduction, Receipt, Share
from .milestones import BankReceipt, Dispute, Invoice, Milestone, MilestoneFile
from .records import Audience, DealFile, Meeting, Note, Side, TeamMember
from .rewards import RewardRule
from .royalties import Equity, RoyaltyPlan, RoyaltyReport
from .trials import Trial

__all__ = [
    "Acknowledgement",
    "Audience",
    "BankMatch",
    "BankReceipt",
    "BypassAlarm",
    "Deal",
    "DealFile",
    "DealNumber",
    "Dispute",
    "Equity",
    "Introduction",
    "Invoice",
    "Meeting",
    "Milestone",
    "MilestoneFile",
    "Note",
    "Receipt",
    "RewardRule",
    "RoyaltyPlan",
    "RoyaltyReport",
    "Share",
    "Side",
    "TeamMember",
    "Trial",
]
