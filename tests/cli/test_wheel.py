"""The built wheel alone: into an empty environment, on an empty data folder, served and asked."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("YINXIAN_", "DATABASE_", "DJANGO_"))}
CLEAN |= {"PYTHONUTF8": "1", "LANG": "C.UTF-8"}


def run(*words: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=CLEAN | more,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.wheel
def test_the_wheel_alone_runs_the_demo(tmp_path: Path) -> None:
    source, empty = tmp_path / "source", tmp_path / "empty"
    ignored = shutil.ignore_patterns("__pycache__", ".mypy_cache", "node_modules", ".venv", "var")
    for part in ("src", "frontend"):
        shutil.copytree(ROOT / part, source / part, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source / name)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=source)
    wheel = next(tmp_path.glob("*.whl"))
    assert wheel.stat().st_size < 25_000_000
    shutil.rmtree(source)
    empty.mkdir()
    venv.create(empty / "env", with_pip=True)
    run(empty / "env/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=empty)
    yinxian = empty / "env" / "bin" / "yinxian"
    first = run(yinxian, "demo", "--prepare-only", "--data", "data", cwd=empty)
    assert "13800000001" in first.stdout
    answers = json.loads(run(yinxian, "check", "--data", "data", "--json", cwd=empty).stdout)
    assert all(answer["sound"] for answer in answers), answers
    served(yinxian, empty)


def served(yinxian: Path, folder: Path) -> None:
    """The second start: the site answers, with its style sheet, in Chinese and from the demo's data."""
    port = free_port()
    words = [str(yinxian), "demo", "--port", str(port), "--data", "data"]
    process = subprocess.Popen(words, cwd=folder, env=CLEAN, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "Ctrl+C" in line:
                break
        page = answer_of(f"http://127.0.0.1:{port}/results/")
        assert "一氧化碳" in page
        sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
        assert "--thread" in answer_of(f"http://127.0.0.1:{port}{sheet}")
    finally:
        process.terminate()
        process.communicate(timeout=60)


def answer_of(address: str) -> str:
    """Ask; the server, which is starting, may need a moment before it takes connections."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            threading.Event().wait(0.1)
    raise AssertionError(f"{address} did not answer")
