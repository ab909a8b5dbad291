from .deals import Deal, DealNumber
from .introductions import Acknowledgement, BypassAlarm, Introduction, Receipt, Share
from .milestones import BankReceipt, Dispute, Invoice, Milestone, MilestoneFile
from .records import Audience, DealFile, Meeting, Note, Side, TeamMember

__all__ = [
    "Acknowledgement",
    "Audience",
    "BankReceipt",
    "BypassAlarm",
    "Deal",
    "DealFile",
    "DealNumber",
    "Dispute",
    "Introduction",
    "Invoice",
    "Meeting",
    "Milestone",
    "MilestoneFile",
    "Note",
    "Receipt",
    "Share",
    "Side",
    "TeamMember",
]
