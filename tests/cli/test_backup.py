"""Back up, lose, restore; a damaged backup touches nothing."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, yinxian
from yinxian.cli.archive import unpack
from yinxian.cli.words import Stop

Damage = Callable[[Path], None]


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        return {info.name: archive.extractfile(info).read() for info in archive if info.isfile()}  # type: ignore[union-attr]  # a file


def write(path: Path, content: dict[str, bytes]) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in content.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def not_an_archive(path: Path) -> None:
    path.write_text("this is not a backup")


def altered(path: Path) -> None:
    content = members(path)
    name = next(name for name in content if name.startswith("database"))
    content[name] = content[name][:-1] + bytes([content[name][-1] ^ 1])
    write(path, content)


def one_missing(path: Path) -> None:
    content = members(path)
    content.pop(next(name for name in content if name.startswith("database")))
    write(path, content)


def one_too_many(path: Path) -> None:
    write(path, members(path) | {"files/extra.txt": b"smuggled in"})


def climbing_out(path: Path) -> None:
    write(path, members(path) | {"../escaped.txt": b"outside"})


def other_version(path: Path) -> None:
    content = members(path)
    manifest = json.loads(content["manifest.json"]) | {"format": 99}
    write(path, content | {"manifest.json": json.dumps(manifest).encode()})


@pytest.fixture(scope="module")
def backup(installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (installation / "files").mkdir(exist_ok=True)
    (installation / "files" / "scan.txt").write_text("a stamped contract")
    target = tmp_path_factory.mktemp("backups") / "all.tar.gz"
    done = yinxian(installation, "backup", str(target), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["members"] >= 2
    return target


def test_what_was_lost_comes_back_and_what_was_there_is_kept(installation: Path, backup: Path) -> None:
    (installation / "files" / "scan.txt").write_text("spoilt")
    done = yinxian(installation, "restore", str(backup), "--json")
    assert done.returncode == 0, done.stderr
    assert (installation / "files" / "scan.txt").read_text() == "a stamped contract"
    kept = Path(json.loads(done.stdout)["kept"])
    assert (kept / "files" / "scan.txt").read_text() == "spoilt"
    assert yinxian(installation, "check").returncode == 0


@pytest.mark.parametrize(
    "damage",
    [truncated, empty, not_an_archive, altered, one_missing, one_too_many, climbing_out, other_version],
)
def test_every_damage_is_found_before_anything_is_touched(backup: Path, tmp_path: Path, damage: Damage) -> None:
    copy, scratch = tmp_path / "copy.tar.gz", tmp_path / "deep" / "scratch"
    copy.write_bytes(backup.read_bytes())
    scratch.mkdir(parents=True)
    damage(copy)
    with pytest.raises(Stop, match="nothing was touched"):
        unpack(copy, scratch)
    assert [path.name for path in scratch.parent.iterdir()] == ["scratch"]


def test_a_damaged_backup_is_refused_and_nothing_is_touched(installation: Path, backup: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.tar.gz"
    copy.write_bytes(backup.read_bytes())
    altered(copy)
    before = {str(path): path.read_bytes() for path in installation.rglob("*.txt")}
    names = {path.name for path in installation.iterdir()}
    done = yinxian(installation, "restore", str(copy))
    assert done.returncode == 1
    assert "nothing was touched" in done.stderr and "Traceback" not in done.stderr
    assert {str(path): path.read_bytes() for path in installation.rglob("*.txt")} == before
    assert {path.name for path in installation.iterdir()} == names


def test_a_backup_overwrites_nothing(run: Run, backup: Path) -> None:
    before = backup.read_bytes()
    assert run("backup", str(backup)).returncode == 1
    assert backup.read_bytes() == before
