from .deals import Deal, DealNumber
from .records import Audience, DealFile, Meeting, Note, Side, TeamMember

__all__ = ["Audience", "Deal", "DealFile", "DealNumber", "Meeting", "Note", "Side", "TeamMember"]
