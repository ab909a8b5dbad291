"""`yinxian verify FILE`: a receipt, a certificate, a picture of a code or an address; status 0 only when all holds."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop

NAME = (
    "verify",
    "核验证书或引荐凭据：文件、二维码照片或网址",
    "verify a certificate or a receipt: a file, a picture of a code, an address",
)
LIMIT = 10 * 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        help=say(
            "证书（json、jwt、png、svg、pdf）、凭据（json）、二维码照片或网址，- 表示标准输入",
            "certificate (json, jwt, png, svg, pdf), receipt (json), picture of a code, address; - for standard input",
        ),
    )
    parser.add_argument("--key", help=say("凭据：要求由这个公钥签名", "receipts: public key that must have signed it"))
    parser.add_argument(
        "--data",
        type=Path,
        help=say("数据目录：按这里的协会回答认不认可", "data folder: whose associations say what they recognise"),
    )
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def read(name: str) -> bytes | str:
    if name.startswith(("https://", "http://")):
        return name
    try:
        data = sys.stdin.buffer.read(LIMIT + 1) if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise stop(f"读不了 {name}：{error.strerror}", f"Cannot read {name}: {error.strerror}") from error
    if len(data) > LIMIT:
        raise stop(
            "文件超过 10 MB，不会是证书或凭据。",
            "The file is larger than 10 MB and cannot be a certificate or receipt.",
        )
    return data


def run(options: argparse.Namespace) -> int:
    given = read(options.file)
    if options.data is not None:
        start(options.data)
        prepare_data(data_folder())
        migrate()
    else:
        start(YINXIAN_MODE="demo")
    from yinxian.credentials.verifying import verify
    from yinxian.kernel.errors import Refusal

    try:
        seen = verify(given, key=options.key, here=options.data is not None)
    except Refusal as refusal:
        raise stop(refusal.sentence, refusal.sentence) from refusal
    answer = seen.judgement or seen.verdict
    assert answer is not None  # a Seen has one of them
    if options.json:
        kind = "certificate" if seen.judgement else "receipt"
        print(json.dumps({"kind": kind, "through": seen.through, **answer.as_json()}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(answer.sentences()))
    return 0 if answer.holds else 1
