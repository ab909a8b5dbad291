"""`yinxian keys`, `did`, `credential`, `recognition` and the keys in `check`: what each says, does and refuses.

The commands run in this process, on the test's own database: how a command starts, on a folder of its own, is tried
by the other tests of commands.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import yinxian
from tests.credentials.certified import levels
from tests.world import People, Role
from yinxian.cli.commands import credential, did, keys, recognition
from yinxian.cli.main import main
from yinxian.cli.soundness import keys as keys_sound
from yinxian.network.models import Membership

DID = "did:key:z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd"
GRANT = [
    *("recognition", "grant", "--issuer", DID, "--issuer-name", "沧洲协会", "--their-level"),
    *("https://cangzhou.example/levels/mid", "--their-level-name", "中级", "--equals"),
]


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(people: People, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """A command as typed, in an English terminal; mingyuan is the association's administrator."""
    Membership.objects.create(user=people.mingyuan, organisation=people.association, role=Role.ADMIN)
    for module in (credential, did, keys, recognition):
        monkeypatch.setattr(module, "start", lambda *_given: None)
        monkeypatch.setattr(module, "prepare_data", lambda *_given: None)
        monkeypatch.setattr(module, "migrate", lambda *_given: None)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")

    def call(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["yinxian", *words])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        told = capfd.readouterr()
        return Done(int(ended.value.code or 0), told.out, told.err)

    return call


@pytest.fixture
def level(people: People) -> str:
    return levels(people)[1].name


@pytest.fixture
def told(run: Run) -> Callable[..., Any]:
    """What a command prints as JSON, having succeeded."""

    def call(*words: str) -> Any:
        done = run(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return call


def refused(done: Done, words: str) -> None:
    """One sentence, status 1, nothing printed as a result."""
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr and "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1


def test_keys_are_made_rotated_and_revoked_and_the_did_document_follows(told: Callable[..., Any], run: Run) -> None:
    refused(run("did"), "no issuer yet")
    first = told("keys", "new", "--json")
    assert [row["retired"] for row in first] == [None]
    rotated = told("keys", "new", "--json")
    assert rotated[0]["retired"] and rotated[1]["retired"] is None
    document = told("did")
    assert document["id"].startswith("did:web:") and len(document["verificationMethod"]) == 2
    assert {one["publicKeyMultibase"] for one in document["verificationMethod"]} == {row["public"] for row in rotated}
    refused(run("keys", "revoke", "--reason", "x"), "Say which key")
    refused(run("keys", "revoke", "key-9", "--reason", "x"), "no such key")
    refused(run("keys", "revoke", "key-2"), "请写明理由")
    refused(run("keys", "new", "--as", "13800000003"), "只有协会的管理员")
    revoked = told("keys", "revoke", "key-2", "--reason", "丢了电脑", "--json")
    assert [bool(row["revoked"]) for row in revoked] == [False, True, False]
    methods = {one["id"].rsplit("#")[-1]: one for one in told("did")["verificationMethod"]}
    assert "revoked" in methods["key-2"] and "revoked" not in methods["key-3"]
    assert "revoked" in run("keys", "list").stdout and "作废" in run("--lang", "zh", "keys", "list").stdout


def test_another_address_than_the_one_signed_under_is_named(run: Run, told: Callable[..., Any], settings: Any) -> None:
    told("keys", "new", "--json")
    settings.YINXIAN_URL = "https://new.example"
    refused(run("did"), "YINXIAN_URL is https://new.example, the issuers here are did:web:127.0.0.1%3A8000")
    refused(run("--lang", "zh", "did"), "请把地址设成签发时的那个")


def test_a_certificate_is_issued_listed_exported_and_revoked(
    told: Callable[..., Any], run: Run, level: str, tmp_path: Path
) -> None:
    refused(run("credential", "issue", "--to", "139", "--level", "x", "--ground", "y"), "Not found: 139")
    refused(run("credential", "issue", "--to", "13800000001", "--level", "没有", "--ground", "y"), "Not found: 没有")
    refused(run("credential", "issue", "--to", "13800000001", "--level", level, "--ground", " "), "请写明理由")
    done = run("credential", "issue", "--to", "13800000001", "--level", level, "--ground", "纸质证书 118 号")
    number = done.stdout.strip()
    assert done.returncode == 0 and len(number) == 10
    rows = told("credential", "list", "--json")
    assert [(row["id"], row["holder"], row["state"]) for row in rows] == [(number, "沈若溪", "active")]
    for form in ("json", "jwt", "png", "svg", "pdf"):
        path = tmp_path / f"a.{form}"
        assert run("credential", "export", number, "--format", form, "--output", str(path)).returncode == 0
        assert path.stat().st_size > 500
    assert told("credential", "status", "1")["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    refused(run("credential", "status", "9"), "no list 9")
    refused(run("credential", "export", "C000000000", "--format", "pdf"), "no such certificate")
    assert run("credential", "suspend", number, "--reason", "核实").stdout.split() == [number, "suspended"]
    assert run("credential", "reinstate", number, "--reason", "查清").stdout.split() == [number, "active"]
    assert run("credential", "revoke", number, "--reason", "冒用").stdout.split() == [number, "revoked"]
    assert run("credential", "revoke", number, "--reason", "再来").returncode == 1
    assert told("credential", "list", "--state", "revoked", "--json")[0]["id"] == number
    assert told("credential", "list", "--state", "in_force", "--json") == []


def test_another_level_is_recognised_shown_and_ended(told: Callable[..., Any], run: Run, level: str) -> None:
    grant = [*GRANT, level]
    refused(run(*grant, "--until", "2020-01-01"), "结束的日子")
    refused(run(*GRANT, "没有", "--until", "2099-12-31"), "Not found: 没有")
    refused(run(*grant, "--until", "2099-12-31", "--as", "13800000003"), "只有这个协会")
    wrong = run(*grant, "--until", "soon")
    assert wrong.returncode == 2 and "not a date" in wrong.stderr
    made = told(*grant, "--until", "2099-12-31", "--conditions", "备案一年", "--json")[0]
    assert made["in_force"] and made["version"] == 1 and made["equals"] == level
    again = told(*grant, "--until", "2098-12-31", "--json")[0]
    assert again["version"] == 2
    rows = told("recognition", "list", "--json")
    assert [(row["id"], row["in_force"]) for row in rows] == [(again["id"], True), (made["id"], False)]
    signed = told("recognition", "show", again["id"])
    assert "EndorsementCredential" in signed["type"] and signed["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
    refused(run("recognition", "show", "E000000000"), "no such endorsement")
    refused(run("recognition", "revoke", again["id"], "--reason", " "), "请写明理由")
    ended = told("recognition", "revoke", again["id"], "--reason", "抽查不合格", "--json")[0]
    assert not ended["in_force"] and ended["reason"] == "抽查不合格"
    refused(run("recognition", "revoke", again["id"], "--reason", "再来"), "已经不在有效期")
    assert told("recognition", "list", "--in-force", "--json") == []


@pytest.mark.parametrize(("language", "words"), [("zh", "签出"), ("en", "grant")])
def test_help_of_recognition_in_both_languages(tmp_path: Path, language: str, words: str) -> None:
    done = yinxian(tmp_path, "--lang", language, "recognition", "--help")
    assert done.returncode == 0 and words in done.stdout


def test_check_looks_at_the_keys(run: Run, settings: Any) -> None:
    assert keys_sound() == (True, "certificate keys: 0 in use, sound")
    run("keys", "new")
    assert keys_sound() == (True, "certificate keys: 1 in use, sound")
    settings.YINXIAN_CREDENTIALS_SECRET = "another secret than the one they were stored under"
    sound, words = keys_sound()
    assert not sound and "cannot be read" in words
