"""Manager studios (工作室): a public page of people who work together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.regions import region_name


class Studio(Slugged):
    """``tracks`` are codes of technology fields. A studio that is not published is seen by its members only."""

    PREFIX = "ST"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="studios_owned")
    name = models.CharField(_("工作室名称"), max_length=60, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    about = models.TextField(_("介绍"), blank=True)
    about_en = models.TextField(_("英文介绍"), blank=True)
    region = models.CharField(_("地区"), max_length=6, blank=True)
    tracks = models.JSONField(_("技术领域"), default=list)
    published = models.BooleanField(_("公开主页"), default=False)
    noindex = models.BooleanField(_("不让搜索引擎收录"), default=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def shown_about(self) -> str:
        english = (get_language() or "").startswith("en")
        return (self.about_en or self.about) if english else (self.about or self.about_en)

    @property
    def region_name(self) -> str:
        return region_name(self.region)


class StudioMember(models.Model):
    """``shown`` is the person's own choice: whether the public page names them. Who has not agreed is no member."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="studio_memberships")
    role = models.CharField(_("做什么"), max_length=60, blank=True)
    shown = models.BooleanField(_("在公开主页上写出我的姓名"), default=False)
    invited_at = models.DateTimeField(default=clock.now)
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["studio", "user"], condition=Q(left_at=None), name="alliances_studio_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.studio}"


class StudioCase(models.Model):
    """A registered deal that a member managed. The page says only what the register of contracts says of it: the field,
    the year, the form, an amount in bands."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="cases")
    deal = models.ForeignKey("deals.Deal", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-deal__registered_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["studio", "deal"], name="alliances_case_once")]

    def __str__(self) -> str:
        return f"{self.studio}: {self.deal_id}"


class StudioMessage(models.Model):
    """Words left on the public page: for the members, never shown to others."""

    studio = models.ForeignKey(Studio, on_delete=models.CASCADE, related_name="messages")
    name = models.CharField(_("称呼"), max_length=60)
    contact = models.CharField(_("怎么联系您"), max_length=120)
    text = models.TextField(_("想说的话"))
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} → {self.studio_id}"
