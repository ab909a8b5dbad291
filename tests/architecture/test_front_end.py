"""What every template keeps to, and what the built front end must hold."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from django.template.loader import get_template

from yinxian.kernel.assets import ASSETS

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
PACKAGE = ROOT / "src/yinxian"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
ICONS = (FRONTEND / "icons.txt").read_text(encoding="utf-8").split()
BUILT = ["app.css", "app.js", "charts.js", "favicon.svg", "icons.svg", "og.png", "touch.png"]


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def hatch_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", FRONTEND / "hatch_build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_keeps_to_the_content_security_policy(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", source), "inline styles are refused: use a class"
    assert not re.search(r"<style", source), "style elements are refused: frontend/css"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source), "inline handlers are refused: frontend/js"
    for script in re.findall(r"<script\b[^>]*>", source):
        assert "src=" in script or "application/" in script, f"inline script: {script}"
    assert "hx-on" not in source and "js:" not in source, "htmx must not evaluate code"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_is_sound(path: Path) -> None:
    folder = next(parent for parent in path.parents if parent.name == "templates")
    get_template(str(path.relative_to(folder)))
    source = path.read_text(encoding="utf-8")
    missing = set(re.findall(r"{% icon [\"']([\w-]+)[\"']", source)) - set(ICONS)
    assert not missing, f"add to frontend/icons.txt: {sorted(missing)}"


def test_icons_are_sorted_and_listed_once() -> None:
    assert sorted(set(ICONS)) == ICONS


def test_packages_of_the_front_end_are_pinned_and_the_lock_names_no_registry() -> None:
    package = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    for version in (package["dependencies"] | package["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    lock = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock and '"integrity"' in lock


def test_built_front_end_is_whole() -> None:
    assert (ASSETS / "stamp").is_file(), "run: make assets"
    for file in BUILT:
        assert (ASSETS / "static" / file).stat().st_size > 0
    sprite = (ASSETS / "static/icons.svg").read_text(encoding="utf-8")
    assert all(f'id="{icon}"' in sprite for icon in ICONS)
    for font in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        assert (ASSETS / "fonts" / font).read_bytes()[:4] in (b"\x00\x01\x00\x00", b"OTTO")


def test_scripts_never_evaluate_text() -> None:
    for path in (FRONTEND / "js").glob("*.js"):
        source = path.read_text(encoding="utf-8")
        assert "eval(" not in source and "new Function" not in source


def test_stamp_follows_the_sources_and_nothing_else(tmp_path: Path) -> None:
    stamp = hatch_build().stamp
    (tmp_path / "css").mkdir()
    (tmp_path / "css/app.css").write_text("a", encoding="utf-8")
    first = stamp(tmp_path)
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules/x.js").write_text("b", encoding="utf-8")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/x.pyc").write_text("b", encoding="utf-8")
    assert stamp(tmp_path) == first
    (tmp_path / "css/app.css").write_text("c", encoding="utf-8")
    assert stamp(tmp_path) != first


def test_node_is_asked_for_only_when_the_assets_are_stale(tmp_path: Path) -> None:
    module = hatch_build()
    frontend, assets = tmp_path / "frontend", tmp_path / "src/yinxian/assets"
    shutil.copytree(FRONTEND / "css", frontend / "css")
    hook = module.CustomBuildHook(str(tmp_path), {}, None, None, "", "wheel")
    assert hook.dependencies() == [module.NODE]
    assets.mkdir(parents=True)
    (assets / "stamp").write_text(module.stamp(frontend), encoding="ascii")
    assert hook.dependencies() == []
    assert module.build_assets(frontend, assets) is False


def test_a_catalogue_is_compiled_when_it_is_newer(tmp_path: Path) -> None:
    module = hatch_build()
    folder = tmp_path / "market/locale/en/LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "django.po").write_text(head + 'msgid "需求"\nmsgstr "Need"\n', encoding="utf-8")
    assert module.compile_messages(tmp_path) == 1
    assert (folder / "django.mo").is_file()
    assert module.compile_messages(tmp_path) == 0
