from yinxian.kernel.apps import HouseApp


class TrainingConfig(HouseApp):
    default = True
    name = "yinxian.training"
    label = "training"
