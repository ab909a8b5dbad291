"""Runs of the importer: previewed, queued, all or nothing."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged
from yinxian.kernel.states import Stateful


class ImportRun(Slugged, Stateful):
    PREFIX = "I"
    CODE = "market.import_state"

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("已预览")
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("导入中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未导入")
        CANCELLED = "cancelled", _("已取消")

    NEXT = {
        State.PREVIEWED: (State.QUEUED, State.CANCELLED, State.FAILED),
        State.QUEUED: (State.RUNNING, State.CANCELLED, State.FAILED),
        State.RUNNING: (State.DONE, State.FAILED, State.QUEUED),
    }

    kind = models.CharField(max_length=8, choices=[("needs", _("需求")), ("results", _("成果"))])
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEWED)
    file = models.FileField(upload_to="imports/%Y/%m")
    file_name = models.CharField(max_length=200)
    source = models.CharField(max_length=80, default="list")
    publish = models.BooleanField(default=False)
    owner = models.ForeignKey("network.Organisation", on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    mapping = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    apart = models.PositiveIntegerField(_("写了几条需求的行"), default=0)
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)
    error_count = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def columns_read(self) -> list[tuple[str, str]]:
        """The columns of the file and what each is read as, in the reader's language; empty for what is not read."""
        model = apps.get_model("market", "Need" if self.kind == "needs" else "Result")
        names = {field.name: str(getattr(field, "verbose_name", field.name)) for field in model._meta.get_fields()}
        extra = {"budget": gettext("预算"), "price": gettext("价格"), "source_key": gettext("编号")}
        shown = {column: extra.get(name) or names.get(name, name) for column, name in self.mapping.items()}
        return sorted(shown.items(), key=lambda item: bool(item[1]))
