from yinxian.kernel.apps import HouseApp
from yinxian.kernel.guards import guard

from .guards import GUARDS


class JournalConfig(HouseApp):
    default = True
    name = "yinxian.journal"
    label = "journal"

    def ready(self) -> None:
        super().ready()
        guard(self, GUARDS)
