"""An app of the house: on start, its sentences of refusal and its followers of the journal become known."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

from .errors import register_sentences


class HouseApp(AppConfig):
    default = False

    def ready(self) -> None:
        if find_spec(f"{self.name}.refusals"):
            register_sentences(import_module(f"{self.name}.refusals").SENTENCES)
        if find_spec(f"{self.name}.followers"):
            import_module(f"{self.name}.followers")


class KernelConfig(HouseApp):
    default = True
    name = "yinxian.kernel"
    label = "kernel"
