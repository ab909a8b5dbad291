from .links import SignedLink
from .managers import ManagerProfile
from .organisations import Membership, Organisation
from .people import ApiToken, User

__all__ = ["ApiToken", "ManagerProfile", "Membership", "Organisation", "SignedLink", "User"]
