"""The thread from a need to money that has arrived, as the public pages draw it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def way() -> list[dict[str, Any]]:
    """Steps for ``_thread.html``; all of them done but the last, where the money is."""
    steps = [
        (_("需求"), _("企业自己的话")),
        (_("需求书"), _("译成可测的指标")),
        (_("撮合"), _("逐项比对，说明理由")),
        (_("引荐"), _("双方确认，署名留证")),
        (_("签约"), _("一份合同，两方点头")),
        (_("托管"), _("按节点验收放款")),
        (_("到账"), _("分给每一位出力的人")),
    ]
    last = len(steps) - 1
    return [
        {"label": label, "note": note, "state": "now" if place == last else "done"}
        for place, (label, note) in enumerate(steps)
    ]
