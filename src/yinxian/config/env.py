"""Every setting that an installation may give through the environment: one list, read here, documented in
docs/guide/settings.md (a test compares the two)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("YINXIAN_MODE", "production", "production, demo or test; demo and test carry a known secret"),
    Setting("YINXIAN_DATA", "yinxian-data", "the data folder: database, search index, files, keys"),
    Setting("DATABASE_URL", "", "postgresql://…; without it SQLite in the data folder"),
    Setting("YINXIAN_SECRET_KEY", "", "signs sessions and links; at least 50 random characters"),
    Setting("YINXIAN_DEBUG", "", "1 shows errors in full; refused in production"),
    Setting("YINXIAN_HOSTS", "", "names under which the site is reached, separated by commas"),
    Setting("YINXIAN_URL", "http://127.0.0.1:8000", "the address printed in links, receipts and QR codes"),
    Setting("YINXIAN_NAME", "引线", "the name of this installation, shown in titles and mail"),
    Setting("YINXIAN_SMTP", "", "smtp://user:password@host:port or smtps://…; without it mail goes to the console"),
    Setting("YINXIAN_MAIL_FROM", "yinxian@localhost", "the sender of mail"),
    Setting("YINXIAN_SMS_URL", "", "a JSON {phone, text} is posted here; without it codes go to the console"),
    Setting("YINXIAN_SMS_TOKEN", "", "bearer token for YINXIAN_SMS_URL"),
    Setting(
        "YINXIAN_OIDC",
        "",
        "JSON list of OpenID Connect apps: provider_id, name, client_id, secret, server_url",
    ),
    Setting("YINXIAN_LOGINS", "", "further sign-in providers, separated by commas: weixin, dingtalk, feishu"),
    Setting("YINXIAN_UPLOAD_MB", "20", "the largest file that may be uploaded, in MB"),
    Setting(
        "YINXIAN_MODEL_URL",
        "",
        "base of an OpenAI-compatible API that drafts briefs, https://host/v1; without it the rules alone",
    ),
    Setting("YINXIAN_MODEL_KEY", "", "bearer token for YINXIAN_MODEL_URL"),
    Setting("YINXIAN_MODEL_NAME", "", "the name of the model that drafts briefs"),
    Setting("YINXIAN_MODEL_SECONDS", "30", "how long the model may take for one brief"),
    Setting(
        "YINXIAN_DENSE",
        "",
        "a dense model that matches count too: a folder of sentence-transformers, or an OpenAI-compatible embeddings "
        "address, https://host/v1; without it words alone",
    ),
    Setting("YINXIAN_DENSE_MODEL", "", "the name of the model at the embeddings address"),
    Setting("YINXIAN_DENSE_KEY", "", "bearer token for the embeddings address"),
    Setting("YINXIAN_DENSE_SECONDS", "3", "how long a match waits for the embeddings address before it goes without"),
    Setting("YINXIAN_SEAL_SECONDS", "60", "how often the journal is sealed, in seconds"),
    Setting(
        "YINXIAN_CREDENTIALS_SECRET",
        "",
        "encrypts the keys that sign certificates; without it YINXIAN_SECRET_KEY does (keep it as long as the keys)",
    ),
    Setting(
        "YINXIAN_PRIVATE_ISSUERS",
        "",
        "1 lets verification ask issuers at private addresses and over http: for closed networks and tests only",
    ),
    Setting(
        "YINXIAN_SIGNING",
        "",
        "who holds the keys of people who sign: nobody (empty), local (the installation's own authority, for trials), "
        "or the address of a signing service",
    ),
    Setting("YINXIAN_SIGNING_TOKEN", "", "bearer token for the signing service"),
    Setting("YINXIAN_TSA_URL", "", "a timestamp service (RFC 3161) that every signature asks"),
    Setting("YINXIAN_CHROMIUM", "", "path of Chromium for the browser tests; found on the PATH without it"),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def read(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """The value of a listed setting; KeyError for one that is not listed."""
    return environ.get(name, "") or _BY_NAME[name].default


def flag(name: str, environ: Mapping[str, str] = os.environ) -> bool:
    return read(name, environ).lower() in {"1", "true", "yes", "on"}


def listed(name: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    return [part.strip() for part in read(name, environ).split(",") if part.strip()]


def unsafe(mode: str, secret: str, debug: bool, hosts: list[str]) -> str | None:
    """Why these settings must not serve in production, or None when they may."""
    if mode not in {"production", "demo", "test"}:
        return f"YINXIAN_MODE is {mode!r}: it must be production, demo or test."
    if mode != "production":
        return None
    if debug:
        return "YINXIAN_DEBUG is on: a production installation would show its insides to strangers. Unset it."
    if len(secret) < 50 or secret.startswith("demo-"):
        return (
            "YINXIAN_SECRET_KEY is missing, short or the demo's: sessions and links could be forged. Give 50 random "
            "characters, for example from: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if not hosts or "*" in hosts:
        return (
            "YINXIAN_HOSTS is missing: give the names under which the site is reached, for example yinxian.example.org"
        )
    return None
