"""A model drafts the brief: any OpenAI-compatible endpoint that the settings name. The rules stay the default.

``draft(title, text, today)`` never raises for what the model or the line does: it gives the rules' brief and says
why, or the model's brief with what was dropped because the company's words do not hold it. It talks to the network,
so it is never called inside a transaction.
"""

from .draft import Draft, draft, is_configured

__all__ = ["Draft", "draft", "is_configured"]
