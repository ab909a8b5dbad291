from yinxian.kernel.apps import HouseApp


class DealsConfig(HouseApp):
    default = True
    name = "yinxian.deals"
    label = "deals"
