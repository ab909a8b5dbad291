from yinxian.kernel.apps import HouseApp


class ContractsConfig(HouseApp):
    default = True
    name = "yinxian.contracts"
    label = "contracts"
