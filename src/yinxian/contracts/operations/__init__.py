from .approvals import approve_contract
from .contracts import cancel_contract, draft_contract, fill_contract, offer_contract, withdraw_contract
from .drafts import check_contract, check_draft, forget_draft
from .registrations import decide_registration, prepare_registration, submit_registration
from .scans import confirm_scan, upload_scan
from .signatures import sign_with_certificate, sign_with_service
from .templates import copy_template, edit_template, publish_template

__all__ = [
    "approve_contract",
    "cancel_contract",
    "check_contract",
    "check_draft",
    "confirm_scan",
    "copy_template",
    "decide_registration",
    "draft_contract",
    "edit_template",
    "fill_contract",
    "forget_draft",
    "offer_contract",
    "prepare_registration",
    "publish_template",
    "sign_with_certificate",
    "sign_with_service",
    "submit_registration",
    "upload_scan",
    "withdraw_contract",
]
