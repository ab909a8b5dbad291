"""The clause check: rules over the words of a draft, each with its article and a fairer wording."""

from .engine import LONGEST, Checked, check, explain, names_of

__all__ = ["LONGEST", "Checked", "check", "explain", "names_of"]
