"""A process that records and releases payments and says each one that was committed; run by test_backup_writing."""

from __future__ import annotations

import os

import django


def main() -> None:
    django.setup()
    from yinxian.network.models import User
    from yinxian.settlement.operations import receive
    from yinxian.settlement.operations.releases import Release, release_many

    actor = User.objects.get(name="周衡")
    for number in range(100_000):
        receive(reference="DTEST", amount_fen=100, key=f"in-{number}", actor=actor)
        os.write(1, f"in-{number}\n".encode())
        release_many([Release("DTEST", 60, f"out-{number}")], actor=actor)
        os.write(1, f"out-{number}\n".encode())


if __name__ == "__main__":
    main()
