"""What import-linter cannot see: sizes, foreign keys, codes of refusal, settings."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey, ManyToManyField

from yinxian.config.env import SETTINGS, unsafe
from yinxian.kernel.errors import known_codes

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "yinxian").rglob("*.py"))
LAYERS = [
    {"kernel"},
    {"journal"},
    {"network"},
    {"credentials"},
    {"market"},
    {"matching", "contracts", "settlement", "policies"},
    {"deals"},
    {"exams", "alliances"},
    {"training", "landing"},
    {"reputation"},
    {"notifications"},
    {"portal"},
]
HEIGHT = {app: number for number, layer in enumerate(LAYERS) for app in layer}


def test_no_file_is_longer_than_400_lines() -> None:
    texts = [*SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "src").rglob("templates/**/*.html")]
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in texts}
    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_foreign_keys_obey_the_import_direction() -> None:
    """The one exception is the journal's actor."""
    wrong = []
    for model in apps.get_models():
        app = model._meta.app_label
        for field in model._meta.get_fields():
            if app not in HEIGHT or not isinstance(field, (ForeignKey, ManyToManyField)):
                continue
            target = field.remote_field.model._meta.app_label
            sideways = target != app and HEIGHT.get(target) == HEIGHT[app]
            if HEIGHT.get(target, -1) > HEIGHT[app] or sideways:
                wrong.append(f"{model.__name__}.{field.name} -> {target}")
    assert wrong == ["Entry.actor -> network"]


def raised_codes() -> set[str]:
    """First arguments of Forbidden, Conflict and Invalid anywhere in the sources, and CODE of stateful models."""
    codes = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                first = node.args[0] if node.args else None
                if name in {"Forbidden", "Conflict", "Invalid"} and isinstance(first, ast.Constant):
                    codes.add(str(first.value))
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "CODE" for t in node.targets):
                codes.add(ast.literal_eval(node.value))
    return codes


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal() -> None:
    assert raised_codes() - known_codes() == set()
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name[:8] != "refusals")
    assert {code for code in known_codes() if f'"{code}"' not in text} == set()


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    guide = (ROOT / "docs" / "guide" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", guide, re.MULTILINE))
    assert documented == {setting.name for setting in SETTINGS}


def test_settings_are_read_through_the_list_only() -> None:
    allowed = {"config/env.py", "config/wsgi.py"}
    readers = {
        str(path.relative_to(ROOT / "src" / "yinxian"))
        for path in SOURCES
        if re.search(r"os\.environ|getenv", path.read_text(encoding="utf-8"))
    }
    assert {name for name in readers if not name.startswith("cli/")} <= allowed


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, None),
        ({"secret": "demo-" + "x" * 60}, "YINXIAN_SECRET_KEY"),
        ({"secret": "short"}, "YINXIAN_SECRET_KEY"),
        ({"debug": True}, "YINXIAN_DEBUG"),
        ({"hosts": []}, "YINXIAN_HOSTS"),
        ({"hosts": ["*"]}, "YINXIAN_HOSTS"),
        ({"mode": "prod"}, "YINXIAN_MODE"),
    ],
)
def test_production_refuses_settings_that_are_not_safe(change: dict[str, object], said: str | None) -> None:
    given: dict[str, object] = {"mode": "production", "secret": "k" * 60, "debug": False, "hosts": ["a.example"]}
    reason = unsafe(**(given | change))  # type: ignore[arg-type]  # the test gives wrong ones on purpose
    assert (reason is None) if said is None else (reason is not None and said in reason)


def test_nothing_reads_the_wall_clock_but_the_kernel() -> None:
    pattern = re.compile(r"datetime\.now\(|date\.today\(|timezone\.now\(|time\.time\(")
    readers = {str(path.relative_to(ROOT)) for path in SOURCES if pattern.search(path.read_text(encoding="utf-8"))}
    assert readers <= {"src/yinxian/kernel/clock.py"}


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_two_schemas_of_the_api_share_a_name() -> None:
    """OpenAPI knows a schema by its name alone: of two with other fields, one would stand for both."""
    from ninja import Schema

    from yinxian.config import api  # noqa: F401  # loads every router

    shapes: dict[str, set[str]] = {}
    todo = list(Schema.__subclasses__())
    while todo:
        found = todo.pop()
        todo += found.__subclasses__()
        if found.__module__.startswith("yinxian."):
            shapes.setdefault(found.__name__, set()).add(",".join(sorted(found.model_fields)))
    assert {name for name, fields in shapes.items() if len(fields) > 1} == set()
