from yinxian.kernel.apps import HouseApp


class ReputationConfig(HouseApp):
    default = True
    name = "yinxian.reputation"
    label = "reputation"
