from .briefs import Brief
from .evidence import Evidence
from .imports import ImportRun
from .listings import Listing
from .needs import Need
from .results import Result

__all__ = ["Brief", "Evidence", "ImportRun", "Listing", "Need", "Result"]
