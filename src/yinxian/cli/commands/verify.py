"""`yinxian verify FILE`: check a receipt, offline; exit status 0 only when it holds."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ..start import start
from ..words import say, stop

NAME = ("verify", "核验引荐凭据（离线）", "verify a receipt of an introduction (offline)")
LIMIT = 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", help=say("凭据文件（JSON），- 表示标准输入", "the receipt (JSON), - for standard input")
    )
    parser.add_argument("--key", help=say("要求由这个公钥签名", "public key that must have signed it"))
    parser.add_argument("--json", action="store_true", help=say("输出 JSON", "print JSON"))


def read(name: str) -> bytes:
    try:
        data = sys.stdin.buffer.read(LIMIT + 1) if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise stop(f"读不了 {name}：{error.strerror}", f"Cannot read {name}: {error.strerror}") from error
    if len(data) > LIMIT:
        raise stop("文件超过 1 MB，不会是凭据。", "The file is larger than 1 MB and cannot be a receipt.")
    return data


def run(options: argparse.Namespace) -> int:
    data = read(options.file)
    start(YINXIAN_MODE="demo")
    from yinxian.journal.verification import verify_receipt

    answer = verify_receipt(data, key=options.key)
    if options.json:
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(answer.sentences()))
    return 0 if answer.holds else 1
