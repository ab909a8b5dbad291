from .briefs import Brief, BriefComment
from .evidence import Evidence
from .grants import Grant
from .imports import ImportRun
from .listings import Listing
from .needs import Need
from .results import Result

__all__ = ["Brief", "BriefComment", "Evidence", "Grant", "ImportRun", "Listing", "Need", "Result"]
