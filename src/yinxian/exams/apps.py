from yinxian.kernel.apps import HouseApp
from yinxian.kernel.guards import guard

from .guards import GUARDS


class ExamsConfig(HouseApp):
    default = True
    name = "yinxian.exams"
    label = "exams"

    def ready(self) -> None:
        super().ready()
        guard(self, GUARDS)
