"""Needs (需求): what a company wants, in its own words, kept for ever as written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from .listings import Listing

if TYPE_CHECKING:
    from .briefs import Brief


class Need(Listing):
    """``raw_words`` never change; what was understood of them is in the versions of the brief."""

    PREFIX = "N"
    CODE = "market.need_state"

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已提交")
        VERIFYING = "verifying", _("核实中")
        TRANSLATING = "translating", _("翻译中")
        CONFIRMED = "confirmed", _("企业确认")
        PUBLISHED = "published", _("已发布")
        MATCHING = "matching", _("对接中")
        SOLVED = "solved", _("已解决")
        REDIAGNOSIS = "rediagnosis", _("二次诊断")
        TRACKING = "tracking", _("长期跟踪")
        CLOSED = "closed", _("关闭")
        HOLD = "hold", _("暂缓")
        REJECTED = "rejected", _("驳回")
        EXPIRED = "expired", _("已过期")

    NEXT = {
        State.SUBMITTED: (State.VERIFYING, State.TRANSLATING, State.CLOSED),
        State.VERIFYING: (State.TRANSLATING, State.CONFIRMED, State.HOLD, State.CLOSED),
        State.TRANSLATING: (State.CONFIRMED, State.VERIFYING, State.CLOSED),
        State.CONFIRMED: (
            State.PUBLISHED,
            State.HOLD,
            State.REJECTED,
            State.TRANSLATING,
            State.MATCHING,
            State.SOLVED,
            State.CLOSED,
        ),
        State.HOLD: (State.CONFIRMED, State.PUBLISHED, State.REJECTED, State.TRANSLATING, State.CLOSED),
        State.REJECTED: (State.TRANSLATING, State.CONFIRMED, State.CLOSED),
        State.PUBLISHED: (
            State.MATCHING,
            State.TRANSLATING,
            State.EXPIRED,
            State.SOLVED,
            State.TRACKING,
            State.CLOSED,
        ),
        State.MATCHING: (
            State.SOLVED,
            State.REDIAGNOSIS,
            State.TRACKING,
            State.PUBLISHED,
            State.EXPIRED,
            State.CLOSED,
        ),
        State.REDIAGNOSIS: (State.TRANSLATING, State.MATCHING, State.TRACKING, State.SOLVED, State.CLOSED),
        State.TRACKING: (State.MATCHING, State.TRANSLATING, State.SOLVED, State.CLOSED),
        State.EXPIRED: (State.PUBLISHED, State.TRANSLATING, State.SOLVED, State.CLOSED),
        State.SOLVED: (State.CLOSED,),
        State.CLOSED: (),
    }

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.SUBMITTED, db_index=True)
    raw_words = models.TextField(_("企业原话"))
    raw_file = models.FileField(upload_to="needs/%Y/%m", blank=True)
    scene = models.TextField(_("使用场景"), blank=True)
    tried = models.TextField(_("试过什么"), blank=True)
    limits = models.TextField(_("限制条件"), blank=True)
    budget_low_fen = models.BigIntegerField(_("预算下限"), null=True, blank=True)
    budget_high_fen = models.BigIntegerField(_("预算上限"), null=True, blank=True)
    deadline = models.DateField(_("期限"), null=True, blank=True)
    wished_ip = models.CharField(_("希望的知识产权归属"), max_length=200, blank=True)
    payment_wish = models.CharField(_("谁付款、何时付"), max_length=200, blank=True)

    class Meta:
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source", "source_key"],
                condition=~models.Q(source_key=""),
                name="market_need_imported_once",
            )
        ]

    @property
    def current_brief(self) -> Brief | None:
        """The latest version of its brief, or None before there is one. One query; lists read it in bulk instead."""
        return self.briefs.order_by("-number").first()
