"""The thread from a need to money that has arrived, as the public pages draw it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext


def way() -> list[dict[str, Any]]:
    """Steps for ``_thread.html``; all of them done but the last, where the money is."""
    steps = [
        (pgettext("way", "需求"), pgettext("way", "企业自己的话")),
        (pgettext("way", "需求书"), pgettext("way", "译成可测的指标")),
        (pgettext("way", "撮合"), pgettext("way", "逐项比对，说明理由")),
        (pgettext("way", "引荐"), pgettext("way", "双方确认，署名留证")),
        (pgettext("way", "签约"), pgettext("way", "一份合同，两方点头")),
        (pgettext("way", "托管"), pgettext("way", "按节点验收放款")),
        (pgettext("way", "到账"), pgettext("way", "分给每一位出力的人")),
    ]
    last = len(steps) - 1
    return [
        {"label": label, "note": note, "state": "now" if place == last else "done"}
        for place, (label, note) in enumerate(steps)
    ]
