from yinxian.kernel.apps import HouseApp


class JournalConfig(HouseApp):
    default = True
    name = "yinxian.journal"
    label = "journal"
