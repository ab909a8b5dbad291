"""The command as a process of its own, on a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty installation with its database."""
    folder = tmp_path_factory.mktemp("installation") / "data"
    done = yinxian(folder, "worker", "--once")
    assert done.returncode == 0, done.stderr
    (folder.parent / "how.txt").write_text(done.stderr)
    return folder


@pytest.fixture
def how_it_was_made(installation: Path) -> str:
    """What the command said while it made the empty installation."""
    return (installation.parent / "how.txt").read_text()


def yinxian(data: Path, *words: str, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("YINXIAN_", "DATABASE_", "DJANGO_"))
    }
    given = {"YINXIAN_MODE": "demo", "YINXIAN_DATA": str(data), "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "yinxian", *words],
        env=kept | given | environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def run(installation: Path) -> Run:
    return lambda *words, **given: yinxian(installation, *words, **given)
