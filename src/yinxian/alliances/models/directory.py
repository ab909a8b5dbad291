"""The directory of managers and of the other professions: one card for each, and what others may read of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged


class Card(Slugged):
    """A person's or an alumni body's card. A manager's tracks, regions and languages follow the manager's profile.

    ``audience`` says who finds it, ``shows`` which parts anyone may read; the network reads all parts. ``codes`` and
    ``words`` are what the directory is searched by, for the network and for anyone; ``turn`` orders the changes (see
    ``queries/shelf.py``). ``capacity`` is how many deals one takes at once, None where nothing is said.
    """

    PREFIX = "PC"

    class Profession(models.TextChoices):
        MANAGER = "manager", pgettext_lazy("profession", "技术经理人")
        LAWYER = "lawyer", pgettext_lazy("profession", "律师")
        ACCOUNTANT = "accountant", pgettext_lazy("profession", "会计师")
        APPRAISER = "appraiser", pgettext_lazy("profession", "资产评估师")
        PATENT = "patent", pgettext_lazy("profession", "专利代理师")
        INVESTOR = "investor", pgettext_lazy("profession", "投资人")
        ALUMNI = "alumni", pgettext_lazy("profession", "校友组织")

    class Audience(models.TextChoices):
        NOBODY = "nobody", _("谁都找不到")
        NETWORK = "network", _("只有协作网络里的人")
        PUBLIC = "public", _("任何人")

    class Part(models.TextChoices):
        NAME = "name", _("姓名")
        ORGANISATION = "organisation", _("所在单位")
        ABOUT = "about", _("介绍")
        TRACKS = "tracks", _("技术领域和佐证")
        REGIONS = "regions", _("服务地区")
        LANGUAGES = "languages", _("语言")
        LEVEL = "level", _("证书级别")
        LICENCES = "licences", _("执业证书")
        CAPACITY = "capacity", _("还能接几个项目")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="card"
    )
    organisation = models.OneToOneField(
        "network.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="card"
    )
    profession = models.CharField(_("职业"), max_length=10, choices=Profession.choices)
    headline = models.CharField(_("一句话介绍"), max_length=120, blank=True)
    headline_en = models.CharField(_("英文一句话介绍"), max_length=160, blank=True)
    about = models.TextField(_("介绍"), blank=True)
    about_en = models.TextField(_("英文介绍"), blank=True)
    tracks = models.JSONField(default=list)
    regions = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    capacity = models.PositiveSmallIntegerField(_("同时最多做几个项目"), null=True, blank=True)
    open_deals = models.PositiveIntegerField(default=0)
    audience = models.CharField(_("谁能找到我"), max_length=8, choices=Audience.choices, default=Audience.NETWORK)
    shows = models.JSONField(default=list)
    noindex = models.BooleanField(_("不让搜索引擎收录"), default=True)
    rank = models.PositiveSmallIntegerField(default=0)
    level = models.ForeignKey("credentials.Level", on_delete=models.PROTECT, null=True, related_name="+")
    level_until = models.DateTimeField(null=True)
    codes = models.CharField(max_length=600, blank=True)
    codes_public = models.CharField(max_length=600, blank=True)
    words = models.TextField(blank=True)
    words_public = models.TextField(blank=True)
    turn = models.BigIntegerField(default=0, db_index=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None) ^ Q(organisation=None), name="alliances_card_of_one_person_or_body"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        found = self.user if self.user_id else self.organisation
        return found.shown_name if found is not None else self.slug

    @property
    def free(self) -> int | None:
        """How many more deals one takes; None where nothing is said."""
        return None if self.capacity is None else max(0, self.capacity - self.open_deals)

    @property
    def shown_headline(self) -> str:
        return _read(self.headline, self.headline_en)

    @property
    def shown_about(self) -> str:
        return _read(self.about, self.about_en)


def _read(chinese: str, english: str) -> str:
    """In the reader's language; the other where this one is not written."""
    in_english = (get_language() or "").startswith("en")
    return (english or chinese) if in_english else (chinese or english)


class Licence(Slugged):
    """A licence to practise, as its holder says it; ``checked_by`` is who of an association has seen the original."""

    PREFIX = "LC"

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="licences")
    name = models.CharField(_("证书名称"), max_length=80)
    number = models.CharField(_("证号"), max_length=60)
    issuer = models.CharField(_("发证机关"), max_length=80)
    valid_until = models.DateField(_("有效至"), null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_for = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["card", "name", "number"], name="alliances_licence_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Turn(models.Model):
    """One row: the number of the last change of any card. Whoever changes cards locks it, so that a reader who has seen
    a number has seen all changes below it. ``epoch`` tells one database from another that took its place."""

    number = models.BigIntegerField(default=0)
    epoch = models.CharField(max_length=32)
