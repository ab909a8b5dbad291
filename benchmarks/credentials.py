"""100,000 certificates: the status list and the register; one verified, bare and with the network's answers at hand,
beside @digitalbazaar/vc in the same run.

    python -m benchmarks.credentials [--count 100000] [--data FOLDER]

Needs ``npm ci`` in tests/clients/credentials for the peer; without it the ratios are left out and said to be. The last
line is one JSON object: milliseconds, and ratios (ours / theirs, below 1 is faster).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS, ADDED = 40, 5_000


def clocked(act: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Median milliseconds."""
    times = []
    for _round in range(rounds):
        begin = time.perf_counter()
        act()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def world(count: int) -> Any:
    """One association, one holder certified by the product itself, and the rest copied from that certificate."""
    from django.db import transaction

    from yinxian.credentials.models import Credential, StatusList
    from yinxian.credentials.operations.credentials import issue_credential
    from yinxian.credentials.operations.levels import take_standard_levels
    from yinxian.kernel.ids import new_slug
    from yinxian.network.models import Membership, Organisation, User

    association = Organisation.objects.create(name="Bench", kind=Organisation.Kind.ASSOCIATION)
    reviewer = User.objects.create_user("13900000001", None, name="评审")
    Membership.objects.create(user=reviewer, organisation=association, role="admin")
    level = take_standard_levels(association_id=association.pk, actor=reviewer)[0]
    people = User.objects.bulk_create(
        User(slug=new_slug("U"), phone=f"139{n:08d}", name=f"经理{n}") for n in range(2, 2 + min(count, 20_000))
    )
    first = issue_credential(level_id=level.pk, user_id=people[0].pk, actor=reviewer, ground="bench")
    status = StatusList.objects.get()
    names = (
        "issuer_id",
        "level_id",
        "version_id",
        "status_list_id",
        "key_id",
        "document",
        "valid_from",
        "issued_by_id",
    )
    same = {name: getattr(first, name) for name in names}
    with transaction.atomic():
        for begin in range(1, count, ADDED):
            Credential.objects.bulk_create(
                Credential(
                    slug=new_slug("C"),
                    user=people[n % len(people)],
                    status_index=status.place(n),
                    shows_in_directory=n % 3 == 0,
                    state="revoked" if n % 100 == 0 else "active",
                    **same,
                )
                for n in range(begin, min(begin + ADDED, count))
            )
        StatusList.objects.filter(pk=status.pk).update(taken=count)
    return association, reviewer, first


def peer(documents: dict[str, Any], credential: dict[str, Any]) -> dict[str, Any] | None:
    """What @digitalbazaar/vc needs for the same, everything at hand: milliseconds."""
    from tests.clients.node import HERE, node

    folder = HERE / "credentials"
    if not (folder / "node_modules").is_dir():
        return None
    import subprocess

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "given.json"
        path.write_text(json.dumps({"documents": documents, "cases": [{"credential": credential}], "repeat": ROUNDS}))
        done = subprocess.run([node(), "verify.mjs", str(path)], cwd=folder, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)[0]
    return found


class AtHand:
    """The network's answers, already here."""

    def __init__(self, documents: dict[str, Any]) -> None:
        self.documents = documents

    def did_document(self, name: str) -> dict[str, Any]:
        return dict(self.documents[name])

    def status_list(self, address: str) -> dict[str, Any]:
        return dict(self.documents[address])


def measure(count: int) -> dict[str, Any]:
    from django.test import Client

    from tests.clients.test_credentials import documents_of
    from yinxian.credentials.models import StatusList
    from yinxian.credentials.operations.credentials import change_state, issue_credential
    from yinxian.credentials.queries.recognition import Recogniser
    from yinxian.credentials.queries.register import register
    from yinxian.credentials.vc import keys, proofs
    from yinxian.credentials.vc.judge import judge
    from yinxian.kernel import clock

    begin = time.perf_counter()
    association, reviewer, first = world(count)
    print(f"{count:,} certificates in {time.perf_counter() - begin:.0f} s", file=sys.stderr)
    browser, number = Client(), StatusList.objects.get().number
    path = f"/associations/{association.slug}/certificates/"
    lists = browser.get(f"/status/{number}/revocation/")
    documents = documents_of(first)
    key, proof = keys.public_key(first.key.public), first.document["proof"]
    recogniser = Recogniser()

    def whole() -> None:
        assert judge(first.document, resolver=AtHand(documents), recognise=recogniser, now=clock.now()).holds

    def some_state() -> None:
        state = "active" if first.state == "suspended" else "suspended"
        first.state = change_state(credential_id=first.pk, actor=reviewer, state=state, reason="bench").state

    found = {
        "certificates": count,
        "status_list_answer_ms": clocked(lambda: browser.get(f"/status/{number}/revocation/")),
        "status_list_bytes": len(lists.content),
        "change_state_and_sign_lists_ms": clocked(some_state, 6),
        "issue_ms": clocked(
            lambda: issue_credential(level_id=first.level_id, user_id=first.user_id, actor=reviewer, ground="b"), 10
        ),
        "register_page_ms": clocked(lambda: browser.get(path), 10),
        "register_search_ms": clocked(lambda: list(register(reviewer, association, text="经理777")[:50]), 10),
        "verify_bare_ms": clocked(lambda: proofs.verify(first.document, proof, key)),
        "verify_with_answers_ms": clocked(whole),
    }
    theirs = peer(documents, first.document)
    if theirs:
        assert theirs["verified"] and theirs["status"] == {"revocation": False, "suspension": False}
        found["digitalbazaar_with_answers_ms"] = theirs["milliseconds"]
        found["ratio_with_answers"] = found["verify_with_answers_ms"] / theirs["milliseconds"]
        bare = {name: value for name, value in first.document.items() if name not in ("credentialStatus", "proof")}
        from yinxian.credentials.secrets import unseal

        signed = proofs.sign(
            bare, unseal(first.key.secret, first.key.public), method=first.key.address, created=proof["created"]
        )
        alone = peer(documents, signed)
        assert alone and alone["verified"]
        found["digitalbazaar_bare_ms"] = alone["milliseconds"]
        found["verify_bare_ms"] = clocked(lambda: proofs.verify(signed, signed["proof"], key))
        found["ratio_bare"] = found["verify_bare_ms"] / alone["milliseconds"]
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(YINXIAN_MODE="demo", YINXIAN_DATA=folder, DJANGO_SETTINGS_MODULE="yinxian.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        found = measure(options.count)
    for name, value in found.items():
        print(f"{name:32} {value}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
