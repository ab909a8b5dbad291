from .appeals import Appeal
from .credit import CreditChoice, Measure
from .points import UNDOING, Point, Why
from .relations import Relation
from .schemes import Event, Scheme

__all__ = ["UNDOING", "Appeal", "CreditChoice", "Event", "Measure", "Point", "Relation", "Scheme", "Why"]
