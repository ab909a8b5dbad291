"""Counts of credit in sentences: small numbers are said to be small."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yinxian.kernel.money import show_percent

from ..models import Measure
from ..queries.credit import Credit, span


def _what(credit: Credit, k: int, n: int) -> str:
    words = {"k": k, "n": n}
    return {
        Measure.CLOSED: _("有结果的 %(n)s 次引荐，签约 %(k)s 次"),
        Measure.DISPUTES: _("了结的 %(n)s 起争议，退款给需方 %(k)s 起"),
        Measure.EVIDENCE: _("给出的 %(n)s 条佐证，被别人撤回 %(k)s 条"),
    }[credit.measure] % words


def said_of(credit: Credit) -> str:
    """The count, and how sure it is; of fewer than five, that they say nothing."""
    if not credit.n:
        return _("还没有可数的事。")
    small = ngettext("%(n)s 件，太少，不能说明什么。", "%(n)s 件，太少，不能说明什么。", credit.n) % {"n": credit.n}
    if credit.median is not None:
        found = credit.median
        middle = _("%(n)s 次，中位数 %(days)s") % {"n": found.n, "days": span(found.middle)}
        if found.small:
            return _("%(said)s。%(small)s") % {"said": middle, "small": small}
        if found.low is None:
            return _("%(middle)s；少于 6 次，算不出 95%% 的区间。") % {"middle": middle}
        words = {"middle": middle, "low": span(found.low), "high": span(found.high)}
        return _("%(middle)s；以 95%% 的把握在 %(low)s 到 %(high)s 之间。") % words
    share = credit.share
    if share is None or share.bp is None:
        return _("还没有可数的事。")
    what = _what(credit, share.k, share.n)
    if share.small:
        return _("%(said)s。%(small)s") % {"said": what, "small": small}
    words = {
        "what": what,
        "share": show_percent(share.bp),
        "low": show_percent(share.low_bp or 0),
        "high": show_percent(share.high_bp or 0),
    }
    return _("%(what)s，即 %(share)s；以 95%% 的把握在 %(low)s 到 %(high)s 之间。") % words
