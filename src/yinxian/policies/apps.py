from yinxian.kernel.apps import HouseApp


class PoliciesConfig(HouseApp):
    default = True
    name = "yinxian.policies"
    label = "policies"
