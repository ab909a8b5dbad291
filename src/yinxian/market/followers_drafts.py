"""The worker's part of a draft by a model: it talks to the network, so it runs in no transaction."""

from yinxian import journal
from yinxian.journal.models import Entry

from .operations.drafts import run_draft


@journal.follower("market.drafts", ("market.need.draft_asked",), outside=True)
def draft_asked(entry: Entry) -> None:
    run_draft(draft_id=entry.data["draft"])
