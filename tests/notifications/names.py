"""Every name that the sources record in the journal, read from the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from yinxian.matching.models.feedback import Feedback

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yinxian"
APPS = (
    "market",
    "matching",
    "contracts",
    "settlement",
    "policies",
    "deals",
    "network",
    "credentials",
    "alliances",
    "exams",
    "training",
    "landing",
    "reputation",
    "notifications",
)
NAME = re.compile(rf"({'|'.join(APPS)})(\.[a-z_]+)+")
RECORDERS = {"record", "note", "say", "_say", "_note", "_record"}


def recorded_names() -> set[str]:
    found: set[str] = set()
    for app in APPS:
        for path in (SOURCE / app).rglob("*.py"):
            if "migrations" not in path.parts:
                found |= set(_names(path, app))
    return found


def _names(path: Path, app: str) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and _callee(node) in RECORDERS]
        for call in calls:
            first = call.args[0] if call.args else None
            if isinstance(first, ast.Name):
                yield from _assigned(function, first.id)
            elif first is not None:
                yield from _texts(first)
            verb = first.value if isinstance(first, ast.Constant) else None
            if app == "market" and isinstance(verb, str) and "." not in verb:
                for kind in _kinds(function):
                    yield f"market.{kind}.{verb}"
    if path.match("market/operations/listings.py"):
        verbs = _table(tree, "VERBS")
        yield from (f"market.{kind}.{verb}" for kind in ("need", "result") for verb in verbs)
    if path.match("market/operations/grants.py"):
        yield from (f"market.{kind}.party_removed" for kind in ("need", "result"))
    if path.match("matching/operations/candidates.py"):
        yield from (f"matching.candidate.{verb}" for verb in Feedback.Verb.values)


def _callee(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _texts(node: ast.expr) -> Iterator[str]:
    """Names in an expression: a text, or a choice between two."""
    for inside in ast.walk(node):
        if isinstance(inside, ast.Constant) and isinstance(inside.value, str) and NAME.fullmatch(inside.value):
            yield inside.value


def _assigned(function: ast.FunctionDef, name: str) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            yield from _texts(node.value)


def _kinds(function: ast.FunctionDef) -> tuple[str, ...]:
    """Of what the listing is that a function of the market records: told by its name, else of both kinds."""
    text = ast.unparse(function)
    need, result = "need" in text.lower(), "result" in text.lower()
    return ("need",) if need and not result else ("result",) if result and not need else ("need", "result")


def _table(tree: ast.Module, name: str) -> list[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            return list(ast.literal_eval(node.value).values())
    return []
