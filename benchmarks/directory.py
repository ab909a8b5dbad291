"""The directory at 100,000 managers with certificates, beside a bare Django view with one query.

    python benchmarks/directory.py [PEOPLE] [ROUNDS]                            # SQLite, in a folder of its own
    DATABASE_URL=postgresql://… python benchmarks/directory.py [PEOPLE] [ROUNDS] # a database of its own on that server

Fills profiles, cards and signed-looking certificates straight into the tables, then asks pages and the endpoint through
the whole stack of middleware, as anyone and as a member of the network, with and without words, filters and sort.
Both are asked in one process, in turns, so that a slow moment of the machine meets both. Prints p50 and p95 in
milliseconds and their ratio to the bare view; the last line is one JSON object.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "明远若溪知行望川时雨以宁疏影采薇怀瑾长宁"
FIELDS, REGIONS, LANGUAGES = 11, ("11", "31", "32", "33", "37", "42", "44", "51", "61", "64"), ("zh", "en", "ja", "de")
CHUNK = 5_000
ASKED = {
    "all": "",
    "page 200": "?page=200",
    "one field": "?field=04",
    "field, region, free": "?field=04&region=330000&free=1&sort=free",
    "level, by name": "?level=3&sort=name",
    "words": "?q=沈若&sort=name",
    "nothing found": "?q=nothing-like-this",
}


def fill(people: int) -> None:
    """People, profiles, cards and certificates; every tenth is found by the network only."""
    from django.db import transaction

    from yinxian.alliances.models import Turn
    from yinxian.alliances.operations.cards import take_turn

    association, level, issuer, versions = ground()
    take_turn()
    for start in range(0, people, CHUNK):
        with transaction.atomic():
            chunk(start, min(people, start + CHUNK), association, level, issuer, versions, take_turn())
    assert Turn.objects.exists()


def ground() -> tuple[Any, Any, Any, Any]:
    from yinxian.credentials.models import Issuer, IssuerKey, Level, LevelVersion, StatusList
    from yinxian.network.models import Organisation

    association = Organisation.objects.create(name="基准协会", kind=Organisation.Kind.ASSOCIATION)
    issuer = Issuer.objects.create(association=association, did="did:web:benchmark.example")
    key = IssuerKey.objects.create(issuer=issuer, fragment="key-1", public="z", secret="x")
    status = StatusList.objects.create(issuer=issuer, number=1, multiplier=1, offset=0)
    levels = [Level.objects.create(association=association, name=f"第{n}级", rank=n) for n in (1, 2, 3)]
    versions = [LevelVersion.objects.create(level=level, number=1) for level in levels]
    return association, levels, (issuer, key, status), versions


def chunk(start: int, end: int, association: Any, levels: Any, issued_by: Any, versions: Any, turn: int) -> None:
    from yinxian.alliances.models import Card
    from yinxian.credentials.models import Credential
    from yinxian.kernel import clock
    from yinxian.network.models import ManagerProfile, User

    issuer, key, lists = issued_by
    now, parts = clock.now(), list(Card.Part.values)
    users = User.objects.bulk_create(
        User(slug=f"U{n:09d}", phone=f"1{n:010d}", name=name_of(n), password="!") for n in range(start, end)
    )
    profiles, cards, held = [], [], []
    for n, user in zip(range(start, end), users, strict=True):
        field, region, language = f"{n % FIELDS + 1:02d}", REGIONS[n // 7 % len(REGIONS)], LANGUAGES[n // 3 % 4]
        rank, free, kind = n % 4, n // 5 % 4, ("research", "market", "capital")[n % 3]
        tracks = [{"field": field, "evidence": f"做过{n % 90}个项目"}]
        profiles.append(
            ManagerProfile(
                slug=f"M{n:09d}",
                user=user,
                kind=kind,
                association=association,
                tracks=tracks,
                regions=[region + "0000"],
                languages=[language],
            )
        )
        codes = f"p:manager k:{kind} t:{field} r:{region} l:{language} a:{association.pk} n:{free}"
        codes += (f" v:{rank}" if rank else "") + (" f:1" if free else "")
        words = f"{user.name} 做过{n % 90}个项目"
        public = n % 10 != 0
        cards.append(
            Card(
                slug=f"PC{n:09d}",
                user=user,
                profession="manager",
                tracks=tracks,
                regions=[region + "0000"],
                languages=[language],
                capacity=free,
                audience="public" if public else "network",
                shows=parts,
                rank=rank,
                level=levels[rank - 1] if rank else None,
                codes=codes,
                codes_public=codes if public else "",
                words=words,
                words_public=words if public else "",
                turn=turn,
            )
        )
        if rank:
            held.append(
                Credential(
                    slug=f"C{n:09d}",
                    issuer=issuer,
                    level=levels[rank - 1],
                    version=versions[rank - 1],
                    user=user,
                    valid_from=now,
                    valid_until=now + dt.timedelta(days=900),
                    status_list=lists,
                    status_index=n,
                    key=key,
                    document={"id": n},
                )
            )
    ManagerProfile.objects.bulk_create(profiles)
    Card.objects.bulk_create(cards)
    Credential.objects.bulk_create(held)


def name_of(n: int) -> str:
    return FAMILY[n % len(FAMILY)] + GIVEN[n // 16 % len(GIVEN)] + GIVEN[n // 320 % len(GIVEN)]


def one_query(request: HttpRequest) -> HttpResponse:
    from yinxian.network.models import Organisation

    return HttpResponse(f"<!doctype html><title>bare</title><p>{Organisation.objects.order_by('pk').first()}")


urlpatterns = [path("", one_query)]


def only_bare(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The whole middleware of the bare site: its one address."""

    def ask(request: HttpRequest) -> HttpResponse:
        request.urlconf = "benchmarks.directory"
        return answer(request)

    return ask


def milliseconds(ask: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    answer = ask()
    assert answer.status_code == 200, answer.status_code
    return (time.perf_counter() - begun) * 1000


def spread(times: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(times, n=100)
    return cuts[49], cuts[94]


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    server = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"YINXIAN_DATA": data, "YINXIAN_MODE": "demo", "YINXIAN_HOSTS": "testserver"}
        if server:
            from benchmarks.pages import own_database

            os.environ["DATABASE_URL"] = own_database(server)
        measured(people, rounds, "PostgreSQL" if server else "SQLite")


def measured(people: int, rounds: int, database: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yinxian.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client, override_settings

    from yinxian.alliances.queries.shelf import PUBLIC, SHELF
    from yinxian.network.models import User

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    fill(people)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    filled = time.perf_counter() - begun
    begun = time.perf_counter()
    SHELF.find(PUBLIC, {}, sort="name")
    first = (time.perf_counter() - begun) * 1000

    anyone, member, bare = Client(), Client(), Client()
    with override_settings(MIDDLEWARE=["benchmarks.directory.only_bare"]):
        bare.handler.load_middleware()
    member.force_login(User.objects.order_by("pk")[0], backend="django.contrib.auth.backends.ModelBackend")
    asks: dict[str, Callable[[], Any]] = {"bare": lambda: bare.get("/")}
    for name, query in ASKED.items():
        asks[f"anyone, {name}"] = lambda query=query: anyone.get(f"/directory/{query}")  # type: ignore[misc]
    asks["network, one field"] = lambda: member.get("/directory/?field=04")
    asks["endpoint, one field"] = lambda: anyone.get("/api/v1/alliances/directory?field=04")
    times: dict[str, list[float]] = {name: [] for name in asks}
    for ask in asks.values():
        ask()
    for _ in range(rounds):
        for name, ask in asks.items():
            times[name].append(milliseconds(ask))
    print(f"{people:,} managers on {database}: filled in {filled:.0f} s, first answer of a process {first:.0f} ms")
    base = spread(times["bare"])
    found: dict[str, Any] = {"people": people, "database": database, "first_ms": round(first)}
    for name, taken in times.items():
        p50, p95 = spread(taken)
        print(f"{name:32} p50 {p50:7.2f} ms  p95 {p95:7.2f} ms  {p50 / base[0]:6.1f} times the bare view")
        key = name.replace(", ", "_").replace(" ", "_")
        found[key] = {"p50_ms": round(p50, 2), "p95_ms": round(p95, 2), "ratio_p50": round(p50 / base[0], 1)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
