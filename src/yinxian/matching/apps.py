from yinxian.kernel.apps import HouseApp


class MatchingConfig(HouseApp):
    default = True
    name = "yinxian.matching"
    label = "matching"
