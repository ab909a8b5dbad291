from .entries import Entry, Head, Position
from .followers import Cursor, DayDone, Parked
from .seals import Seal

__all__ = ["Cursor", "DayDone", "Entry", "Head", "Parked", "Position", "Seal"]
