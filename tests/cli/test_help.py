"""Help in both languages; production refuses what is not safe."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from tests.cli.conftest import Run, yinxian
from yinxian.cli.main import COMMANDS, parser
from yinxian.cli.words import wants_chinese

WANTED = {
    "demo",
    "serve",
    "worker",
    "import",
    "brief",
    "match",
    "rank",
    "bench",
    "verify",
    "backup",
    "restore",
    "check",
}


def test_every_command_that_was_promised_is_there() -> None:
    subparsers = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    assert set(subparsers.choices) >= WANTED


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_speaks_the_language_asked_for(tmp_path: Path, language: str) -> None:
    done = yinxian(tmp_path, "--lang", language, "--help")
    assert done.returncode == 0
    words = {"zh": 1, "en": 2}[language]
    flat = "".join(done.stdout.split())
    assert all("".join(module.NAME[words].split()) in flat for module in COMMANDS)


def test_only_a_chinese_terminal_gets_chinese() -> None:
    assert wants_chinese([], {"LANG": "zh_CN.UTF-8"})
    assert not wants_chinese([], {"LANG": "C.UTF-8"})
    assert not wants_chinese(["--lang", "en"], {"LANG": "zh_CN.UTF-8"})
    assert wants_chinese(["--lang=zh", "check"], {})


def test_production_without_a_secret_refuses_in_one_sentence(tmp_path: Path) -> None:
    done = yinxian(tmp_path / "new", "serve", YINXIAN_MODE="production")
    assert done.returncode == 1
    assert "YINXIAN_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_taken_port_a_foreign_folder_and_another_version_are_one_sentence_each(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = yinxian(tmp_path, "demo", "--port", str(port), "--data", str(tmp_path / "new"))
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert str(port) in done.stderr and not (tmp_path / "new").exists()
    (tmp_path / "holiday").mkdir()
    (tmp_path / "holiday" / "photo.jpg").write_text("not ours")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "version.json").write_text('{"format": 0, "version": "0.0.1"}')
    for folder in ("holiday", "old"):
        done = yinxian(tmp_path, "demo", "--prepare-only", "--port", "0", "--data", str(tmp_path / folder))
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert "nothing was touched" in done.stderr
    assert [path.name for path in (tmp_path / "holiday").iterdir()] == ["photo.jpg"]


def test_a_full_disk_is_one_sentence(run: Run, tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full, which Linux has")
    done = yinxian(tmp_path, "demo", "--prepare-only", "--data", str(full))
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1


def test_a_folder_that_cannot_be_written_to_is_one_sentence(tmp_path: Path) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("needs /proc, which Linux has and nobody can write to")
    done = yinxian(tmp_path, "demo", "--prepare-only", "--data", "/proc/yinxian-demo")
    assert done.returncode == 1 and done.stderr.startswith("/proc/yinxian-demo cannot be written to")
    assert len(done.stderr.splitlines()) == 1


def test_a_new_database_says_how_far_it_is_and_only_once(run: Run, how_it_was_made: str) -> None:
    first, *steps = how_it_was_made.splitlines()
    done, _, of = steps[-1].strip().partition("/")
    assert first.startswith("Bringing the database to this version")
    assert done == of and int(of) > 20 and 5 < len(steps) <= 11
    assert not run("worker", "--once").stderr


def test_check_says_what_is_sound(run: Run) -> None:
    import json

    done = run("check", "--json")
    answers = {answer["question"]: answer for answer in json.loads(done.stdout)}
    assert {"database", "books", "seals", "followers"} <= answers.keys()
    assert all(answers[name]["sound"] for name in ("database", "books", "seals", "followers"))
