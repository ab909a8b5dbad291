"""What hostile or unlucky people hand in, by each of the three ways in: the page, the API, the command.

Each is answered in words for its own reason; nothing is fetched, nothing is unpacked, nothing breaks.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.credentials.certified import certified
from tests.world import People
from yinxian.cli.commands import verify as command
from yinxian.cli.main import main
from yinxian.credentials import fetching
from yinxian.credentials.models import Credential
from yinxian.credentials.operations.issuing import revoke_key
from yinxian.credentials.vc.bake import KEYWORD, PNG
from yinxian.kernel import clock
from yinxian.network.models import Membership

Frozen = Callable[[str], None]
Way = Callable[[bytes], tuple[dict[str, str], str]]
"""Hand something in: the codes of the answers by question (empty where nothing could be read), and what is said."""


def by_page(data: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, str], str]:
    answer = Client().post("/verify/", {"file": named(data)})
    assert answer.status_code in (200, 422)
    judgement = answer.context["judgement"]
    page = answer.content.decode()
    said = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
    return ({one.question: one.code for one in judgement.answers} if judgement else {}), said


def by_api(data: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, str], str]:
    answer = Client().post("/api/v1/credentials/verify", {"file": named(data)})
    assert answer.status_code in (200, 422)
    return codes_of(answer.json()), json.dumps(answer.json(), ensure_ascii=False)


def by_command(data: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, str], str]:
    for name in ("start", "prepare_data", "migrate"):
        monkeypatch.setattr(command, name, lambda *_given, **_more: None)
    out, wrong = io.StringIO(), io.StringIO()
    path = folder / "given"
    path.write_bytes(data)
    monkeypatch.setenv("LANGUAGE", "zh")
    monkeypatch.setattr(sys, "argv", ["yinxian", "verify", str(path), "--data", str(folder), "--json"])
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", wrong)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (0, 1)
    return (codes_of(json.loads(out.getvalue())) if out.getvalue() else {}), out.getvalue() + wrong.getvalue()


def named(data: bytes) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = "given"
    return file


def codes_of(told: dict[str, Any]) -> dict[str, str]:
    return {name: one["code"] for name, one in told.items() if isinstance(one, dict) and "code" in one}


@pytest.fixture(params=[by_page, by_api, by_command])
def way(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Way:
    return lambda data: request.param(data, tmp_path, monkeypatch)


@pytest.fixture(autouse=True)
def nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    asked: list[str] = []
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda host, *_more, **_words: asked.append(str(host)) or [])
    yield
    assert asked == []


@pytest.fixture
def made(people: People) -> Credential:
    return certified(people)


def changed(made: Credential, **changes: Any) -> bytes:
    return json.dumps(copy.deepcopy(made.document) | changes).encode()


def test_the_certificate_itself_holds(made: Credential, way: Way) -> None:
    told, _said = way(changed(made))
    assert told == {"signature": "holds", "dates": "in_force", "status": "in_force", "recognition": "own"}


def test_twenty_megabytes(made: Credential, way: Way) -> None:
    told, said = way(changed(made, name="x" * 20 * 1024 * 1024))
    assert told == {} and ("10 MB" in said or "太大" in said)


def test_ten_thousand_contexts(made: Credential, way: Way) -> None:
    many = changed(made, **{"@context": ["https://www.w3.org/ns/credentials/v2"] * 10_000})
    told, said = way(many)
    assert told.get("signature", "context") == "context" and (
        "没有收录的词汇表" in said or "too deep or too long" in said
    )


def test_a_context_at_an_address_is_never_fetched(made: Credential, way: Way) -> None:
    first = made.document["@context"][0]
    for address in ("https://evil.example/v1", "http://169.254.169.254/latest/meta-data/"):
        told, said = way(changed(made, **{"@context": [first, address]}))
        assert told["signature"] == "context" and address in said and told["recognition"] == "unproven"


@pytest.mark.parametrize(("days", "code"), [(-2, "not_yet"), (2, "in_force")])
def test_a_clock_that_is_two_days_off(made: Credential, way: Way, days: int, code: str) -> None:
    """The reader's clock is late: not yet in force, with the hint to compare clocks. Early by two days it holds."""
    with clock.at(clock.now() + dt.timedelta(days=days)):
        told, said = way(changed(made))
    assert (told["signature"], told["dates"]) == ("holds", code)
    assert ("请核对双方的时钟" in said) is (code == "not_yet")


def test_a_bomb_in_a_picture(made: Credential, way: Way) -> None:
    bomb = zlib.compress(b"{" + b" " * 200 * 1024 * 1024, 9)
    content = KEYWORD + b"\0\1\0\0\0" + bomb
    piece = struct.pack(">I", len(content)) + b"iTXt" + content + struct.pack(">I", zlib.crc32(b"iTXt" + content))
    end = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    told, said = way(PNG + piece + end)
    assert told == {} and "太大" in said


def test_a_revoked_key(people: People, made: Credential, way: Way) -> None:
    Membership.objects.filter(user=people.qiao).update(role="admin")
    people.qiao.__dict__.pop("_organisation_ids", None)
    revoke_key(association_id=people.association.pk, fragment="key-1", actor=people.qiao, reason="泄露")
    told, said = way(changed(made))
    assert told["signature"] == "key_revoked" and "换领" in said and told["recognition"] == "unproven"


@pytest.mark.parametrize("name", ["龙", "爱" * 60])
def test_names_of_one_character_and_of_sixty(people: People, way: Way, name: str) -> None:
    people.ruoxi.name = name
    people.ruoxi.save()
    told, said = way(changed(certified(people)))
    assert told["signature"] == "holds" and name in said
