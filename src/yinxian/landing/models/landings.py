"""Landings (落地): what a team needs elsewhere, and the way from there to its arrival."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.fields import Field
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful


class Landing(Slugged, Stateful):
    """A team (``team``) looks for room, capacity or policy. ``home`` is the association of the region it comes from,
    ``manager`` the manager there who refers it.

    ``figures`` is {key: decimal in the unit of kinds.FIGURES}, ``permits`` a list of kinds.Permit, ``extra`` further
    indicators of the team's own; ``regions`` are codes of provinces, none for anywhere. ``rent_fen`` is the most a
    month for a square metre, ``support_fen`` the least money that the region is to bring.
    """

    PREFIX = "L"
    CODE = "landing.state"

    class State(models.TextChoices):
        WANTED = "wanted", _("找地方")
        OFFERED = "offered", _("有地方应约")
        CHOSEN = "chosen", _("已选定")
        LANDED = "landed", _("已落地，待两地确认")
        CONFIRMED = "confirmed", _("两地已确认")
        WITHDRAWN = "withdrawn", _("已撤回")
        LAPSED = "lapsed", _("已过期")

    NEXT = {
        State.WANTED: (State.OFFERED, State.WITHDRAWN, State.LAPSED),
        State.OFFERED: (State.WANTED, State.CHOSEN, State.WITHDRAWN, State.LAPSED),
        State.CHOSEN: (State.LANDED, State.WITHDRAWN),
        State.LANDED: (State.CHOSEN, State.CONFIRMED),
    }
    OPEN = (State.WANTED, State.OFFERED)

    team = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="landings")
    home = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("项目名称"), max_length=120)
    about = models.TextField(_("项目说明"))
    field = models.CharField(_("技术领域"), max_length=2, choices=Field.choices)
    regions = models.JSONField(_("想去的地区"), default=list, blank=True)
    figures = models.JSONField(default=dict)
    permits = models.JSONField(_("离不开的条件"), default=list, blank=True)
    extra = models.JSONField(default=list, blank=True)
    rent_fen = models.BigIntegerField(_("租金上限"), null=True, blank=True)
    support_fen = models.BigIntegerField(_("资金支持"), null=True, blank=True)
    needed_by = models.DateField(_("最晚入驻"), null=True, blank=True)
    open_until = models.DateField(_("应约截止"), db_index=True)
    contact_name = models.CharField(_("联系人"), max_length=60)
    contact_phone = models.CharField(_("联系电话"), max_length=40)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.WANTED, db_index=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)
    chosen_at = models.DateTimeField(null=True)
    landed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """That the team has arrived: one paper with its number, its day and the file as it was given."""

    class Kind(models.TextChoices):
        LICENCE = "licence", _("营业执照")
        LEASE = "lease", _("租赁合同")

    landing = models.ForeignKey(Landing, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("凭证"), max_length=8, choices=Kind.choices)
    number = models.CharField(_("证号或合同号"), max_length=60)
    dated_on = models.DateField(_("签发或签订日期"))
    area = models.CharField(_("实际面积"), max_length=32, blank=True)
    file = models.FileField(_("文件"), upload_to="landing/%Y/%m")
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    questioned_at = models.DateTimeField(null=True)
    questioned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    question = models.CharField(_("哪里不对"), max_length=300, blank=True)

    class Meta:
        ordering = ["landing", "pk"]


class Confirmation(models.Model):
    """One region's word that the evidence is true, given once for each paper by somebody who earns nothing from it."""

    class Side(models.TextChoices):
        HOME = "home", _("来源地")
        RECEIVING = "receiving", _("落地地")

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="confirmations")
    side = models.CharField(max_length=10, choices=Side.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["evidence", "at"]
        constraints = [models.UniqueConstraint(fields=["evidence", "side"], name="landing_one_word_a_side")]
