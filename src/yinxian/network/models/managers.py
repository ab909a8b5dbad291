"""The profile of a technology manager."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from .organisations import Organisation
from .people import User


class ManagerProfile(Slugged):
    """What others may know of a manager. ``tracks`` is [{"field": "06", "evidence": "...", "evidence_en":
    "..."}]; a track is shown by evidence, not by a certificate alone."""

    PREFIX = "M"

    class Kind(models.TextChoices):
        RESEARCH = "research", _("挖矿型（科研侧）")
        MARKET = "market", _("孵化运营型（市场侧）")
        CAPITAL = "capital", _("资产资本型（资本侧）")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="manager_profile")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    association = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="managers",
        verbose_name=_("所属协会"),
    )
    tracks = models.JSONField(_("赛道"), default=list)
    regions = models.JSONField(_("服务地区"), default=list)
    languages = models.JSONField(_("语言"), default=list)
    years = models.PositiveSmallIntegerField(_("从业年数"), default=0)
    bio = models.TextField(_("自我介绍"), blank=True)
    bio_en = models.TextField(_("英文自我介绍"), blank=True)
    open_to_work = models.BooleanField(_("可接新项目"), default=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.user)

    @property
    def shown_bio(self) -> str:
        """In the reader's language; the other where this one is not written."""
        return _as_read(self.bio, self.bio_en)

    @property
    def shown_tracks(self) -> dict[str, str]:
        """Code of a field to its evidence, in the reader's language as ``shown_bio``."""
        given = [track for track in self.tracks if track]
        return {str(t.get("field")): _as_read(t.get("evidence") or "", t.get("evidence_en") or "") for t in given}


def _as_read(chinese: str, english: str) -> str:
    reads_english = (get_language() or "").startswith("en")
    return (english or chinese) if reads_english else (chinese or english)
