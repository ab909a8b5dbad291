"""What landing keeps."""

from .agreements import Agreement, LandingShare, Receipt
from .landings import Confirmation, Evidence, Landing
from .offers import Offer
from .teams import Invitation

__all__ = ["Agreement", "Confirmation", "Evidence", "Invitation", "Landing", "LandingShare", "Offer", "Receipt"]
