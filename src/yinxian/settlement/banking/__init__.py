"""Bank files without a database: statements that come in (camt.053, tables), orders that go out (pain.001)."""

from .lines import Fault, Line, Statement, identify

__all__ = ["Fault", "Line", "Statement", "identify"]
