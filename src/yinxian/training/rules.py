"""When a course is completed. No database."""

from __future__ import annotations


def enough(minutes: int, planned: int, percent: int) -> bool:
    """Whether the attended minutes reach the percentage of the planned ones; compared without dividing."""
    return planned > 0 and minutes * 100 >= planned * percent
