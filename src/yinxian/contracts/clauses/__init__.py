"""The texts of contracts, one module a kind: data only. Word, PDF, form and preview are all made from them."""

from __future__ import annotations

from . import brokerage, development, licence
from .structure import Article, Ask, Block, Table, Template, When

__all__ = ["Article", "Ask", "Block", "Table", "Template", "When", "latest", "template"]

TEMPLATES = {
    (found.kind, found.version): found for found in (development.TEMPLATE, licence.TEMPLATE, brokerage.TEMPLATE)
}


def template(kind: str, version: str) -> Template:
    """The template of a kind in a version; KeyError when there never was one."""
    return TEMPLATES[kind, version]


def latest(kind: str) -> Template:
    """The newest version: versions are ``year.number`` and compare as such."""
    return max(
        (found for found in TEMPLATES.values() if found.kind == kind),
        key=lambda found: tuple(int(part) for part in found.version.split(".")),
    )
