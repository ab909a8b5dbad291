from yinxian.kernel.apps import HouseApp


class MarketConfig(HouseApp):
    default = True
    name = "yinxian.market"
    label = "market"
