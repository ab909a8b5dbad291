"""The database refuses to remove a person: who leaves is blanked and stays as a number (operations.personal)."""

from yinxian.kernel.guards import Refuse

GUARDS = tuple(Refuse(f"network_user_{event.lower()}", "network_user", event) for event in ("DELETE", "TRUNCATE"))
