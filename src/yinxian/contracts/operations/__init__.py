from .approvals import approve_contract
from .contracts import cancel_contract, draft_contract, fill_contract, offer_contract, withdraw_contract
from .scans import confirm_scan, upload_scan

__all__ = [
    "approve_contract",
    "cancel_contract",
    "confirm_scan",
    "draft_contract",
    "fill_contract",
    "offer_contract",
    "upload_scan",
    "withdraw_contract",
]
