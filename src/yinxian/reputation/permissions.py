"""Who edits a scheme: the association's administrators and reviewers."""

from __future__ import annotations

from typing import Any

from yinxian.network.models import Organisation
from yinxian.network.permissions import can_admit


def can_edit_scheme(user: Any, association: Organisation) -> bool:
    return can_admit(user, association)
