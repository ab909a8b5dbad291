"""`yinxian did`: the DID document of this installation, or of one of its associations."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..start import data_folder, migrate, prepare_data, start
from ..words import say, stop

NAME = ("did", "打印颁发者的 DID 文档", "print the DID document of the issuer")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--association", help=say("哪个协会（名称或编号；默认本站第一个）", "association (name or number)")
    )
    parser.add_argument("--data", type=Path, help=say("数据目录", "data folder"))


def run(options: argparse.Namespace) -> int:
    start(options.data)
    prepare_data(data_folder())
    migrate()
    from django.conf import settings

    from yinxian.credentials.queries.issuers import did_document, issuer_of, names_of_issuers, root_issuer

    from .imports import find_owner

    found = issuer_of(find_owner(options.association)) if options.association else root_issuer()
    if found is None and not options.association and (known := names_of_issuers()):
        raise stop(
            f"YINXIAN_URL 是 {settings.YINXIAN_URL}，这里的颁发者是 {known}：请把地址设成签发时的那个。",
            f"YINXIAN_URL is {settings.YINXIAN_URL}, the issuers here are {known}: set the address they signed under.",
        )
    if found is None:
        raise stop(
            "还没有颁发者：先用 yinxian keys new 生成密钥，或颁发第一张证书。",
            "There is no issuer yet: make a key with yinxian keys new, or issue the first certificate.",
        )
    print(json.dumps(did_document(found), ensure_ascii=False, indent=2))
    return 0
