from yinxian.kernel.apps import HouseApp


class SettlementConfig(HouseApp):
    default = True
    name = "yinxian.settlement"
    label = "settlement"
