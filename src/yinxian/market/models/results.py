"""Results (成果): what a supplier has to offer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..codes import TRL, PriceKind
from .listings import Listing


class Result(Listing):
    """``indicators`` is a list of the house's indicators; ``ip_rows`` of {kind, number, status, territory, owners}."""

    PREFIX = "R"
    CODE = "market.result_state"

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PENDING = "pending", _("待审核")
        PUBLISHED = "published", _("已发布")
        HOLD = "hold", _("暂缓")
        REJECTED = "rejected", _("驳回")
        WITHDRAWN = "withdrawn", _("已下架")
        EXPIRED = "expired", _("已过期")

    NEXT = {
        State.DRAFT: (State.PENDING, State.WITHDRAWN),
        State.PENDING: (State.PUBLISHED, State.HOLD, State.REJECTED, State.DRAFT, State.WITHDRAWN),
        State.HOLD: (State.PENDING, State.PUBLISHED, State.REJECTED, State.DRAFT, State.WITHDRAWN),
        State.REJECTED: (State.DRAFT, State.PENDING, State.WITHDRAWN),
        State.PUBLISHED: (State.WITHDRAWN, State.EXPIRED, State.PENDING),
        State.EXPIRED: (State.PENDING, State.PUBLISHED, State.WITHDRAWN),
        State.WITHDRAWN: (State.DRAFT,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, db_index=True)
    problem = models.TextField(_("解决的问题"), blank=True)
    description = models.TextField(_("详细说明"), blank=True)
    advantage = models.TextField(_("相对现有方案的优势"), blank=True)
    indicators = models.JSONField(_("指标"), default=list, blank=True)
    trl = models.PositiveSmallIntegerField(_("技术成熟度"), choices=TRL, null=True, blank=True)
    ipc = models.CharField("IPC", max_length=60, blank=True)
    ip_rows = models.JSONField(_("知识产权"), default=list, blank=True)
    price_kind = models.CharField(_("价格方式"), max_length=8, choices=PriceKind.choices, default=PriceKind.OPEN)
    price_low_fen = models.BigIntegerField(_("价格下限"), null=True, blank=True)
    price_high_fen = models.BigIntegerField(_("价格上限"), null=True, blank=True)
    price_text = models.CharField(_("价格说明"), max_length=200, blank=True)
    price_confidential = models.BooleanField(_("价格保密"), default=False)
    team = models.TextField(_("团队"), blank=True)
    limits = models.TextField(_("已知局限与风险"), blank=True)
    evidence = models.TextField(_("佐证（检测报告等）"), blank=True)

    class Meta:
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source", "source_key"],
                condition=~models.Q(source_key=""),
                name="market_result_imported_once",
            )
        ]
