from .candidates import refuse, shortlist, undo

__all__ = ["refuse", "shortlist", "undo"]
