"""Intake: from a company's own words to a brief. Pure: no database, no clock, no network.

``make_brief(title, text, today)`` reads; ``public.to_public`` gives the published JSON; ``files.read_words``
takes the words out of an uploaded file; ``differences.compare_briefs`` says what changed between versions.
"""

from .brief import make_brief

__all__ = ["make_brief"]
