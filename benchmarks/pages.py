"""Workbench, market list and a deal's page under 50 users, beside a bare Django view with one query.

    DATABASE_URL=postgresql://… python benchmarks/pages.py [SECONDS]

It makes a database of its own on that server. Both sites are served by the same program with the same settings,
one after the other in one run. Each of the 50 users is a person of their own who reads the same page again and again;
the product keeps a page until something happens (yinxian.journal.pages), and nothing does while it is measured. Prints
requests a second, the ratio to the bare view, p50 and p99; the last line is one JSON object.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
USERS = 50
PROCESSES = "2"
WARM = 8.0


def own_database(server: str) -> str:
    """A fresh database on the server, dropped and made again."""
    import psycopg

    parts = urlsplit(server)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS yinxian_benchmark WITH (FORCE)")
        connection.execute("CREATE DATABASE yinxian_benchmark")
    return urlunsplit(parts._replace(path="/yinxian_benchmark"))


def prepare() -> dict[str, Any]:
    """Load the demo and sign 50 people in; the addresses to ask and the cookies to ask with."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinxian.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from yinxian.deals.models import Deal
    from yinxian.journal.operations.work import drain
    from yinxian.kernel import clock
    from yinxian.portal.demo.load import load

    call_command("migrate", verbosity=0)
    load(clock.today(), lambda line: None)
    drain(rounds=1000)
    deal = Deal.objects.filter(state="performing").order_by("pk").first() or Deal.objects.order_by("pk").last()
    assert deal is not None
    return {
        "cookies": [session_of(user) for user in team(deal)],
        "workbench": "/",
        "market": "/results/",
        "deal": f"/deals/{deal.slug}/",
    }


def team(deal: Any) -> list[Any]:
    """50 different people who may all read the deal: the manager, and new members of the two parties."""
    from yinxian.network.models import Membership, User

    people = [deal.manager]
    for number in range(1, USERS):
        person = User.objects.create_user(f"139{number:08d}", None, name=f"User {number}")
        Membership.objects.create(user=person, organisation=(deal.buyer, deal.supplier)[number % 2])
        people.append(person)
    return people


def session_of(user: Any) -> str:
    """The cookie of a signed-in session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}; csrftoken={'a' * 32}"


@contextlib.contextmanager
def served(application: str, port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", PROCESSES, "--blocking-threads", "4", "--no-log", application]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        asyncio.run(answering(port))
        yield
    finally:
        process.terminate()
        process.wait()


async def answering(port: int) -> None:
    """Wait until the server takes connections."""
    for _ in range(400):
        with contextlib.suppress(OSError):
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        await asyncio.sleep(0.05)
    raise SystemExit("the server did not start")


async def one_user(
    port: int, request: bytes, since: float, until: float, times: list[float], errors: list[int]
) -> None:
    """Ask again and again on one connection, as a browser keeps it; what is asked before ``since`` is not counted."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (begun := time.perf_counter()) < until:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b"content-length:" in head:
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        else:
            while size := int((await reader.readline()).strip(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        if begun >= since:
            times.append(time.perf_counter() - begun)
        if b" 200 " not in head.split(b"\r\n")[0]:
            errors.append(int(head.split()[1]))
    writer.close()


async def load_on(port: int, path: str, cookies: list[str], seconds: float) -> dict[str, float]:
    """All users at once, each with a cookie and a connection of their own; the first seconds are not counted."""
    heads = (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n" for cookie in cookies)
    times: list[float] = []
    errors: list[int] = []
    begun = time.perf_counter() + WARM
    users = (one_user(port, head.encode(), begun, begun + seconds, times, errors) for head in heads)
    await asyncio.gather(*users)
    rate = len(times) / (time.perf_counter() - begun)
    cuts = statistics.quantiles(times, n=100)
    return {"rate": rate, "p50_ms": cuts[49] * 1000, "p99_ms": cuts[98] * 1000, "errors": len(errors)}


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
    server = os.environ.get("DATABASE_URL")
    if not server:
        raise SystemExit(
            "Give a PostgreSQL server: DATABASE_URL=postgresql://user@host/name python benchmarks/pages.py"
        )
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"DATABASE_URL": own_database(server), "YINXIAN_DATA": data, "YINXIAN_MODE": "demo"}
        pages = prepare()
        cookies = pages.pop("cookies")
        found: dict[str, dict[str, float]] = {}
        with served("benchmarks.bare:application", 8471):
            found["bare"] = asyncio.run(load_on(8471, "/", cookies, seconds))
        with served("yinxian.config.wsgi:application", 8472):
            for name, path in pages.items():
                found[name] = asyncio.run(load_on(8472, path, cookies, seconds))
    print(f"{USERS} users, {PROCESSES} processes, {seconds:g} s each, PostgreSQL")
    for name, row in found.items():
        ratio = row["rate"] / found["bare"]["rate"]
        latency = f"p50 {row['p50_ms']:7.1f} ms  p99 {row['p99_ms']:7.1f} ms  errors {row['errors']:.0f}"
        print(f"{name:10} {row['rate']:8.1f}/s  {ratio:5.2f} of bare  {latency}")
    ratios = {f"{name}_vs_bare": round(row["rate"] / found["bare"]["rate"], 4) for name, row in found.items()}
    worst = max(row["p99_ms"] for name, row in found.items() if name != "bare")
    errors = sum(row["errors"] for row in found.values())
    ratios.pop("bare_vs_bare")
    print(json.dumps(ratios | {"worst_p99_ms": round(worst, 1), "errors": errors, "users": USERS}))


if __name__ == "__main__":
    main()
