from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from yinxian.kernel.apps import HouseApp
from yinxian.kernel.guards import guard

from .guards import GUARDS


class SettlementConfig(HouseApp):
    default = True
    name = "yinxian.settlement"
    label = "settlement"

    def ready(self) -> None:
        super().ready()
        guard(self, GUARDS)
        post_migrate.connect(_put_zero, sender=self, dispatch_uid="settlement.zero")


def _put_zero(sender: AppConfig, using: str, **_: Any) -> None:
    """The row that every balanced transaction refers to."""
    if "settlement_zero" in connections[using].introspection.table_names():
        sender.get_model("Zero")._default_manager.using(using).get_or_create(pk=0)
