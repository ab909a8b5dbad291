from .alike import Alike, alike
from .candidates import Truth, counts, evidence_of, feedback_of, need_for, shortlisted
from .facts import Terms, brief_of, terms_of, wanted_of
from .found import Found, Match, Said, said
from .managers import ForNeed, managers_for
from .needs import match_result
from .ranking import rank_need, rank_text
from .results import decided, in_order, match_need, named, seen_result, why
from .searches import FIND_SORTS, Fresh, Narrowed, finds_of, fresh_finds, narrowed_searches, searches_of
from .weights import decisions, versions, weights_in_use

__all__ = [
    "FIND_SORTS",
    "Alike",
    "ForNeed",
    "Found",
    "Fresh",
    "Match",
    "Narrowed",
    "Said",
    "Terms",
    "Truth",
    "alike",
    "brief_of",
    "counts",
    "decided",
    "decisions",
    "evidence_of",
    "feedback_of",
    "finds_of",
    "fresh_finds",
    "in_order",
    "managers_for",
    "match_need",
    "match_result",
    "named",
    "narrowed_searches",
    "need_for",
    "rank_need",
    "rank_text",
    "said",
    "searches_of",
    "seen_result",
    "shortlisted",
    "terms_of",
    "versions",
    "wanted_of",
    "weights_in_use",
    "why",
]
