from .best import BestFit
from .candidates import Candidate
from .concepts import OwnConcept
from .feedback import Feedback
from .searches import Find, SavedSearch
from .weights import RankingWeights

__all__ = ["BestFit", "Candidate", "Feedback", "Find", "OwnConcept", "RankingWeights", "SavedSearch"]
