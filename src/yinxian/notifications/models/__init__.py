from .notices import Group, Notice, Preference

__all__ = ["Group", "Notice", "Preference"]
