from yinxian.kernel.apps import HouseApp


class AlliancesConfig(HouseApp):
    default = True
    name = "yinxian.alliances"
    label = "alliances"
