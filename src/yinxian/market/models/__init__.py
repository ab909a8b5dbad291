from .briefs import Brief, BriefComment
from .evidence import Evidence
from .feedback import Correction, ModelDraft
from .grants import Grant
from .imports import ImportRun
from .listings import Listing
from .needs import Need
from .results import Result

__all__ = [
    "Brief",
    "BriefComment",
    "Correction",
    "Evidence",
    "Grant",
    "ImportRun",
    "Listing",
    "ModelDraft",
    "Need",
    "Result",
]
