from .candidates import Truth, counts, evidence_of, feedback_of, need_for, shortlisted
from .facts import Terms, brief_of, terms_of, wanted_of
from .found import Found, Match, Said, said
from .managers import ForNeed, managers_for
from .needs import match_result
from .ranking import rank_need, rank_text
from .results import decided, in_order, match_need, seen_result, why

__all__ = [
    "ForNeed",
    "Found",
    "Match",
    "Said",
    "Terms",
    "Truth",
    "brief_of",
    "counts",
    "decided",
    "evidence_of",
    "feedback_of",
    "in_order",
    "managers_for",
    "match_need",
    "match_result",
    "need_for",
    "rank_need",
    "rank_text",
    "said",
    "seen_result",
    "shortlisted",
    "terms_of",
    "wanted_of",
    "why",
]
