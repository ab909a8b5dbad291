"""What people keep with a deal: who works on it, notes, meetings, files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged

from .deals import Deal


class Side(models.TextChoices):
    """For whom somebody stands in a deal."""

    BUYER = "buyer", _("需方")
    SUPPLIER = "supplier", _("供方")
    MANAGER = "manager", _("经理人一方")


class Audience(models.TextChoices):
    """Who may read a note, a meeting or a file: everyone in the deal, or one side of it."""

    ALL = "all", _("各方可见")
    BUYER = "buyer", _("仅需方")
    SUPPLIER = "supplier", _("仅供方")
    MANAGER = "manager", _("仅经理人一方")


class TeamMember(models.Model):
    """A person who works on a deal for one of its sides. With a ``user`` they see what that side sees."""

    class Profession(models.TextChoices):
        MANAGER = "manager", pgettext_lazy("profession", "技术经理人")
        LAWYER = "lawyer", _("律师")
        ACCOUNTANT = "accountant", _("会计师")
        APPRAISER = "appraiser", _("评估师")
        PATENT = "patent", _("专利代理师")
        INVESTOR = "investor", _("投资人")
        BANK = "bank", _("银行")
        PILOT = "pilot", _("中试服务")
        OTHER = "other", _("其他")

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="deal_roles"
    )
    name = models.CharField(_("姓名"), max_length=60)
    profession = models.CharField(_("专业"), max_length=12, choices=Profession.choices)
    side = models.CharField(_("为谁服务"), max_length=10, choices=Side.choices, default=Side.MANAGER)
    firm = models.CharField(_("所在机构"), max_length=120, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deal", "user"],
                condition=models.Q(left_at=None, user__isnull=False),
                name="deals_on_a_team_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_profession_display()})"


class Note(Slugged):
    """A few words between visits; never changed."""

    PREFIX = "T"

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("内容"))
    audience = models.CharField(_("谁能看"), max_length=10, choices=Audience.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]


class Meeting(Slugged):
    """A visit or a call: where, when, who, what was said."""

    PREFIX = "V"

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="meetings")
    at = models.DateTimeField(_("时间"))
    place = models.CharField(_("地点"), max_length=200)
    people = models.CharField(_("参加人"), max_length=300)
    minutes = models.TextField(_("纪要"), blank=True)
    audience = models.CharField(_("谁能看"), max_length=10, choices=Audience.choices)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]


class DealFile(Slugged):
    """A file of the deal, never changed; ``sha256`` proves that it is still the one that was given."""

    PREFIX = "F"

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(_("文件"), upload_to="deals/%Y/%m")
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    audience = models.CharField(_("谁能看"), max_length=10, choices=Audience.choices)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name
