"""What deals says when it refuses: one module of sentences a matter."""

from .refusals_deals import SENTENCES as DEALS
from .refusals_introductions import SENTENCES as INTRODUCTIONS
from .refusals_milestones import SENTENCES as MILESTONES
from .refusals_trials import SENTENCES as TRIALS

SENTENCES = {**DEALS, **INTRODUCTIONS, **MILESTONES, **TRIALS}
