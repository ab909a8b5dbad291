"""Two installations, each started by one command, recognise each other over HTTP."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.cli.conftest import yinxian

pytestmark = pytest.mark.wheel  # not about the database: tried once, with SQLite
TRIES, BETWEEN = 300, 0.2


class Installation:
    """A data folder, a port, and the server that the one command starts."""

    def __init__(self, folder: Path, name: str, holder: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.environment = {"YINXIAN_URL": self.url, "YINXIAN_PRIVATE_ISSUERS": "1"}
        code = f"from tests.clients.seed import seed; seed({name!r}, {holder!r})"
        done = yinxian(folder, "manage", "shell", "--no-imports", "-c", code, **self.environment)
        assert done.returncode == 0, done.stderr
        self.made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])

    def start(self) -> None:
        given = {"YINXIAN_MODE": "demo", "YINXIAN_DATA": str(self.folder), **self.environment}
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("YINXIAN_", "DATABASE_", "DJANGO_"))
        }
        command = [sys.executable, "-m", "yinxian", "serve", "--port", str(self.port), "--no-worker"]
        self.server = subprocess.Popen(command, env=kept | given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _try in range(TRIES):
            try:
                with urlopen(f"{self.url}/.well-known/did.json", timeout=10) as answer:
                    assert answer.status == 200
                    return
            except (URLError, ConnectionError):
                Event().wait(BETWEEN)
        raise AssertionError("the server did not come up")

    def verify(self, text: str) -> dict[str, Any]:
        return self._send("/api/v1/credentials/verify", urlencode({"text": text}).encode(), {})

    def recognise(self, other: Installation) -> dict[str, Any]:
        given = {
            "issuer_did": other.made["did"],
            "issuer_name": "对方协会",
            "their_level": other.made["their_level"],
            "their_level_name": "中级技术经纪人",
            "equals": self.made["level"],
            "valid_from": "2020-01-01",
            "valid_until": "2099-12-31",
        }
        headers = {"Authorization": f"Bearer {self.made['token']}", "Content-Type": "application/json"}
        path = f"/api/v1/credentials/associations/{self.made['association']}/recognitions"
        return self._send(path, json.dumps(given).encode(), headers)

    def _send(self, path: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        try:
            with urlopen(Request(self.url + path, body, headers), timeout=60) as answer:
                made: dict[str, Any] = json.load(answer)
                return made
        except HTTPError as error:
            raise AssertionError(f"{path}: {error.code} {error.read()[:300]!r}") from error


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Installation]]:
    here, there = tmp_path_factory.mktemp("here") / "data", tmp_path_factory.mktemp("there") / "data"
    done = yinxian(here, "worker", "--once")
    assert done.returncode == 0, done.stderr
    shutil.copytree(here, there)
    made = (Installation(here, "澜江技术经理人协会", "沈若溪"), Installation(there, "沧洲技术市场协会", "韩知秋"))
    try:
        for one in made:
            one.start()
        yield made
    finally:
        for one in made:
            if hasattr(one, "server"):
                one.server.terminate()
                one.server.wait(timeout=30)


def test_each_recognises_the_other_by_its_own_word(two: tuple[Installation, Installation]) -> None:
    ours, theirs = two
    assert ours.made["did"] != theirs.made["did"]
    for here, there in ((ours, theirs), (theirs, ours)):
        before = here.verify(there.made["good"])
        assert {name: before[name]["code"] for name in ("signature", "dates", "status", "recognition")} == {
            "signature": "holds",
            "dates": "for_life",
            "status": "in_force",
            "recognition": "not_recognised",
        }
        assert here.recognise(there)["version"] == 1
        after = here.verify(there.made["good"])
        assert after["holds"] is True and after["recognition"]["code"] == "recognised"
        assert after["recognition"]["version"] == 1
        revoked = here.verify(there.made["revoked"])
        assert (revoked["signature"]["code"], revoked["status"]["code"], revoked["holds"]) == (
            "holds",
            "revoked",
            False,
        )


def test_the_command_line_asks_over_http_too(two: tuple[Installation, Installation], tmp_path: Path) -> None:
    """The signed document as a program gets it from its page; without a data folder nobody recognises."""
    ours, theirs = two
    with urlopen(Request(theirs.made["revoked"], headers={"Accept": "application/vc"}), timeout=60) as answer:
        (tmp_path / "c.json").write_bytes(answer.read())
    done = yinxian(ours.folder, "verify", str(tmp_path / "c.json"), "--json", **ours.environment)
    told = json.loads(done.stdout)
    assert (done.returncode, told["through"], told["signature"]["holds"]) == (1, "json", True)
    assert (told["status"]["code"], told["recognition"]["code"]) == ("revoked", "nobody")
