"""The texts of contracts: data files beside this module, one a template and version. Word, PDF, form
and preview are all made from them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from .reading import read
from .structure import Article, Ask, Change, Clause, Pair, Template

__all__ = ["Article", "Ask", "Change", "Clause", "Pair", "Template", "common", "latest", "template", "templates"]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "texts" / name).read_text(encoding="utf-8"))


@cache
def common() -> dict[str, Any]:
    return _load("common.toml")


@cache
def templates() -> tuple[Template, ...]:
    """Every template in every version that there ever was."""
    folder = files(__package__) / "texts"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(read(_load(name), common()) for name in names if name != "common.toml")


def _order(found: Template) -> tuple[int, ...]:
    return tuple(int(part) for part in found.version.split("."))


def template(kind: str, version: str, sub_kind: str = "") -> Template:
    """The template of a kind (and sub-kind) in a version; KeyError when there never was one."""
    for found in templates():
        if (found.kind, found.version) == (kind, version) and (not sub_kind or sub_kind in found.sub_kinds):
            return found
    raise KeyError((kind, version, sub_kind))


def latest(kind: str, sub_kind: str = "") -> Template:
    """The newest version: versions are ``year.number`` and compare as such."""
    return max(
        (one for one in templates() if one.kind == kind and (not sub_kind or sub_kind in one.sub_kinds)), key=_order
    )
