from .candidates import Candidate
from .feedback import Feedback

__all__ = ["Candidate", "Feedback"]
