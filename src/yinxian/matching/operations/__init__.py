from .best import keep_best_fits
from .candidates import refuse, shortlist, undo
from .searches import look_again, save_search, stop_search
from .weights import back_to_prior, refit

__all__ = [
    "back_to_prior",
    "keep_best_fits",
    "look_again",
    "refit",
    "refuse",
    "save_search",
    "shortlist",
    "stop_search",
    "undo",
]
