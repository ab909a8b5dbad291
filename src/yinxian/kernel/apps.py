"""An app of the house: on start, its sentences of refusal, its followers of the journal and what it
holds of people become known."""

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
        for room in ("followers", "personal"):
            if find_spec(f"{self.name}.{room}"):
                import_module(f"{self.name}.{room}")


class KernelConfig(HouseApp):
    default = True
    name = "yinxian.kernel"
    label = "kernel"
