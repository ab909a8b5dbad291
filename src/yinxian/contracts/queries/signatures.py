"""What is known of the electronic signatures of a contract."""

from __future__ import annotations

from dataclasses import dataclass

from yinxian.kernel import clock

from ..models import Contract, Signature, SignedCopy
from ..signing.identities import roots
from ..signing.pades import Found, inspect


def signatures_of(contract: Contract) -> list[Signature]:
    """The signatures on the present revision, in the order they were made."""
    return list(contract.signatures.filter(revision=contract.revision).select_related("user", "copy").order_by("pk"))


def latest_copy(contract: Contract) -> SignedCopy | None:
    """The file that carries all signatures of the present revision."""
    return contract.signed_copies.filter(revision=contract.revision).order_by("-pk").first()


def turn(contract: Contract) -> str | None:
    """Whose signature is next; None when every side has signed."""
    done = set(contract.signatures.filter(revision=contract.revision).values_list("side", flat=True))
    return next((side for side in contract.sides if side not in done), None)


@dataclass(frozen=True)
class Checked:
    """What the file itself says now, whatever our records say. ``readable`` is False when it was damaged."""

    readable: bool
    found: tuple[Found, ...] = ()

    @property
    def good(self) -> bool:
        return self.readable and bool(self.found) and all(one.good for one in self.found)


def check_copy(copy: SignedCopy) -> Checked:
    """Inspect the kept file with the roots that the installation trusts, as of now."""
    try:
        with copy.file.open("rb") as file:
            return Checked(True, tuple(inspect(file.read(), roots(), clock.now())))
    except (ValueError, OSError):
        return Checked(False)
