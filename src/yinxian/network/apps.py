from yinxian.kernel.apps import HouseApp


class NetworkConfig(HouseApp):
    default = True
    name = "yinxian.network"
    label = "network"
