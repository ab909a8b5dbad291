from yinxian.kernel.apps import HouseApp


class CredentialsConfig(HouseApp):
    default = True
    name = "yinxian.credentials"
    label = "credentials"
