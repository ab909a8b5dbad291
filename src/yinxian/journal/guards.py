"""The database refuses to change or remove what was recorded, placed or sealed."""

from yinxian.kernel.guards import append_only

GUARDS = (*append_only("journal_entry"), *append_only("journal_position"), *append_only("journal_seal"))
