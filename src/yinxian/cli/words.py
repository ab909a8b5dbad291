"""The command line's own two languages (Django's catalogues are not loaded when help is printed)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence


def wants_chinese(argv: Sequence[str], environ: Mapping[str, str]) -> bool:
    """``--lang zh|en`` decides; else the terminal's locale, where only zh means Chinese."""
    for place, word in enumerate(argv):
        if word == "--lang" and place + 1 < len(argv):
            return argv[place + 1].startswith("zh")
        if word.startswith("--lang="):
            return word.removeprefix("--lang=").startswith("zh")
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return locale.startswith("zh")


def say(zh: str, en: str) -> str:
    """The sentence in the terminal's language."""
    return zh if wants_chinese(sys.argv[1:], os.environ) else en


class Stop(Exception):
    """End the command with one sentence and exit status 1."""


def stop(zh: str, en: str) -> Stop:
    return Stop(say(zh, en))
