from .levels import level_for, listed_needs, listed_results, visible_needs, visible_results
from .shown import Shown, shown

__all__ = [
    "Shown",
    "level_for",
    "listed_needs",
    "listed_results",
    "shown",
    "visible_needs",
    "visible_results",
]
