"""Candidates (候选): what was decided about a result for a need."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.states import Stateful


class Refusal(models.TextChoices):
    """Why a result was refused: the eight things that buyers say."""

    TOO_EARLY = "too_early", _("技术阶段太早")
    FIGURES = "figures", _("指标不够")
    PRICE = "price", _("价格不合适")
    BENEFIT = "benefit", _("效益不清")
    ROUTE_TO_MARKET = "route_to_market", _("商业路径不清")
    VAGUE = "vague", _("描述太模糊")
    WRONG_FIELD = "wrong_field", _("领域或路线不对")
    CONFLICT = "conflict", _("已接触过或有冲突")


class Candidate(Stateful):
    """A result that somebody has decided about for a need; what nobody has touched has no row.

    ``score`` (0-100), ``reasons`` ([{"code", "params"}]) and ``brief_number`` are as they stood when the
    decision was made: a later brief may rank the result elsewhere.
    """

    CODE = "matching.candidate_state"

    class State(models.TextChoices):
        NEW = "new", _("未定")
        SHORTLISTED = "shortlisted", _("已入围")
        REFUSED = "refused", _("不合适")

    NEXT = {
        State.NEW: (State.SHORTLISTED, State.REFUSED),
        State.SHORTLISTED: (State.NEW, State.REFUSED),
        State.REFUSED: (State.NEW, State.SHORTLISTED),
    }

    need = models.ForeignKey("market.Need", on_delete=models.PROTECT, related_name="candidates")
    result = models.ForeignKey("market.Result", on_delete=models.PROTECT, related_name="candidates")
    brief_number = models.PositiveIntegerField(_("需求书版本"), default=0)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.NEW)
    score = models.PositiveSmallIntegerField(_("契合"), default=0)
    reasons = models.JSONField(_("理由"), default=list, blank=True)
    refusal = models.CharField(_("不合适的原因"), max_length=16, choices=Refusal.choices, blank=True)
    note = models.CharField(_("补充说明"), max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "result"], name="matching_candidate_once"),
            models.CheckConstraint(condition=models.Q(score__lte=100), name="matching_candidate_score_to_100"),
            models.CheckConstraint(
                condition=(models.Q(state="refused") & ~models.Q(refusal=""))
                | (~models.Q(state="refused") & models.Q(refusal="")),
                name="matching_candidate_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} · {self.result}"
