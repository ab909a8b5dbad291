from .contracts import Approval, Contract, ContractNumber, Scan, Side
from .drafts import CheckedDraft
from .registrations import Registration
from .revisions import Revision
from .signatures import Signature, SignedCopy
from .team import TeamPart
from .templates import OwnTemplate, OwnTemplateVersion

__all__ = [
    "Approval",
    "CheckedDraft",
    "Contract",
    "ContractNumber",
    "OwnTemplate",
    "OwnTemplateVersion",
    "Registration",
    "Revision",
    "Scan",
    "Side",
    "Signature",
    "SignedCopy",
    "TeamPart",
]
