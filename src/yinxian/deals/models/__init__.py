from .deals import Deal, DealNumber
from .introductions import Acknowledgement, BypassAlarm, Introduction, Receipt, Share
from .records import Audience, DealFile, Meeting, Note, Side, TeamMember

__all__ = [
    "Acknowledgement",
    "Audience",
    "BypassAlarm",
    "Deal",
    "DealFile",
    "DealNumber",
    "Introduction",
    "Meeting",
    "Note",
    "Receipt",
    "Share",
    "Side",
    "TeamMember",
]
